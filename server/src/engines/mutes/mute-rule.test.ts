import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Arn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
import { SyntaxProblem } from '../languages/syntax-problem.ts'
import { parseDuration } from './duration.ts'
import { activeMute, compileMute, lastEnd, muteStatus, openWindow } from './mute-rule.ts'
import { parseSchedule } from './schedule.ts'
import { zoneOf } from './zone.ts'

const at = (iso: string): EpochMillis => epochMillis(Date.parse(iso))
const rule = (changes: Partial<MuteRule> = {}): MuteRule => {
  const name = changes.name ?? 'night'
  return {
    tenant: { account: accountId('123456789012'), region: region('us-east-1') },
    arn: `arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:${name}` as Arn,
    name, description: undefined, expression: 'cron(0 2 * * SUN)', duration: 'PT4H', timeZone: undefined, alarmNames: ['cpu'],
    startDate: undefined, expireDate: undefined, updatedAt: at('2026-01-01T00:00:00Z'), ...changes,
  }
}
/** `from – to` of the window that is open then. */
const open = (changes: Partial<MuteRule>, iso: string): string | undefined => {
  const window = openWindow(compileMute(rule(changes)), at(iso))
  return window && `${new Date(window.start).toISOString().slice(0, 16)} – ${new Date(window.end).toISOString().slice(0, 16)}`
}

const SUNDAYS = {}
const WEEKEND = { expression: 'cron(0 18 * * FRI)', duration: 'P2DT12H' }
const HOLIDAYS = { expression: 'at(2024-12-23T00:00)', duration: 'P7D' }

describe('windows', () => {
  test.each<[string, Partial<MuteRule>, string, string | undefined]>([
    ['a Sunday night begins', SUNDAYS, '2026-03-15T02:00:00Z', '2026-03-15T02:00 – 2026-03-15T06:00'],
    ['and ends', SUNDAYS, '2026-03-15T06:00:00Z', undefined],
    ['not before', SUNDAYS, '2026-03-15T01:59:59.999Z', undefined],
    ['to its last moment', SUNDAYS, '2026-03-15T05:59:59.999Z', '2026-03-15T02:00 – 2026-03-15T06:00'],
    ['a weekend', WEEKEND, '2026-03-16T05:59:00Z', '2026-03-13T18:00 – 2026-03-16T06:00'],
    ['is over on Monday', WEEKEND, '2026-03-16T06:00:00Z', undefined],
    ['holidays', HOLIDAYS, '2024-12-29T23:59:00Z', '2024-12-23T00:00 – 2024-12-30T00:00'],
    ['come once', HOLIDAYS, '2025-12-25T00:00:00Z', undefined],
    ['without cron(…)', { expression: '30 1,13 * JAN-MAR 1-5', duration: 'PT10M' }, '2026-03-13T13:35:00Z', '2026-03-13T13:30 – 2026-03-13T13:40'],
    ['lists of ranges and odd blanks', { expression: 'cron( 0  2 1 JUL,AUG MON-TUE,THU-FRI )' }, '2026-07-01T03:00:00Z', '2026-07-01T02:00 – 2026-07-01T06:00'],
    ['at(…) to the second', { expression: 'at(2026-03-15T02:00:30)', duration: 'PT1M' }, '2026-03-15T02:01:29Z', '2026-03-15T02:00 – 2026-03-15T02:01'],
    ['a week', { expression: 'at(2026-03-15T00:00)', duration: 'P1W' }, '2026-03-21T23:59:00Z', '2026-03-15T00:00 – 2026-03-22T00:00'],
    ['Sunday is 7', { expression: '0 2 * * 7' }, '2026-03-15T03:00:00Z', '2026-03-15T02:00 – 2026-03-15T06:00'],
    ['and 0', { expression: '0 2 * * 0' }, '2026-03-15T03:00:00Z', '2026-03-15T02:00 – 2026-03-15T06:00'],
    ['overlapping windows: the newest', { expression: '0 * * * *', duration: 'PT2H' }, '2026-03-15T03:30:00Z', '2026-03-15T03:00 – 2026-03-15T05:00'],
    ['a time zone', { timeZone: 'Asia/Tokyo' }, '2026-03-14T17:00:00Z', '2026-03-14T17:00 – 2026-03-14T21:00'],
    ['after StartDate only', { startDate: at('2026-03-15T03:00:00Z') }, '2026-03-15T02:59:00Z', undefined],
    ['from StartDate on', { startDate: at('2026-03-15T03:00:00Z') }, '2026-03-15T03:00:00Z', '2026-03-15T03:00 – 2026-03-15T06:00'],
    ['up to ExpireDate', { expireDate: at('2026-03-15T03:00:00Z') }, '2026-03-15T02:59:00Z', '2026-03-15T02:00 – 2026-03-15T03:00'],
    ['not at ExpireDate', { expireDate: at('2026-03-15T03:00:00Z') }, '2026-03-15T03:00:00Z', undefined],
  ])('%s', (_name, changes, iso, window) => expect(open(changes, iso)).toBe(window))
})

