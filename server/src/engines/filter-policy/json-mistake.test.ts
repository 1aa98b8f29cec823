import { expect, test } from 'vitest'
import { jsonMistake } from './json-mistake.ts'

const VALUES = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
const at = (line: number, column: number): string =>
  `[Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`

test.each<[string, string, string]>([
  ['{storeis}', "Unexpected character ('s' (code 115)): was expecting double-quote to start field name", at(1, 2)],
  ['nothing-here', `Unrecognized token 'nothing': was expecting ${VALUES}`, at(1, 8)],
  [`${'a'.repeat(300)}`, `Unrecognized token '${'a'.repeat(256)}...': was expecting ${VALUES}`, at(1, 257)],
  ['{"a":', 'Unexpected end-of-input within/between Object entries', at(1, 6)],
  ['{"a":["b"', `Unexpected end-of-input: expected close marker for Array (start marker at ${at(1, 6)})`, at(1, 10)],
  ['{"a":["b"]', `Unexpected end-of-input: expected close marker for Object (start marker at ${at(1, 1)})`, at(1, 11)],
  ['{"a":["b"}', `Unexpected close marker '}': expected ']' (for Array starting at ${at(1, 6)})`, at(1, 10)],
  ['{"a":["b"],\n"c" ["d"]}', "Unexpected character ('[' (code 91)): was expecting a colon to separate field name and value", at(2, 5)],
  ['{"a":["b" "c"]}', `Unexpected character ('"' (code 34)): was expecting comma to separate Array entries`, at(1, 11)],
  ['{"a":["b"] "c"}', `Unexpected character ('"' (code 34)): was expecting comma to separate Object entries`, at(1, 12)],
  ['{"a":}', "Unexpected character ('}' (code 125)): expected a value", at(1, 6)],
  ['{"a":[\'b\']}', `Unexpected character (''' (code 39)): expected a valid value ${VALUES}`, at(1, 7)],
  ['{"a":["b]}', 'Unexpected end-of-input: was expecting closing quote for a string value', at(1, 11)],
  ['{"a', 'Unexpected end-of-input in field name', at(1, 4)],
  ['{"a":["\t"]}', 'Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in string value', at(1, 9)],
  ['{"a":["\\x"]}', "Unrecognized character escape 'x' (code 120)", at(1, 10)],
  ['{"a":[01]}', 'Invalid numeric value: Leading zeroes not allowed', at(1, 8)],
  ['{"a":[-x]}', "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value", at(1, 8)],
  ['{"a":[1.]}', "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit", at(1, 9)],
  ['{"a":[€]}', `Unrecognized token '€': was expecting ${VALUES}`, at(1, 8)],
  ['{"a":[→]}', `Unexpected character ('→' (code 8594 / 0x2192)): expected a valid value ${VALUES}`, at(1, 7)],
])('%s', (text, says, where) => {
  expect(() => JSON.parse(text) as unknown).toThrow()
  expect(jsonMistake(text)).toBe(`${says}\n at ${where}`)
})

test.each(['{}', '[]', ' {"a": [1, -2.5e+3, "b\\u00e9\\n", true, false, null, {"c": {}}]}\n', '"x"'])('finds nothing wrong with %s', text => {
  expect(jsonMistake(text)).toBeUndefined()
})

test('reads any depth', () => {
  expect(jsonMistake('['.repeat(100_000))).toContain('expected close marker for Array')
})
