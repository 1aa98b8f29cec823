import { describe, expect, test } from 'vitest'
import { resultOf } from './expressions.test-support.ts'
import { GROUPS } from './functions/math-function.ts'
import { OPERATORS } from './operators/combine.ts'
import { FUNCTIONS } from './registry.ts'

describe.each([...FUNCTIONS, ...OPERATORS])('$name', ({ name, doc, examples }) => {
  test.each(examples)('$expression', example => {
    expect(resultOf(example)).toEqual(example.result)
  })
  test('has help, with examples of itself', () => {
    expect(doc).toMatch(/\.$/)
    expect(examples.length).toBeGreaterThan(0)
    const words = name.match(/`([^`]+)`/g)?.map(word => word.slice(1, -1)) ?? [`${name}(`]
    expect(examples.some(({ expression }) => words.some(word => expression.includes(word)))).toBe(true)
  })
})

test('the registry names every function once, group by group', () => {
  const names = FUNCTIONS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const groups = FUNCTIONS.map(({ group }) => GROUPS.indexOf(group))
  expect(groups).toEqual(groups.toSorted((a, b) => a - b))
})
