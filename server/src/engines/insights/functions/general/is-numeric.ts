import { call, choose, NULL } from '../../../../sql/expression.ts'
import { asNumber, asShown, booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const isNumeric: InsightsFunction = {
  name: 'isNumeric',
  parameters: [{ name: 'value', takes: 'any' }],
  text: 'Whether the whole value is a number.',
  examples: [
    { expression: 'isNumeric("-1.5e3")', result: '1' },
    { expression: 'isNumeric("12 ms")', result: '0' },
    { expression: 'isNumeric(missing)', result: null },
  ],
  bind: ([value]) => booleanValue(choose([[call('isNotNull', asShown(value!)), call('isNotNull', asNumber(value!))]], NULL)),
}
