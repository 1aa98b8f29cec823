import { describe, expect, it } from 'vitest'
import type { AlarmRecord, WarmUp } from '../../model/alarm.ts'
import { alarmRecord, alarmState, expressionAlarm, logAlarm, metricAlarm, promqlAlarm } from './alarm.test-support.ts'
import { continuedWarmUp, warmingUp, warmUpOf } from './warm-up.ts'

describe('another definition', () => {
  const since = alarmRecord().alarm.configuredAt
  const minutes = (count: number) => (since + count * 60_000) as typeof since
  const record = (warmUp: WarmUp, transitionedAt = since) => alarmRecord({ warmUp }, { transitionedAt })
  it.each<readonly [string, WarmUp, ReturnType<typeof record> | undefined, WarmUp]>([
    ['of a new alarm begins', { minutes: 5, since: minutes(3) }, undefined, { minutes: 5, since: minutes(3) }],
    ['of an alarm that had none begins', { minutes: 5, since: minutes(3) }, alarmRecord(), { minutes: 5, since: minutes(3) }],
    ['goes on from its beginning', { minutes: 9, since: minutes(3) }, record({ minutes: 5, since }), { minutes: 9, since }],
    ['that comes after its end does not begin anew', { minutes: 90, since: minutes(6) }, record({ minutes: 5, since }), { minutes: 90, since, over: true }],
    ['nor after an early end', { minutes: 90, since: minutes(3) }, record({ minutes: 5, since }, minutes(2)), { minutes: 90, since, over: true }],
    ['nor ever after', { minutes: 90, since: minutes(8) }, record({ minutes: 90, since, over: true }), { minutes: 90, since, over: true }],
  ])('%s', (_, given, existing, expected) => {
    const kept = continuedWarmUp(given, existing, given.since)
    expect(kept).toEqual(expected)
    expect(warmingUp(record(kept)) === undefined).toBe(expected.over === true)
  })
})

describe('what ends a warm-up', () => {
  const since = alarmRecord().alarm.configuredAt
  const begin = Math.ceil(since / 1000)
  const lasts = { minutes: 5, since }
  it('of metrics, its time or data from the beginning on', () => {
    for (const alarm of [metricAlarm(), expressionAlarm()]) expect(warmUpOf(alarm, lasts)).toEqual({ until: begin + 300, early: begin })
  })
  it('of metrics, its time alone where that is wished', () => {
    expect(warmUpOf(metricAlarm(), { ...lasts, whole: true })).toEqual({ until: begin + 300, early: undefined })
    expect(warmUpOf(metricAlarm(), { ...lasts, whole: false })).toEqual({ until: begin + 300, early: begin })
  })
  it('of logs, so many runs as are judged, the first of them at once', () => {
    expect(warmUpOf(logAlarm(), lasts)).toEqual({ until: begin + 300, early: begin + 4 * 300 })
  })
  it('of PromQL, its time alone', () => {
    expect(warmUpOf(promqlAlarm(), lasts)).toEqual({ until: begin + 300, early: undefined })
  })
  it('begins with the second after it was given', () => {
    expect(warmUpOf(metricAlarm(), { minutes: 1, since: (begin * 1000 + 1) as typeof since })).toEqual({ until: begin + 61, early: begin + 1 })
  })
  it('a change of state after it was given, and none at that time or before', () => {
    const record = (transitionedAt: number): AlarmRecord =>
      ({ alarm: metricAlarm({ warmUp: lasts }), state: alarmState({ transitionedAt: transitionedAt as typeof since }) })
    expect(warmingUp(record(since - 1))).toBeDefined()
    expect(warmingUp(record(since))).toBeDefined()
    expect(warmingUp(record(since + 1))).toBeUndefined()
    expect(warmingUp({ alarm: metricAlarm(), state: alarmState() })).toBeUndefined()
  })
  it('another definition right at its end', () => {
    const existing = alarmRecord({ warmUp: lasts }, { transitionedAt: since })
    const end = ((begin + 300) * 1000) as typeof since
    expect(continuedWarmUp({ minutes: 9, since: end }, existing, end)).toEqual({ minutes: 9, since, over: true })
    expect(continuedWarmUp({ minutes: 9, since: end }, existing, (end - 1) as typeof since)).toEqual({ minutes: 9, since })
  })
})
