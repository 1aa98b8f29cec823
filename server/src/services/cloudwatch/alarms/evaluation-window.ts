import type { EvaluationWindow } from '@aws-sdk/client-cloudwatch'
import type { Seconds } from '../../../base/time.ts'
import { CALENDAR_PERIODS } from '../../../engines/alarms/calendar.ts'
import { clockZone } from '../../../engines/alarms/clock-zone.ts'
import type { AlarmWindow, PeriodicAlarm } from '../../../model/alarm.ts'
import { validationError } from '../../../wire/fault.ts'
import { structure, text } from '../../constraints.ts'

/** The model's limits of what {@link windowOf} reads. */
export const EVALUATION_WINDOW = structure({ WallClockWindow: structure({ Timezone: text({ min: 1, max: 50 }) }) })

/** Throws AWS's refusals. */
export const windowOf = (window: EvaluationWindow | undefined, period: Seconds): Pick<PeriodicAlarm, 'window'> => {
  if (window === undefined) return {}
  const { SlidingWindow: sliding, WallClockWindow: wallClock } = window
  if ((sliding === undefined) === (wallClock === undefined)) {
    throw validationError('Exactly one of SlidingWindow and WallClockWindow must be set in EvaluationWindow.')
  }
  if (wallClock === undefined) return { window: { kind: 'sliding' } }
  if (!CALENDAR_PERIODS.includes(period)) {
    throw validationError(`Period must be one of ${CALENDAR_PERIODS.join(', ')} for alarms with a WallClockWindow.`)
  }
  const { Timezone: timeZone } = wallClock
  if (timeZone !== undefined && clockZone(timeZone) === undefined) throw validationError(`Invalid timezone ${timeZone}`)
  return { window: { kind: 'wall-clock', timeZone } }
}

/** As the describe operations show it. */
export const describeWindow = (window: AlarmWindow | undefined): { readonly EvaluationWindow?: EvaluationWindow } => {
  if (window === undefined) return {}
  if (window.kind === 'sliding') return { EvaluationWindow: { SlidingWindow: {} } }
  return { EvaluationWindow: { WallClockWindow: window.timeZone === undefined ? {} : { Timezone: window.timeZone } } }
}
