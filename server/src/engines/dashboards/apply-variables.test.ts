import { expect, test } from 'vitest'
import type { DashboardBody, DashboardVariable } from '../../model/dashboard.ts'
import { applyVariables } from './apply-variables.ts'

const property = (name: string): DashboardVariable => ({ type: 'property', property: name, inputType: 'input', id: 'v' })
const pattern = (text: string): DashboardVariable => ({ type: 'pattern', pattern: text, inputType: 'input', id: 'v' })

const widget = (metrics: unknown, more: object = {}): object => ({ type: 'metric', properties: { metrics, region: 'us-east-1', ...more } })
const body = (widgets: readonly object[], ...variables: readonly DashboardVariable[]): DashboardBody =>
  ({ widgets, variables }) as unknown as DashboardBody
const applied = (widgets: readonly object[], variable: DashboardVariable, value: string | number): unknown =>
  applyVariables(body(widgets, variable), { v: value }).widgets

const SEARCH = `SEARCH('{AWS/Lambda,FunctionName} FunctionName="x"', 'Sum', 300)`

test('a property variable sets the dimension of its name, and no text of an expression', () => {
  const given = widget([
    ['AWS/Lambda', 'Errors', 'FunctionName', 'x'],
    ['.', '.', '.', 'y', { stat: 'Sum' }],
    [{ expression: SEARCH }],
    ['.', '.', '.', '.'],
    ['...', 'z'],
    ['AWS/Lambda', 'Errors', 'Resource', 'FunctionName'],
  ])
  expect(applied([given], property('FunctionName'), 'f2')).toEqual([
    widget([
      ['AWS/Lambda', 'Errors', 'FunctionName', 'f2'],
      ['.', '.', '.', 'f2', { stat: 'Sum' }],
      [{ expression: SEARCH }],
      ['.', '.', '.', '.'],
      ['...', 'f2'],
      ['AWS/Lambda', 'Errors', 'Resource', 'FunctionName'],
    ]),
  ])
})

test('what ... repeats was set already', () => {
  const given = widget([['A', 'x', 'Cluster', 'c', 'Service', 's'], ['...', 't']])
  expect(applied([given], property('Cluster'), 'd')).toEqual([widget([['A', 'x', 'Cluster', 'd', 'Service', 's'], ['...', 't']])])
})

test('a property variable sets the JSON property of its name, wherever it stands', () => {
  const given = widget([['A', 'x', { region: 'us-west-2', period: 60 }]], { annotations: { horizontal: [{ value: 1 }] } })
  const expected = widget([['A', 'x', { region: 'eu-west-1', period: 60 }]], { region: 'eu-west-1', annotations: { horizontal: [{ value: 1 }] } })
  expect(applied([given], property('region'), 'eu-west-1')).toEqual([expected])
  expect(applied([given], property('annotations'), 'no')).toEqual([given])
})

test('a pattern variable replaces its text everywhere, also inside ARNs', () => {
  const alarm = { type: 'alarm', properties: { alarms: ['arn:aws:cloudwatch:us-east-1:123456789012:alarm:us-east-1-cpu'] } }
  expect(applied([widget([['A', 'x', 'D', 'us-east-1']]), alarm], pattern('us-east-1'), '$&-2')).toEqual([
    widget([['A', 'x', 'D', '$&-2']], { region: '$&-2' }),
    { type: 'alarm', properties: { alarms: ['arn:aws:cloudwatch:$&-2:123456789012:alarm:$&-2-cpu'] } },
  ])
  expect(applied([widget([], { period: 300 })], pattern('300'), 60)).toEqual([widget([], { period: 60 })])
})

test('defaults hold until something is chosen', () => {
  const variable = { ...property('region'), defaultValue: 'eu-west-1' }
  expect(applyVariables(body([widget([])], variable), {}).widgets).toEqual([widget([], { region: 'eu-west-1' })])
  expect(applyVariables(body([widget([])], { ...variable, defaultValue: '__FIRST' }), {}).widgets).toEqual([widget([])])
  expect(applyVariables(body([widget([])], pattern('')), { v: 'x' }).widgets).toEqual([widget([])])
})

test('hostile nesting is left as it is', () => {
  const params = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as unknown
  expect(() => applied([{ type: 'custom', properties: { endpoint: 'x', params } }], pattern('x'), 'y')).not.toThrow()
})
