import { afterEach, describe, expect, it } from 'vitest'
import { alarmArn } from '../../base/arn.ts'
import { epochMillis, epochSeconds, millis, seconds } from '../../base/time.ts'
import { metricAlarm, tenant, topic } from '../../engines/alarms/alarm.test-support.ts'
import type { AlarmQuery, ExpressionAlarm, PromqlAlarm } from '../../model/alarm.ts'
import { House, ofHost } from './house.test-support.ts'

const opened: House[] = []
const house = async (start: string): Promise<House> => {
  const it = new House(start)
  opened.push(it)
  await it.open()
  return it
}
afterEach(async () => {
  for (const it of opened.splice(0)) await it.close()
})

const query = (id: string, changes: Partial<AlarmQuery>): AlarmQuery =>
  ({ id, label: undefined, returnData: false, account: undefined, expression: undefined, period: undefined, stored: undefined, ...changes })
const stored = (host: string): Partial<AlarmQuery> => ({ stored: { metric: ofHost(host), period: seconds(60), statistic: 'Average', unit: undefined } })

const expressionAlarm = (name: string, queries: readonly AlarmQuery[], changes: Partial<ExpressionAlarm> = {}): ExpressionAlarm => {
  const { metric: _, statistic: _s, unit: _u, threshold: _t, comparison, ...base } = metricAlarm({ name, okActions: [topic], alarmActions: [topic] })
  return { ...base, kind: 'expression', queries, limit: { kind: 'static', comparison, threshold: 10 }, ...changes }
}
const grouped = (name: string, changes: Partial<ExpressionAlarm> = {}): ExpressionAlarm =>
  expressionAlarm(name, [query('q', { expression: 'SELECT MAX(Load) FROM App GROUP BY Host ORDER BY MAX() DESC', period: seconds(60), returnData: true })], changes)

const promqlAlarm = (name: string, changes: Partial<PromqlAlarm> = {}): PromqlAlarm => {
  const { description, actionsEnabled, insufficientDataActions, configuredAt } = metricAlarm()
  return {
    kind: 'promql', tenant, arn: alarmArn(tenant, name), name, description, actionsEnabled, okActions: [topic], alarmActions: [topic], insufficientDataActions,
    configuredAt, query: 'load > 10', pendingPeriod: seconds(0), recoveryPeriod: seconds(0), evaluationInterval: seconds(60), ...changes,
  }
}

const contributors = (it: House, name: string): readonly string[] =>
  (it.contributors.get(alarmArn(tenant, name)) ?? []).map(({ attributes, value, turningSince }) =>
    `${Object.values(attributes).join()} ${value}${turningSince === undefined ? '' : ' turning'}`)
const evaluation = (it: House, name: string) => it.records.get(alarmArn(tenant, name))!.state.evaluation

describe('an expression', () => {
  it('is computed of several metrics, and explained by its values', async () => {
    const it = await house('12:00:50')
    it.define(expressionAlarm('ratio', [query('a', stored('a')), query('b', stored('b')), query('e', { expression: 'a / b', returnData: true })]))
    it.fill(100, '12:01:00', '12:03:00', 60, 'a')
    it.fill(50, '12:01:00', '12:02:00', 60, 'b')
    it.fill(5, '12:02:00', '12:03:00', 60, 'b')
    await it.until('12:03:01')
    expect(it.story).toEqual(['12:02:00 ratio OK', '12:03:00 ratio ALARM'])
    expect(it.reason('ratio')).toBe('Threshold Crossed: 1 datapoint [20.0 (01/03/25 12:02:00)] was greater than the threshold (10.0).')
    expect(it.sent).toEqual(['ratio OK', 'ratio ALARM'])
  })
  it('reads below memory from the store, all its metrics at once', async () => {
    const it = await house('12:00:50')
    it.memoryFrom = epochSeconds(Date.parse('2025-03-01T12:01:00Z') / 1000)
    it.define(expressionAlarm('sum', [query('a', stored('a')), query('b', stored('b')), query('e', { expression: 'a + b', returnData: true })]))
    it.fill(6, '12:00:00', '12:01:00', 60, 'a')
    it.fill(7, '12:00:00', '12:01:00', 60, 'b')
    await it.until('12:01:01')
    // One for each of two instants.
    expect(it.storedReads).toBe(2)
    expect(it.state('sum')).toBe('ALARM')
  })
})

