import { call } from '../../../../sql/expression.ts'
import { asText, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const toupper: InsightsFunction = {
  name: 'toupper',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The text in upper case.',
  examples: [
    { expression: 'toupper("straße ä")', result: 'STRASSE Ä' },
    { expression: 'toupper(missing)', result: null },
  ],
  bind: ([text]) => stringValue(call('upperUTF8', asText(text!))),
}
