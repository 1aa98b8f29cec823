import { call } from '../../../../sql/expression.ts'
import { asText, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const tolower: InsightsFunction = {
  name: 'tolower',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The text in lower case.',
  examples: [
    { expression: 'tolower("ÀB")', result: 'àb' },
    { expression: 'tolower(missing)', result: null },
  ],
  bind: ([text]) => stringValue(call('lowerUTF8', asText(text!))),
}
