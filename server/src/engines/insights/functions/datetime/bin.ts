import { timeValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { floorTime } from './floor-time.ts'

export const bin: InsightsFunction = {
  name: 'bin',
  parameters: [{ name: 'period', takes: 'period' }],
  text: '`@timestamp` rounded down to a period in UTC. Units are `ms`, `s`, `m`, `h`, `d`, `w` (from Monday on), `mo`, `q` and `y`, or their longer names. As on AWS, more than 1000 ms, 60 s, 60 m or 24 h are taken for that much.',
  examples: [
    { expression: 'bin(1m)', events: ['at ten'], result: '2026-01-01 10:00:00.000' },
    { expression: 'bin(300s)', events: ['a minute at most'], result: '2026-01-01 10:00:00.000' },
    { expression: 'bin(1week)', events: ['a Thursday'], result: '2025-12-29 00:00:00.000' },
    { expression: 'bin(1month)', events: ['the first of January'], result: '2026-01-01 00:00:00.000' },
  ],
  bind: ([period], context) => timeValue(floorTime(context.timestamp().sql, period!.period!)),
}