// New York: 2026-03-08 02:00 EST becomes 03:00 EDT (07:00Z); 2026-11-01 02:00 EDT becomes 01:00 EST (06:00Z).
describe('clocks that change', () => {
  const newYork = { timeZone: 'America/New_York' }
  test.each<[string, Partial<MuteRule>, string, string | undefined]>([
    ['a start that is skipped comes right after the gap', { ...newYork, expression: '30 2 * * *', duration: 'PT1H' }, '2026-03-08T07:30:00Z', '2026-03-08T07:00 – 2026-03-08T08:00'],
    ['hours are elapsed time', { ...newYork, expression: '0 1 * * *', duration: 'PT4H' }, '2026-03-08T06:00:00Z', '2026-03-08T06:00 – 2026-03-08T10:00'],
    ['a repeated start comes once', { ...newYork, expression: '30 1 * * *', duration: 'PT10M' }, '2026-11-01T05:35:00Z', '2026-11-01T05:30 – 2026-11-01T05:40'],
    ['and not again', { ...newYork, expression: '30 1 * * *', duration: 'PT10M' }, '2026-11-01T06:35:00Z', undefined],
    ['a weekend in spring ends at its hour', { ...newYork, ...WEEKEND }, '2026-03-09T09:59:00Z', '2026-03-06T23:00 – 2026-03-09T10:00'],
    ['a weekend in autumn too', { ...newYork, ...WEEKEND }, '2026-11-02T10:59:00Z', '2026-10-30T22:00 – 2026-11-02T11:00'],
    ['at(…) in the gap', { ...newYork, expression: 'at(2026-03-08T02:30)', duration: 'PT1H' }, '2026-03-08T07:30:00Z', '2026-03-08T07:30 – 2026-03-08T08:30'],
    ['at(…) in the repeated hour', { ...newYork, expression: 'at(2026-11-01T01:30)', duration: 'PT1H' }, '2026-11-01T05:30:00Z', '2026-11-01T05:30 – 2026-11-01T06:30'],
  ])('%s', (_name, changes, iso, window) => expect(open(changes, iso)).toBe(window))
})

