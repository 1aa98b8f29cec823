import { describe, expect, test } from 'vitest'
import type { Alarm } from '../aws/shapes.ts'
import { condition, missingDataInWords, subject } from './condition.ts'

const base: Alarm = {
  MetricName: 'CPUUtilization', Statistic: 'Average', ComparisonOperator: 'GreaterThanThreshold', Threshold: 75, Period: 60,
  EvaluationPeriods: 1,
}

/** As read: a space is a space. */
const read = (words: string): string => words.replaceAll('\u00a0', ' ')

describe('condition', () => {
  test.each<[string, Partial<Alarm>, string]>([
    ['one period', {}, 'Average > 75 for 1 minute'],
    ['its unit', { Unit: 'Percent' }, 'Average > 75 % for 1 minute'],
    ['all of several', { EvaluationPeriods: 3, DatapointsToAlarm: 3, Period: 300 }, 'Average > 75 for 3 periods of 5 minutes'],
    ['M of N', { EvaluationPeriods: 5, DatapointsToAlarm: 3 }, 'Average > 75 for 3 of 5 periods of 1 minute'],
    [
      'a percentile', { ExtendedStatistic: 'p99.9', Statistic: undefined, ComparisonOperator: 'GreaterThanOrEqualToThreshold' },
      'p99.9 ≥ 75 for 1 minute',
    ],
    [
      'falling', { ComparisonOperator: 'LessThanOrEqualToThreshold', Threshold: 0, Statistic: 'SampleCount' },
      'Sample count ≤ 0 for 1 minute',
    ],
    ['bytes', { Unit: 'Bytes', Threshold: 2e9, ComparisonOperator: 'LessThanThreshold' }, 'Average < 2 GB for 1 minute'],
    ['a ten-second alarm', { Period: 10 }, 'Average > 75 for 10 seconds'],
  ])('%s', (_name, change, words) => {
    expect(read(condition({ ...base, ...change }))).toBe(words)
  })

  test('takes the unit found in the data', () => {
    expect(read(condition(base, 'Percent'))).toBe('Average > 75 % for 1 minute')
  })

  test('of an expression', () => {
    const alarm: Alarm = {
      Metrics: [{ Id: 'm1', ReturnData: false }, { Id: 'e1', Expression: 'm1 * 2', Label: 'Errors doubled', Period: 60 }],
      ComparisonOperator: 'GreaterThanThreshold', Threshold: 5, EvaluationPeriods: 1,
    }
    expect(subject(alarm)).toBe('Errors doubled')
    expect(read(condition(alarm))).toBe('value > 5 for 1 minute')
  })
})

test('missing data without a setting is treated as missing', () => {
  expect(missingDataInWords(undefined)).toBe(missingDataInWords('missing'))
})

test.each<[number, number, string, string, string]>([
  [1, 1, 'rate(1 minute)', 'count(*)', 'value > 75 in the newest result, one every minute'],
  [5, 3, 'rate(5 minutes)', 'count(*) by host', 'any contributor > 75 in 3 of 5 results, one every 5 minutes'],
])('of logs: %s, %s, %s, %s', (n, m, ScheduleExpression, AggregationExpression, words) => {
  const ScheduledQueryConfiguration = { QueryString: 'fields @message', ScheduledQueryRoleARN: 'role', ScheduleConfiguration: { ScheduleExpression, StartTimeOffset: 60 }, AggregationExpression }
  const alarm: Alarm = { ScheduledQueryConfiguration, QueryResultsToEvaluate: n, QueryResultsToAlarm: m, Threshold: 75, ComparisonOperator: 'GreaterThanThreshold' }
  expect(read(condition(alarm))).toBe(words)
  expect(subject(alarm)).toBe(AggregationExpression)
})
