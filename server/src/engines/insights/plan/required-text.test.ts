import { RE2JS } from 're2js'
import { expect, test } from 'vitest'
import { requiredText } from './required-text.ts'

test.for<readonly [pattern: string, text: string | undefined]>([
  ['took \\d+ ms', 'took '],
  ['request (\\w+) failed with (?:code )?5\\d\\d', ' failed with '],
  ['user=(?<name>[^ ]+) from', 'user='],
  ['"status":5\\d\\d', '"status":5'],
  ['a\\.b\\.c', 'a.b.c'],
  ['^Timeout$', 'Timeout'],
  ['abcd*e', 'abc'],
  ['abcd+efgh', 'abcd'],
  ['abc{2}defg', 'defg'],
  ['abc{0,2}', undefined],
  ['abcd??xyz', 'abc'],
  ['abc+?x', 'abc'],
  ['(abc)+', undefined],
  ['(abc|def)ghi', 'ghi'],
  ['abc|def', undefined],
  ['(?i)abcdef', undefined],
  ['(?i:abc)def', undefined],
  ['[abc]defg[)]', 'defg'],
  ['[]|]abcd', 'abcd'],
  ['\\Qa|b\\Eabc', undefined],
  ['caf\u00e9s \u{1f600}+', 'caf\u00e9s \u{1f600}'],
  ['abc\\(def', 'abc(def'],
  ['abc\\tdefg', 'defg'],
  ['\\x41bcd', 'bcd'],
  ['ab', undefined],
])('of /%s/', ([pattern, text]) => expect(requiredText(pattern)).toBe(text))

test('no text is found without it', () => {
  const parts = ['abc', 'de', 'f', '*', '+', '?', '{2}', '{0,1}', '(', ')', '(?:', '|', '[ab]', '.', '\\d', '\\.', '^', '$', '1', ' ', '\\x61']
  let state = 7
  const random = (below: number): number => (state = (state * 48271) % 2147483647) % below
  let checked = 0
  for (let round = 0; round < 20_000; round++) {
    const pattern = Array.from({ length: 1 + random(8) }, () => parts[random(parts.length)]!).join('')
    const required = requiredText(pattern)
    if (required === undefined) continue
    let regex: RE2JS
    try {
      regex = RE2JS.compile(pattern)
    } catch {
      continue
    }
    const text = Array.from({ length: random(10) }, () => ['abc', 'abcde', 'de', 'f', 'ff', 'a', '.', '1', ' ', '{2}', ')'][random(11)]!).join('')
    if (!regex.matcher(text).find()) continue
    checked++
    expect(text, `/${pattern}/`).toContain(required)
  }
  expect(checked).toBeGreaterThan(100)
})
