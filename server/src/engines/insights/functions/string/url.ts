import { call } from '../../../../sql/expression.ts'
import { asText, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const urlencode: InsightsFunction = {
  name: 'urlencode',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The text with everything but letters, digits and `-._~` percent-encoded.',
  examples: [
    { expression: 'urlencode("a b&é")', result: 'a%20b%26%C3%A9' },
    { expression: 'urlencode(missing)', result: null },
  ],
  bind: ([text]) => stringValue(call('encodeURLComponent', asText(text!))),
}

export const urldecode: InsightsFunction = {
  name: 'urldecode',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The text without its percent-encoding; `+` is a space. What is no encoding stays as it is.',
  examples: [
    { expression: 'urldecode("a%20b%26+%C3%A9")', result: 'a b& é' },
    { expression: 'urldecode("100%")', result: '100%' },
  ],
  // What is decoded need not be UTF-8.
  bind: ([text]) => stringValue(call('toValidUTF8', call('decodeURLFormComponent', asText(text!)))),
}
