import { expect, test } from 'vitest'
import { chosenFrom, searchedMetrics, variableName } from './variable-choice.ts'

const variable = (id: string) => ({ type: 'property', inputType: 'input', id }) as const

test('only variables that there are can be chosen by the address, and no empty value is one', () => {
  expect(chosenFrom(new URLSearchParams('var.host=web-1&var.other=x&var.zone='), [variable('host'), variable('zone')])).toEqual({ host: 'web-1' })
})

test.each([
  ['{AWS/EC2,InstanceId} MetricName="CPUUtilization"', { Namespace: 'AWS/EC2', MetricName: 'CPUUtilization' }],
  ['{"My App",host}', { Namespace: 'My App' }],
  ['nothing of that kind', undefined],
])('the search %s asks for metrics', (search, metrics) => {
  expect(searchedMetrics(search)).toEqual(metrics)
})

test('a variable without a label is called by what it replaces', () => {
  expect(variableName({ ...variable('a'), property: 'InstanceId' })).toBe('InstanceId')
  expect(variableName({ ...variable('a'), label: 'Host', property: 'InstanceId' })).toBe('Host')
})
