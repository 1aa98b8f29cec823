import { describe, expect, it, test } from 'vitest'
import { epochMillis, epochSeconds, seconds } from '../../base/time.ts'
import type { AlarmContributor, ExpressionAlarm, MissingDataTreatment, PromqlAlarm } from '../../model/alarm.ts'
import { alarmArn } from '../../base/arn.ts'
import { metricAlarm, tenant } from '../alarms/alarm.test-support.ts'
import type { EvaluationWindow } from '../alarms/evaluate.ts'
import { ruleOf } from '../alarms/rule.ts'
import { contributorId } from './contributor-id.ts'
import { stepPromql } from './promql-step.ts'
import { stepQuery } from './query-step.ts'
import { followable, sameContributors, turnsFrom, type Followed } from './step.ts'

const NONE: Followed = { contributors: [], ended: [] }
const contributor = (host: string, value: AlarmContributor['value'], turningSince?: number): AlarmContributor => ({
  id: contributorId({ host }), attributes: { host }, value, reason: 'as before', transitionedAt: epochMillis(1), turningSince: turningSince === undefined ? undefined : epochMillis(turningSince),
})
const told = (list: readonly AlarmContributor[]): readonly string[] => list.map(({ attributes, value }) => `${attributes['host']} ${value}`)

describe('ids', () => {
  it('are sixteen hexadecimal digits of the attributes, in any order', () => {
    expect(contributorId({ a: '1', b: '2' })).toMatch(/^[0-9a-f]{16}$/)
    expect(contributorId({ b: '2', a: '1' })).toBe(contributorId({ a: '1', b: '2' }))
  })
  it('keep a hundred thousand apart', () => {
    const ids = new Set(Array.from({ length: 100_000 }, (_, i) => contributorId({ Host: `host-${i}` })))
    expect(ids.size).toBe(100_000)
    expect(contributorId({ a: '1', b: '2' })).not.toBe(contributorId({ a: '12', b: '' }))
  })
  it('stay what they are: they are stored, and named in messages', () => {
    expect([contributorId({}), contributorId({ host: 'web-1' }), contributorId({ Host: 'host-498' })]).toEqual(['f91e2aa74d6b5910', '0ceb8a8f74f264a3', '0e6101890d64e250'])
  })
})

