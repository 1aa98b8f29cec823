import { expect, test } from 'vitest'
import { type AlarmDraft, newDraft, problemsOf, requestOf } from './alarm-draft.ts'

const metric = { Namespace: 'CWAgent', MetricName: 'disk_used_percent', Dimensions: [{ Name: 'host', Value: 'web-1' }] }
const draft: AlarmDraft = { ...newDraft(metric, 'Average', 60), threshold: '80' }

test('a new draft is named after its metric and lacks only the threshold', () => {
  expect(newDraft(metric, 'p99', 5)).toMatchObject({ name: 'disk_used_percent web-1', statistic: 'p99', period: 10 })
  expect(problemsOf(newDraft(metric, 'Average', 60))).toEqual({ threshold: 'Enter a number' })
  expect(problemsOf(draft)).toEqual({})
})

test.each<[Partial<AlarmDraft>, keyof AlarmDraft]>([
  [{ name: ' ' }, 'name'], [{ name: 'x'.repeat(256) }, 'name'], [{ threshold: 'high' }, 'threshold'],
  [{ threshold: 'Infinity' }, 'threshold'],
  [{ datapoints: '2' }, 'datapoints'], [{ datapoints: '0' }, 'datapoints'], [{ periods: '1.5' }, 'periods'],
  [{ period: 300, periods: '289' }, 'periods'], [{ period: 3600, periods: '169' }, 'periods'],
  [{ description: 'x'.repeat(1025) }, 'description'],
])('%j is a problem of %s', (change, field) => {
  expect(Object.keys(problemsOf({ ...draft, ...change }))).toContain(field)
})

test('the request names the topic for both directions and the severity as a tag', () => {
  expect(requestOf({ ...draft, topic: 'arn:t', datapoints: '2', periods: '3' }, metric)).toEqual({
    AlarmName: 'disk_used_percent web-1', Namespace: 'CWAgent', MetricName: 'disk_used_percent', Dimensions: metric.Dimensions,
    Statistic: 'Average',
    Period: 60, EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 80, ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    AlarmActions: ['arn:t'], OKActions: ['arn:t'], Tags: [{ Key: 'Severity', Value: 'P3' }],
  })
})

test('a percentile is an extended statistic', () => {
  const request = requestOf({ ...draft, statistic: 'p99' }, metric)
  expect(request).toMatchObject({ ExtendedStatistic: 'p99', AlarmActions: [] })
  expect(request).not.toHaveProperty('Statistic')
})
