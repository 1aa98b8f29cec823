import { isAbsoluteTime, isRelativeTime } from '../time-range.ts'
import type { Check } from './checks.ts'

/** Relative (`-PT6H`) or ISO 8601. */
export const start: Check = (value, at, findings) => {
  if (typeof value !== 'string') findings.error(at, 'Should be string')
  else if (!isRelativeTime(value) && !isAbsoluteTime(value)) findings.error(at, 'Should match format "date-time"')
}

/** ISO 8601, or null: now. Widgets of GetMetricWidgetImage also end relatively. */
export const end: Check = (value, at, findings) => {
  if (value !== null) start(value, at, findings)
}