describe('a query', () => {
  const alarm = (treatMissingData?: MissingDataTreatment): ExpressionAlarm => {
    const { metric: _, statistic: _s, unit: _u, threshold: _t, comparison, ...base } = metricAlarm({ evaluationPeriods: 2, treatMissingData })
    return { ...base, kind: 'expression', queries: [], limit: { kind: 'static', comparison, threshold: 10 } }
  }
  const window = (...values: readonly number[]): EvaluationWindow =>
    ({ values: Float64Array.from(values), counts: new Float64Array(0), length: values.length, start: epochSeconds(0), period: seconds(60) })
  const step = (before: Followed, series: Readonly<Record<string, EvaluationWindow>>, treatment?: MissingDataTreatment) =>
    stepQuery(alarm(treatment), ruleOf(alarm(treatment)), before, Object.entries(series).map(([host, each]) => ({ attributes: { host }, window: each })), epochSeconds(600))

  it('judges each series by itself', () => {
    const next = step(NONE, { a: window(99, 99), b: window(99, 1), c: window(NaN, 99) })
    expect(told(next.contributors)).toEqual(['a ALARM'])
    expect(next).toMatchObject({ value: 'ALARM', reason: '1 out of 3 time series evaluated to ALARM', ended: [], partial: false })
    expect(next.contributors[0]).toMatchObject({ transitionedAt: 600_000, turningSince: undefined })
    expect(next.contributors[0]!.reason).toContain('2 datapoints were greater than the threshold (10.0)')
  })
  it('leaves those that say nothing as they were, untouched', () => {
    const before = { contributors: [contributor('a', 'ALARM')], ended: [] }
    expect(step(before, { a: window(NaN, 99) }).contributors[0]).toBe(before.contributors[0])
    expect(step(before, { a: window(99, 99) }).contributors[0]).toBe(before.contributors[0])
    expect(step(NONE, { a: window(NaN, 99) })).toMatchObject({ value: 'OK', contributors: [], ended: [] })
  })
  it('keeps what has ended before', () => {
    const ended = [contributor('z', 'OK')]
    expect(step({ contributors: [], ended }, { a: window(1, 1) }).ended).toEqual(ended)
  })
  it('ends one whose data is gone with that for a reason', () => {
    expect(step({ contributors: [contributor('a', 'ALARM')], ended: [] }, { a: window(NaN, NaN) }, 'missing').ended)
      .toMatchObject([{ value: 'OK', reason: 'No data was returned for this contributor' }])
  })
  it('ends those that are well again, and those that are gone, each with its reason', () => {
    const before = { contributors: [contributor('a', 'ALARM'), contributor('b', 'ALARM')], ended: [] }
    const next = step(before, { a: window(1, 1) })
    expect(next.value).toBe('OK')
    expect(told(next.ended)).toEqual(['a OK', 'b OK'])
    expect(next.ended[0]!.reason).toContain('were not greater than the threshold')
    expect(next.ended[1]).toMatchObject({ reason: 'No data was returned for this contributor', transitionedAt: 600_000 })
  })
  it.each<[MissingDataTreatment, string]>([['missing', 'OK'], ['ignore', 'ALARM'], ['breaching', 'ALARM'], ['notBreaching', 'OK']])('with nothing but gaps, %s: %s', (treatment, value) => {
    expect(step({ contributors: [contributor('a', 'ALARM')], ended: [] }, { a: window(NaN, NaN) }, treatment).value).toBe(value)
  })
  it.each<MissingDataTreatment>(['missing', 'ignore', 'breaching', 'notBreaching'])('that yields nothing is insufficient data (%s)', treatment => {
    expect(step(NONE, {}, treatment).value).toBe('INSUFFICIENT_DATA')
  })
  it('follows a hundred in ALARM, those first that already were', () => {
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`h${i}`, window(99, 99)]))
    expect(step(NONE, { ...many, h100: window(1, 1) })).toMatchObject({ partial: false, reason: '100+ time series evaluated to ALARM' })
    const next = step({ contributors: [contributor('h100', 'ALARM')], ended: [] }, many)
    expect(next.partial).toBe(true)
    expect(next.contributors).toHaveLength(100)
    expect(told(next.contributors)).toContain('h100 ALARM')
    expect(told(next.contributors)).not.toContain('h99 ALARM')
  })
})

describe('PromQL', () => {
  const { description, actionsEnabled, insufficientDataActions, configuredAt } = metricAlarm()
  const alarm = (pending: number, recovery: number): PromqlAlarm => ({
    kind: 'promql', tenant, arn: alarmArn(tenant, 'up'), name: 'up', description, actionsEnabled, okActions: [], alarmActions: [], insufficientDataActions, configuredAt,
    query: 'up == 0', pendingPeriod: seconds(pending), recoveryPeriod: seconds(recovery), evaluationInterval: seconds(10),
  })
  /** What it is at each step of ten seconds; `x` the series is there, `.` it is not. Small letters are turning. */
  const lived = (pending: number, recovery: number, presence: string): string => {
    let followed: Followed = NONE
    return presence.split('').map((there, at) => {
      const next = stepPromql(alarm(pending, recovery), followed, there === 'x' ? [{ host: 'a' }] : [], epochSeconds(at * 10))
      followed = next
      const [one] = next.contributors
      expect(next.value).toBe(one?.value === 'ALARM' ? 'ALARM' : 'OK')
      return one === undefined ? '.' : one.value === 'ALARM' ? (one.turningSince === undefined ? 'A' : 'a') : 'o'
    }).join('')
  }
  it.each([
    [0, 0, '.x.x', '.A.A'],
    [20, 0, 'xxxx.', 'ooAA.'],
    [20, 0, 'xx.xxx', 'oo.ooA'],
    [0, 20, 'x....', 'Aaa..'],
    [0, 20, 'x.x...x', 'AaAaa.A'],
    [20, 20, 'xxx...xxx', 'ooAaa.ooA'],
  ])('pending %i s, recovery %i s: %s is %s', (pending, recovery, presence, expected) => expect(lived(pending, recovery, presence)).toBe(expected))
  it('leaves those in ALARM untouched while they are there, and dates them when they turn', () => {
    const [alarming, recovering] = [contributor('a', 'ALARM'), contributor('b', 'ALARM', 5)]
    const ended = [contributor('z', 'OK')]
    const next = stepPromql(alarm(0, 20), { contributors: [alarming, recovering], ended }, [{ host: 'a' }, { host: 'b' }], epochSeconds(10))
    expect(next.contributors[0]).toBe(alarming)
    expect(next.contributors[1]).toEqual({ ...recovering, turningSince: undefined })
    expect(next.ended).toEqual(ended)
  })
  it('follows what is pending as OK, and forgets it when it goes', () => {
    const pending = stepPromql(alarm(20, 0), NONE, [{ host: 'a' }], epochSeconds(10))
    expect(pending.contributors).toMatchObject([{ value: 'OK', transitionedAt: 10_000, turningSince: 10_000 }])
    expect(stepPromql(alarm(20, 0), pending, [], epochSeconds(40))).toMatchObject({ contributors: [], ended: [] })
  })
  it('follows a hundred', () => {
    const hosts = Array.from({ length: 101 }, (_, i) => ({ host: `h${i}` }))
    expect(stepPromql(alarm(0, 0), NONE, hosts, epochSeconds(10))).toMatchObject({ partial: true, reason: '100+ time series evaluated to ALARM' })
    expect(stepPromql(alarm(0, 0), NONE, hosts.slice(1), epochSeconds(10)).partial).toBe(false)
  })
  it('counts what alarms', () => {
    const next = stepPromql(alarm(0, 0), NONE, [{ host: 'a' }, { host: 'b' }], epochSeconds(10))
    expect(next).toMatchObject({ reason: '2 time series evaluated to ALARM', partial: false })
    expect(told(next.contributors)).toEqual(['a ALARM', 'b ALARM'])
    expect(told(stepPromql(alarm(0, 0), next, [{ host: 'b' }], epochSeconds(20)).ended)).toEqual(['a OK'])
  })
})

