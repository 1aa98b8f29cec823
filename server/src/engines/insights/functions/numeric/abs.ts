import { call } from '../../../../sql/expression.ts'
import { asNumber, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const abs: InsightsFunction = {
  name: 'abs',
  parameters: [{ name: 'a', takes: 'number' }],
  text: 'The absolute value.',
  examples: [
    { expression: 'abs(-2.5)', result: '2.5' },
    { expression: 'abs("-3")', result: '3' },
    { expression: 'abs("three")', result: null },
  ],
  bind: ([number]) => numberValue(call('abs', asNumber(number!))),
}
