import { call } from '../../../../sql/expression.ts'
import { asText, stringValue } from '../../values.ts'
import type { Example, InsightsFunction } from '../insights-function.ts'

const digest = (name: string, what: string, of: string, examples: readonly Example[]): InsightsFunction => ({
  name,
  parameters: [{ name: 'fieldName', takes: 'string' }],
  text: `The ${what} hash of the text’s UTF-8, in hexadecimal.`,
  examples,
  bind: ([text]) => stringValue(call('lower', call('hex', call(of, asText(text!))))),
})

export const md5 = digest('md5', 'MD5', 'MD5', [
  { expression: 'md5("hello")', result: '5d41402abc4b2a76b9719d911017c592' },
  { expression: 'md5(missing)', result: null },
])

export const sha256 = digest('sha256', 'SHA-256', 'SHA256', [
  { expression: 'sha256("")', result: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
])
