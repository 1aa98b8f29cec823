import { describe, expect, test } from 'vitest'
import type { Alarm } from '../../aws/shapes.ts'
import { byUrgency, countByState, matches, rowOf, stateFilterFrom } from './alarm-rows.ts'

const alarm = (name: string, more: Partial<Alarm> = {}): Alarm => ({
  AlarmName: name, AlarmArn: `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`, StateValue: 'OK', MetricName: 'cpu_usage_active',
  Namespace: 'CWAgent', Statistic: 'Average', Threshold: 90, ComparisonOperator: 'GreaterThanOrEqualToThreshold', Period: 60,
  EvaluationPeriods: 1, StateTransitionedTimestamp: 100, Dimensions: [{ Name: 'host', Value: 'Web-1' }], ...more,
})

test('a row says what the alarm watches and when it goes off', () => {
  expect(rowOf(alarm('cpu'), { Severity: 'P2', Team: 'payments' })).toMatchObject({
    name: 'cpu', state: 'OK', severity: 'P2', metric: 'cpu_usage_active', namespace: 'CWAgent', condition: 'Average ≥\u00a090 for 1 minute',
    changedAt: 100, actionsEnabled: true,
  })
})

test('the loudest alarm stands first', () => {
  const rows = [
    rowOf(alarm('fine'), { Severity: 'P1' }),
    rowOf(alarm('quiet', { StateValue: 'INSUFFICIENT_DATA' }), undefined),
    rowOf(alarm('low', { StateValue: 'ALARM', StateTransitionedTimestamp: 900 }), { Severity: 'P4' }),
    rowOf(alarm('old', { StateValue: 'ALARM', StateTransitionedTimestamp: 100 }), { Severity: 'P1' }),
    rowOf(alarm('new', { StateValue: 'ALARM', StateTransitionedTimestamp: 500 }), { Severity: 'P1' }),
    rowOf(alarm('also-fine'), { Severity: 'P1' }),
  ]
  expect(rows.toSorted(byUrgency).map(row => row.name)).toEqual(['new', 'old', 'low', 'quiet', 'also-fine', 'fine'])
})

describe('the text filter', () => {
  const row = rowOf(alarm('Disk full', { AlarmDescription: 'Root volume' }), { Team: 'payments' })
  test.each([
    ['disk', true], ['full ROOT', true], ['web-1', true], ['host=web', true], ['team=payments', true], ['disk cpu', true],
    ['memory', false],
  ])(
    '%s', (text, found) => {
      expect(matches(row, text)).toBe(found)
    },
  )
})

test('states are counted, none left out', () => {
  const rows = [alarm('a'), alarm('b', { StateValue: 'ALARM' }), alarm('c')].map(each => rowOf(each, undefined))
  expect(countByState(rows)).toEqual({ all: 3, ALARM: 1, OK: 2, INSUFFICIENT_DATA: 0 })
})

test('an unknown state in the address shows all', () => {
  expect([stateFilterFrom('ALARM'), stateFilterFrom('toString'), stateFilterFrom(null)]).toEqual(['ALARM', 'all', 'all'])
})
