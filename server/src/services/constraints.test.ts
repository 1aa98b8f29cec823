import { expect, test } from 'vitest'
import { Fault } from '../wire/fault.ts'
import { enforce, integer, list, oneOf, structure, text, type Constraint } from './constraints.ts'

const refusal = (constraint: Constraint, input: object): string | undefined => {
  try {
    enforce(constraint, input)
    return undefined
  } catch (error) {
    if (error instanceof Fault) return `${error.code}: ${error.message}`
    throw error
  }
}

const SHAPE = structure(
  {
    Name: text({ min: 1, max: 3, pattern: /[^:].*/ }),
    Count: integer({ min: 1, max: 10 }),
    Color: oneOf(['Red', 'Green']),
    Words: list(text({ max: 2 }), { max: 2 }),
    Parts: list(structure({ Size: integer({ min: 1 }) }, ['Size']), { max: 2 }),
    Inner: structure({ Name: text({ min: 1 }) }),
    Level: integer({ max: 3, unsaid: true }),
    Secret: text({ max: 2, pattern: /[a-z]+/, rule: 'It must be a letter.', unsaid: true }),
    Code: text({ max: 2, pattern: /[a-z.]+/, patternText: String.raw`[a-z\.]+`, tooLong: 'A code has two letters.' }),
    Shapes: list(structure({}, [], { name: 'Shape', members: ['size', 'color', 'words'] }), { max: 1 }),
  },
  ['Name'],
)
const one = (value: string, at: string,
  says: string) => `ValidationError: 1 validation error detected: Value ${value} at '${at}' failed to satisfy constraint: ${says}`

test.each<[string, object, string | undefined]>([
  ['all is well', { Name: 'abc', Count: 10, Color: 'Red', Words: ['ab', ''], Parts: [{ Size: 1 }], Inner: {}, Other: -1 }, undefined],
  ['a required member is missing', {}, one('null', 'name', 'Member must not be null')],
  ['null is missing too', { Name: null }, one('null', 'name', 'Member must not be null')],
  ['too long', { Name: 'abcd' }, one("'abcd'", 'name', 'Member must have length less than or equal to 3')],
  ['length counts characters, not code units', { Name: '🚨🚨🚨' }, undefined],
  ['a pattern holds over lines', { Name: 'a\nb' }, undefined],
  ['a pattern', { Name: ':a' }, one("':a'", 'name', 'Member must satisfy regular expression pattern: [^:].*')],
  ['a value that is not repeated', { Name: 'a', Secret: 'abc' }, "ValidationError: 1 validation error detected: Value at 'secret' failed to satisfy constraint: Member must have length less than or equal to 2"],
  ['a number that is not repeated', { Name: 'a', Level: 4 }, "ValidationError: 1 validation error detected: Value at 'level' failed to satisfy constraint: Member must have value less than or equal to 3"],
  ['a sentence of its own stands alone', { Secret: ':' }, 'ValidationError: The specified value for secret is invalid. It must be a letter.'],
  ["a pattern in AWS's spelling", { Name: 'a', Code: 'A' }, one("'A'", 'code', String.raw`Member must satisfy regular expression pattern: [a-z\.]+`)],
  ['a sentence of its own for what is too long', { Name: '', Code: 'ABC' }, 'ValidationError: A code has two letters.'],
  ['structures as AWS prints them', { Name: 'a', Shapes: [{ color: 'red', size: 1 }, { words: ['b'] }] },
    one("'[Shape(size=1, color=red, words=null), Shape(size=null, color=null, words=[\"b\"])]'", 'shapes', 'Member must have length less than or equal to 1')],
  ['too small', { Name: 'a', Count: 0 }, one("'0'", 'count', 'Member must have value greater than or equal to 1')],
  ['too large', { Name: 'a', Count: 11 }, one("'11'", 'count', 'Member must have value less than or equal to 10')],
  ['a fraction', { Name: 'a', Count: 1.5 }, one("'1.5'", 'count', 'Member must be an integer')],
  ['not in the set', { Name: 'a', Color: 'Blue' }, one("'Blue'", 'color', 'Member must satisfy enum value set: [Red, Green]')],
  ['a long list', { Name: 'a', Words: ['a', 'b', 'c'] }, one("'[a, b, c]'", 'words', 'Member must have length less than or equal to 2')],
  ['a plain member: the list is shown', { Name: 'a', Words: ['abc'] },
    one("'[abc]'", 'words', 'Member must satisfy constraint: [Member must have length less than or equal to 2]')],
  ['a structure member: its place is shown', { Name: 'a', Parts: [{ Size: 1 }, { Size: 0 }] },
    one("'0'", 'parts.2.member.size', 'Member must have value greater than or equal to 1')],
  ['too many structures: their content is shown', { Name: 'a', Parts: [{ Size: 1 }, { Size: 2 }, { Size: 3 }] },
    one('\'[{"Size":1}, {"Size":2}, {"Size":3}]\'', 'parts', 'Member must have length less than or equal to 2')],
  ['a structure within', { Name: 'a', Inner: { Name: '' } }, one("''", 'inner.name', 'Member must have length greater than or equal to 1')],
  ['several at once', { Count: 0, Color: 'Blue' },
    "ValidationError: 3 validation errors detected: Value null at 'name' failed to satisfy constraint: Member must not be null; " +
    "Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1; " +
    "Value 'Blue' at 'color' failed to satisfy constraint: Member must satisfy enum value set: [Red, Green]"],
])('%s', (_name, input, expected) => {
  expect(refusal(SHAPE, input)).toBe(expected)
})

test('a huge value is cut in the answer', () => {
  expect(refusal(SHAPE, { Name: 'x'.repeat(1_000_000) })!.length).toBeLessThan(11_000)
  expect(refusal(SHAPE, { Name: 'a', Words: Array.from({ length: 100_000 }, () => 'x'.repeat(50)) })!.length).toBeLessThan(22_000)
})