describe('a search', () => {
  const searching = (name: string, expression = "SUM(SEARCH('{App,Host} MetricName=\"Load\"', 'Average', 60))") =>
    expressionAlarm(name, [query('e', { expression, returnData: true })])
  it('is over the metrics that there are at each evaluation', async () => {
    const it = await house('12:00:50')
    it.define(searching('all'))
    it.fill(6, '12:01:00', '12:05:00', 60, 'a')
    it.fill(7, '12:02:00', '12:03:00', 60, 'b')
    await it.until('12:04:01')
    expect(it.story).toEqual(['12:02:00 all OK', '12:03:00 all ALARM', '12:04:00 all OK'])
    expect(it.storedReads).toBe(0)
    await it.until('12:08:01')
    expect([it.state('all'), it.lists]).toEqual(['INSUFFICIENT_DATA', 9])
  })
  it('of several alarms that are due together is listed once', async () => {
    const it = await house('12:00:50')
    for (const name of ['a', 'b', 'c']) it.define(searching(name, `MAX(SEARCH('{App,Host} MetricName="Load" Host="${name}"', 'p90', 60))`))
    for (const host of ['a', 'b']) it.fill(99, '12:00:00', '12:02:00', 60, host)
    await it.until('12:02:01')
    expect(['a', 'b', 'c'].map(name => it.state(name))).toEqual(['ALARM', 'ALARM', 'INSUFFICIENT_DATA'])
    // At noon, a minute later, and another one later.
    expect(it.lists).toBe(3)
  })
  it('below memory is read from the store, all of it at once', async () => {
    const it = await house('12:00:50')
    it.memoryFrom = epochSeconds(Date.parse('2025-03-01T12:05:00Z') / 1000)
    it.define(searching('all'))
    for (const host of ['a', 'b']) it.fill(6, '12:00:00', '12:01:00', 60, host)
    await it.until('12:01:01')
    // One for each of two instants.
    expect([it.state('all'), it.storedReads]).toEqual(['ALARM', 2])
  })
  it('of more than 500 series says that it is partial', async () => {
    const it = await house('12:00:50')
    it.define(searching('all'))
    for (let host = 0; host < 501; host++) it.put(1, '12:01:10', 'None', `host-${host}`)
    await it.until('12:02:01')
    expect([it.state('all'), evaluation(it, 'all')]).toEqual(['ALARM', 'PARTIAL_DATA'])
    expect(it.reason('all')).toContain('[500.0 (')
  })
})

it('a Contributor Insights rule is counted anew for each evaluation; one that is not there is no data', async () => {
  const it = await house('12:00:50')
  it.define(expressionAlarm('callers', [query('e', { expression: "INSIGHT_RULE_METRIC('top', MaxContributorValue) * 2", period: seconds(60), returnData: true })]))
  await it.until('12:01:01')
  await it.clock.advance(millis(0))
  expect(it.state('callers')).toBe('INSUFFICIENT_DATA')
  it.rule = (name, metric, { length }) => (name === 'top' && metric === 'MaxContributorValue' ? new Float64Array(length).fill(6) : undefined)
  await it.until('12:02:01')
  await it.clock.advance(millis(0))
  expect([it.state('callers'), it.reason('callers')]).toEqual(['ALARM', 'Threshold Crossed: 1 datapoint [12.0 (01/03/25 12:01:00)] was greater than the threshold (10.0).'])
})

it('a band without a model is no data; one that learnt is held against', async () => {
  const it = await house('12:00:50')
  const alarm = expressionAlarm(
    'odd',
    [query('a', { ...stored('a'), returnData: true }), query('band', { expression: 'ANOMALY_DETECTION_BAND(a, 2)', returnData: true })],
    { limit: { kind: 'band', comparison: 'GreaterThanUpperThreshold', metricId: 'band' } },
  )
  it.define(alarm, 'OK')
  it.fill(15, '12:01:00', '12:03:00', 60, 'a')
  await it.until('12:02:01')
  expect(it.state('odd')).toBe('INSUFFICIENT_DATA')
  it.band = {
    version: 1, timezone: 'UTC', period: seconds(60), state: 'TRAINED', until: epochSeconds(Date.parse('2025-03-01T12:00:00Z') / 1000), points: 1000,
    trend: 0, nonNegative: false, levels: Array.from({ length: 336 }, () => 10), spreads: Array.from({ length: 168 }, () => 2), spikes: { above: 0, below: 0 },
  }
  await it.until('12:03:01')
  expect(it.state('odd')).toBe('ALARM')
  expect(it.reason('odd')).toContain('[15.0 (01/03/25 12:02:00)] was greater than the upper thresholds [14.')
})