test.each<[string, Partial<MuteRule>, string, string]>([
  ['between windows', SUNDAYS, '2026-03-12T00:00:00Z', 'SCHEDULED'],
  ['in a window', SUNDAYS, '2026-03-15T02:00:00Z', 'ACTIVE'],
  ['before StartDate', { ...SUNDAYS, startDate: at('2027-01-01T00:00:00Z') }, '2026-03-15T02:00:00Z', 'SCHEDULED'],
  ['past ExpireDate', { ...SUNDAYS, expireDate: at('2026-03-15T02:00:00Z') }, '2026-03-15T02:00:00Z', 'EXPIRED'],
  ['ExpireDate before the next window', { ...SUNDAYS, expireDate: at('2026-03-14T00:00:00Z') }, '2026-03-12T00:00:00Z', 'EXPIRED'],
  ['one-time, to come', HOLIDAYS, '2024-12-22T23:59:00Z', 'SCHEDULED'],
  ['one-time, now', HOLIDAYS, '2024-12-23T00:00:00Z', 'ACTIVE'],
  ['one-time, over', HOLIDAYS, '2024-12-30T00:00:00Z', 'EXPIRED'],
  ['ExpireDate as the next window begins', { ...SUNDAYS, expireDate: at('2026-03-15T02:00:00Z') }, '2026-03-12T00:00:00Z', 'EXPIRED'],
  ['no window between StartDate and ExpireDate', { ...SUNDAYS, startDate: at('2026-03-16T00:00:00Z'), expireDate: at('2026-03-18T00:00:00Z') }, '2026-03-12T00:00:00Z', 'EXPIRED'],
  ['one-time, over before StartDate', { ...HOLIDAYS, startDate: at('2025-01-01T00:00:00Z') }, '2024-12-20T00:00:00Z', 'EXPIRED'],
  ['one-time, over since StartDate', { ...HOLIDAYS, startDate: at('2024-12-25T00:00:00Z') }, '2024-12-31T00:00:00Z', 'EXPIRED'],
  ['one-time, begins before StartDate', { ...HOLIDAYS, startDate: at('2024-12-25T00:00:00Z') }, '2024-12-24T00:00:00Z', 'SCHEDULED'],
])('status %s', (_name, changes, iso, status) => expect(muteStatus(compileMute(rule(changes)), at(iso))).toBe(status))

test.each<[string, Partial<MuteRule>, string, string | undefined]>([
  ['none has begun', HOLIDAYS, '2024-12-22T00:00:00Z', undefined],
  ['one is open', HOLIDAYS, '2024-12-29T00:00:00Z', undefined],
  ['it is over', HOLIDAYS, '2024-12-30T00:00:00Z', '2024-12-30T00:00:00.000Z'],
  ['cut short by ExpireDate', { ...HOLIDAYS, expireDate: at('2024-12-24T00:00:00Z') }, '2024-12-26T00:00:00Z', '2024-12-24T00:00:00.000Z'],
  ['over before ExpireDate', { ...HOLIDAYS, expireDate: at('2025-12-24T00:00:00Z') }, '2024-12-31T00:00:00Z', '2024-12-30T00:00:00.000Z'],
])('the end of the last window: %s', (_name, changes, iso, end) => {
  const last = lastEnd(compileMute(rule(changes)), at(iso))
  expect(last && new Date(last).toISOString()).toBe(end)
})

test('of several windows that began together the first rule', () => {
  const mutes = [rule({ name: 'night' }), rule({ name: 'weekend', expression: '0 0 * * SAT', duration: 'P2D' }), rule({ name: 'later' })].map(compileMute)
  expect(activeMute(mutes, 'cpu', at('2026-03-15T03:00:00Z'))).toMatchObject({ ruleName: 'night', others: 2 })
})

test('schedules say whether they come again, and what comes after the start of one', () => {
  const [night, holidays] = [rule(), rule(HOLIDAYS)].map(each => compileMute(each).schedule)
  expect([night!.kind, holidays!.kind]).toEqual(['recurring', 'once'])
  expect(holidays!.next(at('2024-12-23T00:00:00Z'))).toBeUndefined()
  expect(night!.next(at('2026-03-15T02:00:00Z'))?.start).toBe(at('2026-03-22T02:00:00Z'))
})

test.each([['PT1M', 0, 60_000], ['P15D', 15, 0], ['P1W', 7, 0], ['P1DT2H3M', 1, 7_380_000]])('%s is %i days and %i ms', (text, days, millis) =>
  expect(parseDuration(text)).toEqual({ days, millis }))

test('clock times keep their milliseconds', () => {
  expect(zoneOf('Asia/Kathmandu')!.wallClock(at('2026-03-15T00:00:00.250Z'))).toBe(at('2026-03-15T05:45:00.250Z'))
})

test('of several open windows the one that has begun last, and the number of others', () => {
  const mutes = [
    rule({ name: 'weekend', expression: '0 0 * * SAT', duration: 'P2D' }),
    rule({ name: 'night' }),
    rule({ name: 'monday', expression: '0 2 * * MON' }),
    rule({ name: 'other', alarmNames: ['disk'] }),
  ].map(compileMute)
  expect(activeMute(mutes, 'cpu', at('2026-03-15T03:00:00Z'))).toEqual({
    ruleArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm-mute-rule:night', ruleName: 'night',
    start: at('2026-03-15T02:00:00Z'), end: at('2026-03-15T06:00:00Z'), others: 1,
  })
  expect(activeMute(mutes, 'memory', at('2026-03-15T03:00:00Z'))).toBeUndefined()
})

