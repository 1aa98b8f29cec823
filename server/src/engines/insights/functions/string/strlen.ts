import { call } from '../../../../sql/expression.ts'
import { asText, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const strlen: InsightsFunction = {
  name: 'strlen',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The length of the text in Unicode code points.',
  examples: [
    { expression: 'strlen("naïve 🔔")', result: '7' },
    { expression: 'strlen(missing)', result: null },
  ],
  bind: ([text]) => numberValue(call('toFloat64', call('lengthUTF8', asText(text!)))),
}