test('only what is another in the end has turned', () => {
  const turns = (before: readonly AlarmContributor[], contributors: readonly AlarmContributor[], ended: readonly AlarmContributor[] = []): readonly string[] =>
    turnsFrom(before, { contributors, ended }).map(({ from, to }) => `${to.attributes['host']} ${from} ${to.value}`)
  const alarming = contributor('a', 'ALARM')
  expect(turns([], [alarming])).toEqual(['a OK ALARM'])
  expect(turns([alarming], [alarming])).toEqual([])
  expect(turns([alarming], [], [contributor('a', 'OK')])).toEqual(['a ALARM OK'])
  expect(turns([], [], [contributor('a', 'OK')])).toEqual([])
  expect(turns([alarming], [alarming], [contributor('a', 'OK')])).toEqual([])
  expect(turns([alarming], [], [contributor('a', 'OK'), contributor('a', 'OK')])).toEqual(['a ALARM OK'])
  expect(turns([], [contributor('a', 'OK', 5)])).toEqual([])
  expect(turns([contributor('a', 'OK', 5)], [alarming])).toEqual(['a OK ALARM'])
})

test('sameness is of who, what and since when, in any order', () => {
  const [a, b] = [contributor('a', 'ALARM'), contributor('b', 'OK', 5)]
  expect(sameContributors([a, b], [b, a])).toBe(true)
  expect(sameContributors([a, b], [a])).toBe(false)
  expect(sameContributors([a, b], [a, { ...b, value: 'ALARM' }])).toBe(false)
  expect(sameContributors([a], [contributor('b', 'ALARM')])).toBe(false)
  expect(sameContributors([b], [contributor('b', 'OK', 6)])).toBe(false)
  expect(sameContributors([a], [contributor('a', 'OK')])).toBe(false)
  expect(sameContributors([a], [{ ...a, reason: 'another' }])).toBe(true)
})

test('those that are turning are followed besides the hundred', () => {
  const all = [...Array.from({ length: 101 }, (_, i) => contributor(`h${i}`, 'ALARM')), contributor('late', 'OK', 5)]
  expect(followable(all, [])).toHaveLength(101)
  expect(told(followable(all, [])).at(-1)).toBe('late OK')
  const hundred = [contributor('late', 'OK', 5), ...all.slice(0, 100)]
  expect(followable(hundred, [])).toEqual(hundred)
  // Being followed while turning is no claim to a place, and nobody takes two.
  expect(told(followable(all, [contributor('h100', 'OK', 5)]))).not.toContain('h100 ALARM')
  expect(followable(all, [contributor('h0', 'ALARM')])).toHaveLength(101)
})
