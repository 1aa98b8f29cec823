import { and, boundText, call, choose, constant, not, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asText, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const base64encode: InsightsFunction = {
  name: 'base64encode',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The text’s UTF-8 in Base64.',
  examples: [
    { expression: 'base64encode("hello")', result: 'aGVsbG8=' },
    { expression: 'base64encode(missing)', result: null },
  ],
  bind: ([text]) => stringValue(call('base64Encode', asText(text!))),
}

export const base64decode: InsightsFunction = {
  name: 'base64decode',
  parameters: [{ name: 'str', takes: 'string' }],
  text: 'The text that stands in Base64, with its padding or without; none if it is no Base64.',
  examples: [
    { expression: 'base64decode("aGVsbG8=")', result: 'hello' },
    { expression: 'base64decode("aGVsbG8")', result: 'hello' },
    { expression: 'base64decode("hello!")', result: null },
  ],
  bind: ([text]) =>
    stringValue(once(call('replaceRegexpOne', asText(text!), boundText('={1,2}$'), constant('')), digits =>
      choose([[isBase64(digits), call('toValidUTF8', call('tryBase64Decode', padded(digits)))]], NULL))),
}

const isBase64 = (digits: Expression): Expression =>
  and(call('match', digits, boundText('^[A-Za-z0-9+/]*$')), not(call('equals', inLastGroup(digits), constant(1))))

const padded = (digits: Expression): Expression => {
  const missing = call('modulo', call('minus', constant(4), inLastGroup(digits)), constant(4))
  return call('concat', digits, call('substring', constant('=='), constant(1), missing))
}

/** Four digits are three bytes. */
const inLastGroup = (digits: Expression): Expression => call('modulo', call('length', digits), constant(4))
