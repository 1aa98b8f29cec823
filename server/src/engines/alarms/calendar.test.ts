import { describe, expect, it } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import { Calendar } from './calendar.ts'
import { clockZone } from './clock-zone.ts'

const HOUR = 3600
const DAY = 86_400
const WEEK = 604_800
const at = (iso: string) => epochSeconds(Date.parse(iso) / 1000)
const iso = (time: number) => new Date(time * 1000).toISOString().slice(0, 16)
/** The bounds of the newest periods that are complete, oldest first. */
const bounds = (zone: string | undefined, period: number, instant: string, count: number): readonly string[] => {
  const { starts, end } = new Calendar(zone, seconds(period)).complete(at(instant), count)
  return [...starts, end].map(iso)
}
const lengths = (zone: string, period: number, instant: string, count: number): readonly string[] =>
  new Calendar(zone, seconds(period)).complete(at(instant), count).runs.map(run => `${run.length} × ${run.period / HOUR} h`)

describe('complete periods', () => {
  it.each<readonly [string, string | undefined, number, string, readonly string[]]>([
    ['minutes', undefined, 60, '2026-05-06T10:20:59Z', ['2026-05-06T10:18', '2026-05-06T10:19', '2026-05-06T10:20']],
    ['five minutes', 'Asia/Kathmandu', 300, '2026-05-06T10:24:59Z', ['2026-05-06T10:10', '2026-05-06T10:15', '2026-05-06T10:20']],
    ['hours', undefined, HOUR, '2026-05-06T10:59:59Z', ['2026-05-06T08:00', '2026-05-06T09:00', '2026-05-06T10:00']],
    ['hours of a half-hour zone', '+05:30', HOUR, '2026-05-06T10:29:59Z', ['2026-05-06T07:30', '2026-05-06T08:30', '2026-05-06T09:30']],
    ['the very end of one', '+05:30', HOUR, '2026-05-06T10:30:00Z', ['2026-05-06T08:30', '2026-05-06T09:30', '2026-05-06T10:30']],
    ['hours before 1970', undefined, HOUR, '1969-12-31T22:10:00Z', ['1969-12-31T20:00', '1969-12-31T21:00', '1969-12-31T22:00']],
    ['days', undefined, DAY, '2026-05-06T10:00:00Z', ['2026-05-04T00:00', '2026-05-05T00:00', '2026-05-06T00:00']],
    ['days of New York', 'America/New_York', DAY, '2026-05-06T03:59:59Z', ['2026-05-03T04:00', '2026-05-04T04:00', '2026-05-05T04:00']],
    ['days of a fixed offset', 'UTC-03:15', DAY, '2026-05-06T03:15:00Z', ['2026-05-04T03:15', '2026-05-05T03:15', '2026-05-06T03:15']],
    ['weeks, from Monday on', undefined, WEEK, '2026-05-06T10:00:00Z', ['2026-04-20T00:00', '2026-04-27T00:00', '2026-05-04T00:00']],
    ['weeks that end on Sunday night', 'Asia/Tokyo', WEEK, '2026-05-03T15:00:00Z', ['2026-04-19T15:00', '2026-04-26T15:00', '2026-05-03T15:00']],
    ['a Sunday is of the week before', 'Asia/Tokyo', WEEK, '2026-05-03T14:59:59Z', ['2026-04-12T15:00', '2026-04-19T15:00', '2026-04-26T15:00']],
  ])('%s', (_, zone, period, instant, expected) => expect(bounds(zone, period, instant, 2)).toEqual(expected))
})

