import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compilePattern } from './compile-pattern.ts'
import type { FilterPattern } from './filter-pattern.ts'
import { FilterPatternProblem } from './filter-pattern-problem.ts'
import { LogLine } from './log-line.ts'

const compiled = (text: string): FilterPattern | undefined => {
  try {
    return compilePattern(text)
  } catch (error) {
    if (error instanceof FilterPatternProblem) return undefined
    throw error
  }
}

const ask = (pattern: FilterPattern, message: string): void => {
  const line = new LogLine(message)
  const matches = pattern.matches(line)
  expect(pattern.extract(line) !== undefined).toBe(matches)
  if (matches) expect(pattern.required.every(texts => texts.some(text => message.includes(text)))).toBe(true)
  for (const selector of ['$.a', '$a', '$1', '$.a[0].b', '$', '']) pattern.selector(selector)?.(line)
}

const PIECES = [
  '{', '}', '[', ']', '(', ')', '$.a', '$.a[0]', '$.*', "$['x']", '$.', '$', '=', '!=', '>', '<=', '&&', '||', '&', '!', '1', '-1e3', '"x"', '"*"', '"', '\\',
  '%a%', '%[a-z]+%', '%', 'a', 'IS', 'NULL', 'TRUE', 'NOT', 'EXISTS', '...', '..', ',', ' ', ' ', '*', '?', '-', 'é', '\u0000', '\ud800', '{1000}', '{1,2', '|', '^',
]
const MESSAGES = ['', '{"a":[{"b":1}]}', '{"a":"x","x":null}', 'a "x y" [1] 2', '{', '[]', 'null', '\u0000\ud800']

test('texts put together of pieces give a pattern or the one problem', () => {
  const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 20 }).map(pieces => pieces.join(''))
  const framed = fc.tuple(fc.constantFrom(['', ''], ['{ ', ' }'], ['[', ']'], ['%', '%']), text).map(([[open, close], inside]) => `${open}${inside}${close}`)
  fc.assert(
    fc.property(framed, fc.constantFrom(...MESSAGES), (pattern, message) => {
      const made = compiled(pattern)
      if (made !== undefined) ask(made, message)
    }),
    { numRuns: 5000 },
  )
})

test('any text gives a pattern or the one problem, any message an answer', () => {
  const unit = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })).map(code => String.fromCharCode(code))
  const text = fc.string({ unit, maxLength: 60 })
  fc.assert(
    fc.property(text, text, (pattern, message) => {
      const made = compiled(pattern)
      if (made !== undefined) ask(made, message)
    }),
    { numRuns: 1000 },
  )
})

const SIZE = 300_000
const HOSTILE: readonly (readonly [string, string])[] = [
  ['opened brackets', '['.repeat(SIZE)],
  ['opened brackets, each a field', '[ '.repeat(SIZE / 2)],
  ['quotation marks', '"'.repeat(SIZE)],
  ['quotation marks, each a field', '" '.repeat(SIZE / 2)],
  ['spaces', ' '.repeat(SIZE)],
  ['fields', 'a '.repeat(SIZE / 2)],
  ['one field', 'a'.repeat(SIZE)],
  ['digits', '1'.repeat(SIZE)],
  ['digits and a letter', `${'1'.repeat(SIZE)}x`],
  ['deep arrays', '['.repeat(SIZE / 2) + ']'.repeat(SIZE / 2)],
  ['deep objects', '{"a":'.repeat(SIZE / 6) + '1.0' + '}'.repeat(SIZE / 6)],
  ['a long array', `{"a":[${'12.0,'.repeat(SIZE / 5)}1]}`],
  ['many members', `{${Array.from({ length: SIZE / 10 }, (_, index) => `"k${index}":1.0`).join(',')}}`],
  ['a long text', `{"a":"${'a'.repeat(SIZE)}"}`],
  ['a number without end', `{"a":${'1'.repeat(SIZE)}}`],
  ['a fraction without end', `{"a":0.${'10'.repeat(SIZE / 2)}}`],
  ['escapes', `{"a":"${'\\u0061'.repeat(SIZE / 6)}"}`],
]
const PATTERNS = [
  `"${'a'.repeat(1000)}b"`,
  `{ $.a = "${'a*'.repeat(500)}b" }`,
  `{ $.a = "${'*a'.repeat(500)}" }`,
  '{ $.a[*] = "*.5" }',
  '{ $.* = "*.5" || $.a[*] = %a+a+a+a+b% }',
  `{ $${'.a'.repeat(500)} = 1 }`,
  '{ $.a > 1 }',
  '[..., x = 1, ..., x > 2, ..., x = "*b*b", ...]',
  `[${'x = "a*b",'.repeat(90)} ...]`,
  `[..., ${'x = a,'.repeat(100)} x = b]`,
  '[x = %^a*a*a*b$%]',
  '[]',
  '%a.*a.*a.*b$%',
]

test.each(HOSTILE)('300 kB of %s takes no long time and no stack', (_name, message) => {
  const line = new LogLine(message)
  for (const text of PATTERNS) {
    const pattern = compilePattern(text)
    const start = performance.now()
    const matches = pattern.matches(line)
    expect(pattern.extract(line) !== undefined).toBe(matches)
    // Quadratic time would be hours; this is wide enough for any machine that is busy.
    expect(performance.now() - start, text.slice(0, 40)).toBeLessThan(10_000)
  }
}, 60_000)
