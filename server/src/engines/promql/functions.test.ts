import { describe, expect, test } from 'vitest'
import { AGGREGATIONS } from './aggregations.ts'
import { GROUPS } from './functions/promql-function.ts'
import { FUNCTIONS } from './functions/registry.ts'
import { OPERATOR_EXAMPLES, SELECTOR_EXAMPLES } from './language-examples.ts'
import { resultOf } from './promql.test-support.ts'

describe.each([...FUNCTIONS, ...AGGREGATIONS])('$name', ({ name, doc, examples }) => {
  test.each(examples)('$query', example => {
    expect(resultOf(example)).toEqual(example.result)
  })
  test('has help, with examples of itself', () => {
    expect(doc).toMatch(/\.$/)
    expect(examples.some(({ query }) => query.includes(name))).toBe(true)
  })
})

test.each([...SELECTOR_EXAMPLES, ...OPERATOR_EXAMPLES])('$query', example => {
  expect(resultOf(example)).toEqual(example.result)
})

test('every function is named once, group by group', () => {
  const names = FUNCTIONS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  const groups = FUNCTIONS.map(({ group }) => GROUPS.indexOf(group))
  expect(groups).toEqual(groups.toSorted((a, b) => a - b))
})
