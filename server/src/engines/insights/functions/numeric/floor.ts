import { call } from '../../../../sql/expression.ts'
import { asNumber, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const floor: InsightsFunction = {
  name: 'floor',
  parameters: [{ name: 'a', takes: 'number' }],
  text: 'The largest integer that is not above the number.',
  examples: [
    { expression: 'floor(1.8)', result: '1' },
    { expression: 'floor(-1.2)', result: '-2' },
  ],
  bind: ([number]) => numberValue(call('floor', asNumber(number!))),
}
