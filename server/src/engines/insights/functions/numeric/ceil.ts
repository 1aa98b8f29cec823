import { call, constant } from '../../../../sql/expression.ts'
import { asNumber, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const ceil: InsightsFunction = {
  name: 'ceil',
  parameters: [{ name: 'a', takes: 'number' }],
  text: 'The smallest integer that is not below the number.',
  examples: [
    { expression: 'ceil(1.2)', result: '2' },
    { expression: 'ceil(-0.5)', result: '0' },
  ],
  // Adding 0 makes 0 of -0, which would be shown with its sign.
  bind: ([number]) => numberValue(call('plus', call('ceil', asNumber(number!)), constant(0))),
}
