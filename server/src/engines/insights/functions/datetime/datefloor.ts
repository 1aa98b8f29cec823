import { asTime, timeValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { ceilTime, floorTime } from './floor-time.ts'

const PARAMETERS: InsightsFunction['parameters'] = [
  { name: 'timestamp', takes: 'time' },
  { name: 'period', takes: 'period' },
]

export const datefloor: InsightsFunction = {
  name: 'datefloor',
  parameters: PARAMETERS,
  text: 'A time rounded down to a period, as `bin` has them.',
  examples: [
    { expression: 'datefloor(fromMillis(1767261690500), 1h)', result: '2026-01-01 10:00:00.000' },
    { expression: 'datefloor("2026-05-17 10:01:30.500", 1q)', result: '2026-04-01 00:00:00.000' },
    { expression: 'datefloor("2026-05-17 10:01:30.500", 1y)', result: '2026-01-01 00:00:00.000' },
    { expression: 'datefloor(missing, 1h)', result: null },
  ],
  bind: ([time, period]) => timeValue(floorTime(asTime(time!), period!.period!)),
}

export const dateceil: InsightsFunction = {
  name: 'dateceil',
  parameters: PARAMETERS,
  text: 'A time rounded up to a period, as `bin` has them; one at which a period begins stays.',
  examples: [
    { expression: 'dateceil("2026-01-01 10:01:30.500", 5m)', result: '2026-01-01 10:05:00.000' },
    { expression: 'dateceil("2026-01-01 10:05:00.000", 5m)', result: '2026-01-01 10:05:00.000' },
    { expression: 'dateceil("2026-01-31 10:05:00.000", 1mo)', result: '2026-02-01 00:00:00.000' },
  ],
  bind: ([time, period]) => timeValue(ceilTime(asTime(time!), period!.period!)),
}
