import { expect, test } from 'vitest'
import type { Alarm } from '../aws/shapes.ts'
import { type AlarmKind, decidingQuery, hasContributors, kindOf, periodOf } from './alarm-kind.ts'

const stored = { Id: 'm1', MetricStat: { Metric: { Namespace: 'Shop', MetricName: 'Orders' }, Period: 300, Stat: 'Sum' } }

const logs = (AggregationExpression: string) => ({
  QueryString: 'filter level = "ERROR"', ScheduledQueryRoleARN: 'role', ScheduleConfiguration: { ScheduleExpression: 'rate(1 minute)', StartTimeOffset: 60 }, AggregationExpression,
})

test.each<[AlarmKind, Alarm]>([
  ['metric', { MetricName: 'Orders' }],
  ['math', { Metrics: [{ ...stored, ReturnData: false }, { Id: 'e1', Expression: 'm1 * 2' }] }],
  ['band', { Metrics: [stored, { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)' }], ThresholdMetricId: 'ad1' }],
  ['insights', { Metrics: [{ Id: 'q1', Expression: ' select MAX(cpu) FROM "CWAgent" GROUP BY host', Period: 60 }] }],
  ['promql', { EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0' } } }],
  ['logs', { ScheduledQueryConfiguration: logs('count(*)') }],
  ['composite', { AlarmRule: 'ALARM(a)' }],
])('an alarm of the kind %s is known', (kind, alarm) => {
  expect(kindOf(alarm)).toBe(kind)
})

test('the deciding query of a band is the metric, not the band', () => {
  expect(decidingQuery({ Metrics: [{ Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1)' }, stored], ThresholdMetricId: 'ad1' })).toBe(stored)
})

test('the period is the longest of the queries', () => {
  expect(periodOf({ Metrics: [stored, { Id: 'e1', Expression: 'm1', Period: 60 }] })).toBe(300)
  expect(periodOf({ AlarmRule: 'TRUE' })).toBeUndefined()
})

test('those on logs have contributors where they group', () => {
  expect(hasContributors({ ScheduledQueryConfiguration: logs('count(*)') })).toBe(false)
  expect(hasContributors({ ScheduledQueryConfiguration: logs('count(*) by host | sort desc') })).toBe(true)
})