test.each<[string, string, string | undefined, string]>([
  ['cron(0 2 * *)', 'PT1H', undefined, 'five fields'],
  ['cron(0 2 * * SUN *)', 'PT1H', undefined, 'five fields'],
  ['cron(0 2 L * *)', 'PT1H', undefined, 'L is not supported'],
  ['cron(0 2 15W * *)', 'PT1H', undefined, '15W is not supported'],
  ['cron(*/5 * * * *)', 'PT1H', undefined, '*/5 is not supported'],
  ['cron(0 2 * * 5#2)', 'PT1H', undefined, '5#2 is not supported'],
  ['cron(60 2 * * *)', 'PT1H', undefined, 'Invalid expression cron(60 2 * * *)'],
  ['cron(0 2 * FOO *)', 'PT1H', undefined, 'Invalid expression cron(0 2 * FOO *)'],
  ['cron(0 2 30 2 *)', 'PT1H', undefined, 'it never comes'],
  ['at(2026-02-30T00:00)', 'PT1H', undefined, 'Invalid expression at(2026-02-30T00:00)'],
  ['at(2026-03-15T02:00:00.5)', 'PT1H', undefined, 'yyyy-MM-ddThh:mm'],
  ['xat(2026-03-15T02:00)', 'PT1H', undefined, 'five fields'],
  ['at(2026-03-15T02:00)x', 'PT1H', undefined, 'five fields'],
  ['xcron(0 2 * * *)', 'PT1H', undefined, 'is not supported'],
  ['cron(0 2 * * *)x', 'PT1H', undefined, 'is not supported'],
  ['cron(0 2 1-L * *)', 'PT1H', undefined, '1-L is not supported'],
  ['at(tomorrow)', 'PT1H', undefined, 'yyyy-MM-ddThh:mm'],
  ['rate(5 minutes)', 'PT1H', undefined, 'five fields'],
  ['0 2 * * *', 'PT0M', undefined, 'from PT1M to P15D'],
  ['0 2 * * *', 'P15DT1M', undefined, 'from PT1M to P15D'],
  ['0 2 * * *', 'P10W', undefined, 'from PT1M to P15D'],
  ['0 2 * * *', 'xP1D', undefined, 'ISO 8601'],
  ['0 2 * * *', 'P', undefined, 'ISO 8601'],
  ['0 2 * * *', 'PT', undefined, 'ISO 8601'],
  ['0 2 * * *', '4H', undefined, 'ISO 8601'],
  ['0 2 * * *', 'PT1H', 'Mars/Olympus', 'Invalid timezone Mars/Olympus'],
  ['0 2 * * *', 'PT1H', '+05:00', 'Invalid timezone +05:00'],
])('%s for %s in %s is refused: %s', (expression, duration, zone, why) => {
  expect(() => parseSchedule(expression, duration, zone)).toThrow(SyntaxProblem)
  expect(() => parseSchedule(expression, duration, zone)).toThrow(why)
})

test('a window that is open holds its instant, in every zone', () => {
  const schedules = ['UTC', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'].flatMap(zone =>
    [parseSchedule('15 1,2 * * *', 'PT90M', zone), parseSchedule('0 18 * * FRI', 'P2DT12H', zone)])
  fc.assert(fc.property(fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2027-01-01T00:00:00Z') }), fc.constantFrom(...schedules), (now, schedule) => {
    const latest = schedule.latest(epochMillis(now))!
    const next = schedule.next(epochMillis(now))!
    expect(latest.start).toBeLessThanOrEqual(now)
    expect(latest.end).toBeGreaterThan(latest.start)
    expect(next.start).toBeGreaterThan(now)
    expect(schedule.latest(next.start)).toEqual(next)
  }), { numRuns: 200 })
})
