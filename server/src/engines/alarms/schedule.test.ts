import { describe, expect, it } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import type { WallClockWindow } from '../../model/alarm.ts'
import { metricAlarm } from './alarm.test-support.ts'
import { evaluationRange } from './decide.ts'
import { cadenceOf, cadenceOfAlarm, instantAt, rangeOf, windowStart } from './schedule.ts'

const at = (clock: string) => epochSeconds(Date.parse(`2025-03-01T${clock}Z`) / 1000)
const clock = (time: number) => new Date(time * 1000).toISOString().slice(11, 16)

describe('how often', () => {
  it.each([
    [10, 1, 10], [20, 5, 10], [30, 100, 10], [60, 1, 60], [60, 1440, 60], [300, 288, 60], [300, 289, 3600],
    [3600, 24, 60], [3600, 25, 3600], [86_400, 1, 60], [86_400, 2, 3600], [10, 8640, 10],
  ])('period %i, N = %i: every %i s', (period, n, cadence) => expect(cadenceOf(seconds(period), n)).toBe(cadence))
})

describe('windows slide and end at the evaluation', () => {
  const starts = (instant: string, period: number, n: number): string[] => {
    const start = windowStart(at(instant), seconds(period), n)
    return Array.from({ length: n }, (_, k) => clock(start + k * period))
  }
  it.each([
    ['12:15:00', 300, 3, ['12:00', '12:05', '12:10']],
    ['12:16:00', 300, 3, ['12:01', '12:06', '12:11']],
    ['12:05:00', 300, 1, ['12:00']],
    ['12:06:00', 300, 1, ['12:01']],
  ] as const)('at %s, period %i, N = %i: %s', (instant, period, n, expected) => expect(starts(instant, period, n)).toEqual(expected))
})

describe('the hourly rule: a job fails 10:02 and is mended 11:43', () => {
  const failed = (time: number) => time >= at('10:02:00') && time < at('11:43:00')
  it.each([
    ['10:03:00', false], ['11:03:00', true], ['12:03:00', false],
  ])('seen at %s: %s', (now, expected) => {
    const instant = instantAt(3600, at(now))
    // The newest minute that the evaluation may look at.
    expect(failed(instant - 60)).toBe(expected)
  })
})

it('the newest instant', () => {
  expect(instantAt(10, at('10:00:59'))).toBe(at('10:00:50'))
  expect(instantAt(60, at('10:00:59'))).toBe(at('10:00:00'))
  expect(instantAt(60, at('10:01:00'))).toBe(at('10:01:00'))
})

describe('by the calendar', () => {
  const window: WallClockWindow = { kind: 'wall-clock', timeZone: undefined }
  const alarm = (period: number, evaluationPeriods: number) => metricAlarm({ period: seconds(period), evaluationPeriods })
  it.each([[60, 1, 60], [300, 3, 60], [300, 400, 60], [3600, 1, 300], [86_400, 7, 300], [604_800, 1, 300]])('period %i, N = %i: every %i s', (period, n, cadence) => {
    expect(cadenceOfAlarm({ ...alarm(period, n), window })).toBe(cadence)
    expect(rangeOf({ ...alarm(period, n), window })).toBe(n)
  })
  it.each([[60, 1], [300, 289], [86_400, 2]])('and as ever without, or with a sliding window: period %i, N = %i', (period, n) => {
    for (const changes of [{}, { window: { kind: 'sliding' } as const }]) {
      expect(cadenceOfAlarm({ ...alarm(period, n), ...changes })).toBe(cadenceOf(seconds(period), n))
      expect(rangeOf({ ...alarm(period, n), ...changes })).toBe(evaluationRange(n))
    }
  })
})