describe('when the clocks change', () => {
  it('a day has 23 hours in spring', () => {
    expect(bounds('America/New_York', DAY, '2026-03-10T12:00:00Z', 3)).toEqual(['2026-03-07T05:00', '2026-03-08T05:00', '2026-03-09T04:00', '2026-03-10T04:00'])
    expect(lengths('America/New_York', DAY, '2026-03-10T12:00:00Z', 3)).toEqual(['1 × 24 h', '1 × 23 h', '1 × 24 h'])
  })
  it('and 25 in autumn', () => {
    expect(bounds('Europe/Berlin', DAY, '2026-10-26T12:00:00Z', 2)).toEqual(['2026-10-23T22:00', '2026-10-24T22:00', '2026-10-25T23:00'])
    expect(lengths('Europe/Berlin', DAY, '2026-10-27T12:00:00Z', 4)).toEqual(['2 × 24 h', '1 × 25 h', '1 × 24 h'])
  })
  it('a week is an hour shorter, or longer', () => {
    expect(lengths('America/New_York', WEEK, '2026-03-09T12:00:00Z', 1)).toEqual([`1 × ${7 * 24 - 1} h`])
    expect(lengths('America/New_York', WEEK, '2026-11-02T12:00:00Z', 1)).toEqual([`1 × ${7 * 24 + 1} h`])
  })
  it('hours go on as ever', () => {
    expect(lengths('America/New_York', HOUR, '2026-03-08T12:00:00Z', 12)).toEqual(['12 × 1 h'])
    expect(lengths('America/New_York', HOUR, '2026-11-01T12:00:00Z', 12)).toEqual(['12 × 1 h'])
  })
  it('by half an hour: the hour ends there', () => {
    // On Lord Howe Island clocks go from 02:00 to 01:30, and from 02:00 to 02:30.
    expect(bounds('Australia/Lord_Howe', HOUR, '2026-04-04T16:30:00Z', 3)).toEqual(['2026-04-04T14:00', '2026-04-04T15:00', '2026-04-04T15:30', '2026-04-04T16:30'])
    expect(bounds('Australia/Lord_Howe', HOUR, '2026-10-03T17:00:00Z', 3)).toEqual(['2026-10-03T14:30', '2026-10-03T15:30', '2026-10-03T16:00', '2026-10-03T17:00'])
  })
  it('at midnight: a day begins after the gap', () => {
    expect(bounds('Africa/Cairo', DAY, '2026-04-24T12:00:00Z', 1)).toEqual(['2026-04-22T22:00', '2026-04-23T22:00'])
    expect(lengths('Africa/Cairo', DAY, '2026-04-25T12:00:00Z', 1)).toEqual(['1 × 23 h'])
  })
})

it('periods follow upon each other at every instant of a year', () => {
  for (const zone of ['America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Cairo', '+12:45']) {
    for (const period of [HOUR, DAY, WEEK]) {
      const calendar = new Calendar(zone, seconds(period))
      let before = calendar.complete(at('2026-01-01T00:00:00Z'), 2)
      for (let instant = at('2026-01-01T00:00:00Z') as number; instant < at('2026-12-31T00:00:00Z'); instant += 8 * HOUR + 300) {
        const span = calendar.complete(epochSeconds(instant), 2)
        expect(span.end).toBeLessThanOrEqual(instant)
        expect(instant - span.end).toBeLessThan(period + HOUR)
        expect(span.end).toBeGreaterThanOrEqual(before.end)
        if (span.end !== before.end && period > HOUR) expect(span.starts.at(-1)).toBe(before.end)
        expect(span.runs.reduce((sum, run) => sum + run.period * run.length, 0)).toBe(span.end - span.starts[0]!)
        before = span
      }
    }
  }
})

describe('time zones', () => {
  it.each([['UTC', 0], ['+05:30', 19_800], ['-03:00', -10_800], ['UTC+05:30', 19_800], ['GMT-1', -3600], ['+0545', 20_700], ['+18:00', 64_800], ['America/New_York', -18_000]])(
    '%s is one', (name, offset) => expect(clockZone(name)?.offset(at('2026-01-01T00:00:00Z'))).toBe(offset),
  )
  it.each(['Nowhere/Land', '+05:31', '+05:61', '+18:05', '5', '', 'UTC+', '+5:3', 'a'.repeat(50)])('%j is none', name => expect(clockZone(name)).toBeUndefined())
})