describe('a query that yields several series', () => {
  it('has a contributor for each, with messages of its own; one that vanishes is over', async () => {
    const it = await house('12:00:50')
    it.define(grouped('hosts'))
    it.fill(99, '12:01:00', '12:04:00', 60, 'a')
    it.fill(1, '12:01:00', '12:10:00', 60, 'b')
    await it.until('12:02:01')
    expect(it.state('hosts')).toBe('ALARM')
    expect(it.reason('hosts')).toBe('1 out of 2 time series evaluated to ALARM')
    expect(contributors(it, 'hosts')).toEqual(['a ALARM'])
    it.fill(99, '12:02:00', '12:10:00', 60, 'b')
    await it.until('12:04:01')
    expect(contributors(it, 'hosts')).toEqual(['a ALARM', 'b ALARM'].sort())
    await it.until('12:08:01')
    expect(contributors(it, 'hosts')).toEqual(['b ALARM'])
    const turns = it.committed.flatMap(({ history }) => history.filter(({ type }) => type === 'AlarmContributorStateUpdate').map(({ summary, data }) => [summary, data] as const))
    expect(turns.map(([summary]) => summary)).toEqual([
      'Alarm contributor updated from OK to ALARM', 'Alarm contributor updated from OK to ALARM', 'Alarm contributor updated from ALARM to OK',
    ])
    expect(turns[2]![1]).toContain('No data was returned for this contributor')
    expect(it.sent).toEqual(['hosts ALARM', 'hosts ALARM', 'hosts OK'])
  })
  it('is insufficient data when nothing is left, however missing data is treated', async () => {
    const it = await house('12:00:50')
    it.define(grouped('hosts', { treatMissingData: 'breaching' }), 'OK')
    it.fill(1, '12:01:00', '12:02:00', 60, 'a')
    await it.until('12:02:01')
    expect(it.state('hosts')).toBe('OK')
    await it.until('12:08:01')
    expect(it.state('hosts')).toBe('INSUFFICIENT_DATA')
  })
  it('follows at most a hundred in ALARM, and says that it does', async () => {
    const it = await house('12:00:50')
    it.define(grouped('hosts'))
    for (let host = 0; host < 130; host++) it.put(99, '12:01:10', 'None', `host-${host}`)
    await it.until('12:02:01')
    expect(it.reason('hosts')).toBe('100+ time series evaluated to ALARM')
    expect(contributors(it, 'hosts')).toHaveLength(100)
    expect(evaluation(it, 'hosts')).toBe('PARTIAL_DATA')
    await it.until('12:08:01')
    expect(evaluation(it, 'hosts')).toBeUndefined()
  })
  it('mutes the messages of its contributors, and remembers that it did', async () => {
    const it = await house('12:00:50')
    it.define(grouped('hosts'))
    it.mutes.set('hosts', { ruleArn: alarmArn(tenant, 'night'), ruleName: 'night', start: epochMillis(0), end: epochMillis(1), others: 0 })
    it.fill(99, '12:01:00', '12:04:00', 60, 'a')
    await it.until('12:02:01')
    expect(it.state('hosts')).toBe('ALARM')
    expect(it.sent).toEqual([])
    expect(it.records.get(alarmArn(tenant, 'hosts'))!.state.muted).toBeDefined()
    const muteDetail = { mutedByArn: alarmArn(tenant, 'night'), muteWindowStart: '1970-01-01T00:00:00.000+0000', muteWindowEnd: '1970-01-01T00:00:00.001+0000' }
    expect(it.events.map(({ detail }) => detail)).toMatchObject([{ alarmName: 'hosts', muteDetail }, { alarmContributor: { attributes: { Host: 'a' } }, muteDetail }])
  })
  it('says nothing twice when the clock is set back by hours, and goes on when it is caught up', async () => {
    const it = await house('12:00:50')
    it.define(grouped('hosts'))
    it.fill(99, '10:00:00', '12:10:00', 60, 'a')
    await it.until('12:03:01')
    expect(it.sent).toEqual(['hosts ALARM'])
    it.step('10:30:00')
    await it.until('10:35:01')
    expect(it.sent).toEqual(['hosts ALARM'])
    expect(contributors(it, 'hosts')).toEqual(['a ALARM'])
    it.step('12:05:00')
    it.fill(99, '12:04:00', '12:10:00', 60, 'b')
    await it.until('12:07:01')
    expect(it.sent).toEqual(['hosts ALARM', 'hosts ALARM'])
    expect(contributors(it, 'hosts')).toEqual(['a ALARM', 'b ALARM'].sort())
  })
  it('tells inside the house of each that turns, also where the whole stays as it is', async () => {
    const it = await house('12:00:50')
    it.define(grouped('hosts'))
    it.fill(99, '12:01:00', '12:04:00', 60, 'a')
    it.fill(99, '12:02:00', '12:04:00', 60, 'b')
    await it.until('12:03:01')
    expect(it.events.map(({ time, detail, 'detail-type': type }) => [time.slice(11, 19), type, detail.state.value, 'alarmContributor' in detail ? detail.alarmContributor.attributes : {}])).toEqual([
      ['12:02:00', 'CloudWatch Alarm State Change', 'ALARM', {}],
      ['12:02:00', 'CloudWatch Alarm Contributor State Change', 'ALARM', { Host: 'a' }],
      ['12:03:00', 'CloudWatch Alarm Contributor State Change', 'ALARM', { Host: 'b' }],
    ])
    expect(it.events[2]!.detail).not.toHaveProperty('muteDetail')
  })
})

