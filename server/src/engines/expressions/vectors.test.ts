import { expect, test } from 'vitest'
import { resultOf } from './expressions.test-support.ts'

const PAIR = { metric1: '30 20 0 0', metric2: '20 - 20 -' }
const SPARSE = { m1: '1 - 4 7', m2: '2 2 2 2' }
const CHOICE = { metric1: '1 1 0 0 -', metric2: '30 - 0 0 30', metric3: '0 0 20 - 20' }

/** The examples of CloudWatch's documentation and what follows from them, as they are numbered in our notes on it. */
test.each<[string, string, Readonly<Record<string, string>>, string | readonly string[]]>([
  ['operators 1', 'metric1 < metric2', PAIR, '0 0 1 0'],
  ['operators 2', 'metric1 >= 30', PAIR, '1 0 0 0'],
  ['operators 3', 'metric1 > 15 AND metric2 > 15', PAIR, '1 0 0 0'],
  ['operators 4', 'metric1 + metric2', PAIR, '50 20 20 0'],
  ['operators 4', 'metric1 / metric2', PAIR, '1.5 - 0 -'],
  ['operators 4', 'metric2 - 5', PAIR, '15 - 15 -'],
  ['functions 1', 'DIFF(m1)', SPARSE, '- - 3 3'],
  ['functions 1', 'DIFF_TIME(m1)', SPARSE, '- - 120 60'],
  ['functions 1', 'RATE(m1)', SPARSE, '- - 0.025 0.05'],
  ['functions 2', 'RUNNING_SUM(m1)', SPARSE, '1 - 5 12'],
  ['functions 3', 'FILL(m1,0)', SPARSE, '1 0 4 7'],
  ['functions 3', 'FILL(m1,REPEAT)', SPARSE, '1 1 4 7'],
  ['functions 3', 'FILL(m1,LINEAR)', SPARSE, '1 2.5 4 7'],
  ['functions 3', 'FILL(m1,m2)', SPARSE, '1 2 4 7'],
  ['functions 4', 'SUM([m1,m2])', SPARSE, '3 2 6 9'],
  ['functions 4', 'AVG([m1,m2])', SPARSE, '1.5 1 3 4.5'],
  ['functions 4', 'DATAPOINT_COUNT([m1,m2])', SPARSE, '2 1 2 2'],
  ['functions 5', 'm1-AVG(m1)', SPARSE, '-3 - 0 3'],
  ['functions 5', 'TIME_SERIES(SUM(m1)/DATAPOINT_COUNT(m1))', SPARSE, '4 4 4 4'],
  ['functions 6', 'SLICE(SORT([m1,m2],SUM,DESC),0,1)', SPARSE, '1 - 4 7'],
  ['functions 6', 'FIRST(SORT([m1,m2],AVG,ASC))', SPARSE, '2 2 2 2'],
  ['functions 7', '100/[m1,m2]', SPARSE, ['100 - 25 14.2857142857', '50 50 50 50']],
  ['functions 7', 'SUM(100/[m1,m2])', SPARSE, '150 50 75 64.2857142857'],
  ['functions 8', 'METRICS("errors")', { errors1: '1', errors2: '2', requests: '3' }, ['1', '2']],
  ['functions 10', 'm1/PERIOD(m1)', SPARSE, '0.0166666666667 - 0.0666666666667 0.116666666667'],
  ['IF 1', 'IF(metric1,metric2,metric3)', CHOICE, '30 0 20 0 -'],
  ['IF 2', 'IF(metric1,5,metric3)', CHOICE, '5 5 20 - -'],
  ['IF 3', 'IF(metric1,metric2,5)', CHOICE, '30 0 5 5 -'],
  ['IF 4', 'IF(metric1<400, metric1)', { metric1: '399 400 - 500' }, '399 - - -'],
  ['IF 4', 'IF(metric1<400,10,2)', { metric1: '399 400 - 500' }, '10 2 - 2'],
  ['IF 4', 'IF(latency>threshold,1,0)', { latency: '5 9 -', threshold: '7 7 7' }, '0 1 0'],
])('%s: %s', (_, expression, metrics, result) => {
  expect(resultOf({ expression, metrics })).toEqual(result)
})

test('functions 5: a scalar alone is invalid', () => {
  expect(() => resultOf({ expression: 'SUM(m1)/DATAPOINT_COUNT(m1)', metrics: SPARSE })).toThrow("Error in expression 'e1': ")
})

test('functions 9: weekdays', () => {
  const days = { metrics: { m1: '1 2 3 4 5 6 7' }, start: '2024-01-01T00:00:00Z', period: 86_400 }
  expect(resultOf({ expression: 'DAY(m1)', ...days })).toBe('1 2 3 4 5 6 7')
  expect(resultOf({ expression: 'IF(DAY(m1)<6,m1)', ...days })).toBe('1 2 3 4 5 - -')
})
