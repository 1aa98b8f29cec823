import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compilePattern, matches, matchesParts } from './pattern.ts'

const like = (pattern: string, text: string, variables?: Readonly<Record<string, string>>): boolean | undefined => {
  const compiled = compilePattern(pattern, variables === undefined ? undefined : name => variables[name])
  return compiled === undefined ? undefined : matches(compiled, text)
}

it.each([
  ['', ''],
  ['*', ''],
  ['*', 'anything:at/all'],
  ['a*', 'a'],
  ['a*c', 'abcbc'],
  ['*ab*ab', 'abxabab'],
  ['a?c', 'abc'],
  ['??', 'ab'],
  ['*?', 'a'],
  ['a**b', 'ab'],
])('%j matches %j', (pattern, text) => {
  expect(like(pattern, text)).toBe(true)
})

it.each([
  ['', 'a'],
  ['a', 'A'],
  ['a?', 'a'],
  ['?', ''],
  ['a*c', 'abcd'],
  ['*ab*ab', 'abxab '],
  ['a.c', 'abc'],
])('%j does not match %j', (pattern, text) => {
  expect(like(pattern, text)).toBe(false)
})

it('takes what comes from variables literally', () => {
  expect(like('team-${aws:username}', 'team-*', { 'aws:username': '*' })).toBe(true)
  expect(like('team-${aws:username}', 'team-eve', { 'aws:username': '*' })).toBe(false)
  expect(like('${aws:username}', 'x', {})).toBeUndefined()
  expect(like("${aws:username, 'nobody'}", 'nobody', {})).toBe(true)
  expect(like('a${*}b${?}${$}', 'a*b?$', {})).toBe(true)
  expect(like('a${*}', 'ab', {})).toBe(false)
  expect(like('${aws:username}', '${aws:username}')).toBe(true)
})

it('agrees with a regular expression', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ':'), maxLength: 12 })
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 }), letters, (pattern, text) => {
      const source = pattern.replaceAll('*', '.*').replaceAll('?', '.')
      expect(like(pattern, text)).toBe(new RegExp(`^${source}$`).test(text))
    }),
  )
})

it('is not brought to its knees by stars', () => {
  expect(like(`${'*a'.repeat(500)}b`, 'a'.repeat(5000))).toBe(false)
})

it.each([
  ['a:*:d', 'a:b:c:d', true],
  ['a:*', 'a:b:c:d', true],
  ['a:b*:d', 'a:b:c:d', true],
  ['a:b*d', 'a:b:c:d', false],
  ['a:b*d', 'a:bcd', true],
  ['a:b*d:*', 'a:b:c:d', false],
  ['a:*?', 'a:bc', true],
  ['a:*?', 'a:b:c', false],
  ['a:?:c', 'a:::c', false],
  ['*', '', true],
  ['a', 'ab', false],
])('part by part, %j matches %j: %j', (pattern, text, expected) => {
  expect(matchesParts(compilePattern(pattern, undefined) ?? [], text)).toBe(expected)
})