describe('PromQL', () => {
  it('waits for the pending and the recovery period, over a restart', async () => {
    const it = await house('12:00:50')
    it.define(promqlAlarm('up', { pendingPeriod: seconds(120), recoveryPeriod: seconds(60) }), 'OK')
    it.present = at => (at >= Date.parse('2025-03-01T12:02:00Z') / 1000 && at < Date.parse('2025-03-01T12:06:00Z') / 1000 ? ['a'] : [])
    await it.until('12:03:01')
    expect(contributors(it, 'up')).toEqual(['a OK turning'])
    await it.close()
    await it.open()
    await it.until('12:04:01')
    expect(contributors(it, 'up')).toEqual(['a ALARM'])
    expect(it.reason('up')).toBe('1 time series evaluated to ALARM')
    await it.until('12:06:01')
    expect(contributors(it, 'up')).toEqual(['a ALARM turning'])
    await it.until('12:07:01')
    expect(contributors(it, 'up')).toEqual([])
    expect(it.story).toEqual(['12:04:00 up ALARM', '12:07:00 up OK'])
    expect(it.sent).toEqual(['up ALARM', 'up OK'])
  })
  it.each([10, 90, 600] as const)('is evaluated every %i s when that is asked for', async interval => {
    const it = await house('12:00:05')
    const asked: number[] = []
    it.present = at => (asked.push(at), [])
    it.define(promqlAlarm('up', { evaluationInterval: seconds(interval) }), 'OK')
    await it.until('12:30:01')
    expect(asked.every(at => at % interval === 0)).toBe(true)
    expect(new Set(asked).size).toBe(asked.length)
    expect(asked.length).toBeGreaterThanOrEqual(Math.floor(1795 / interval))
  })
  it('asks after a long stop for what matters to now, not for hours', async () => {
    const it = await house('09:00:50')
    const asked: number[] = []
    it.present = at => (asked.push(at), at >= Date.parse('2025-03-01T11:50:00Z') / 1000 ? ['a'] : [])
    it.define(promqlAlarm('up', { pendingPeriod: seconds(300), recoveryPeriod: seconds(60) }), 'OK')
    it.define(promqlAlarm('slow', { pendingPeriod: seconds(3600), recoveryPeriod: seconds(600) }), 'OK')
    await it.until('09:02:01')
    await it.close()
    asked.length = 0
    it.step('12:00:05')
    await it.open()
    await it.until('12:00:09')
    expect(asked).toHaveLength(30 + 71)
    expect(Math.min(...asked)).toBe(Date.parse('2025-03-01T10:50:00Z') / 1000)
    expect([it.state('up'), it.state('slow')]).toEqual(['ALARM', 'OK'])
    expect(contributors(it, 'slow')).toEqual(['a OK turning'])
  })
  it('that cannot be evaluated says so and keeps its state', async () => {
    const it = await house('12:00:50')
    it.define(promqlAlarm('up', { query: 'broken' }), 'OK')
    await it.until('12:02:01')
    expect(evaluation(it, 'up')).toBe('EVALUATION_ERROR')
    expect(it.story).toEqual([])
    it.define(promqlAlarm('up'))
    await it.until('12:04:01')
    expect(evaluation(it, 'up')).toBeUndefined()
  })
  it('says when its data cannot be read, and when it can again', async () => {
    const it = await house('12:00:50')
    it.define(promqlAlarm('up'), 'OK')
    it.readFailure = new Error('the store is down')
    await it.until('12:02:01')
    expect(evaluation(it, 'up')).toBe('EVALUATION_FAILURE')
    it.readFailure = undefined
    await it.until('12:04:01')
    expect(evaluation(it, 'up')).toBeUndefined()
    expect(it.sent).toEqual([])
  })
})
