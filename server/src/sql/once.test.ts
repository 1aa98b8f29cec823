import { expect, test } from 'vitest'
import { call, column, constant, type Expression } from './expression.ts'
import { once } from './once.ts'
import { printExpression } from './print.ts'

const text = (expression: Expression): string => printExpression(expression).sql
const squared = (value: Expression): Expression => once(value, it => call('multiply', it, it))
const large = call('concat', column('a'), column('b'), column('c'), column('d'), column('e'))

test('repeats what is small', () => {
  expect(text(squared(call('abs', column('a'))))).toBe('(abs(a) * abs(a))')
})

test('names what is large', () => {
  expect(text(squared(large))).toBe('arrayElement(arrayMap((once_1) -> (once_1 * once_1), [concat(a, b, c, d, e)]), 1)')
})

test('gives names that do not hide each other', () => {
  const nested = once(large, outer => once(call('concat', large, outer), inner => call('concat', outer, inner, inner)))
  expect(text(nested)).toBe(
    'arrayElement(arrayMap((once_2) -> arrayElement(arrayMap((once_1) -> concat(once_2, once_1, once_1), [concat(concat(a, b, c, d, e), once_2)]), 1), [concat(a, b, c, d, e)]), 1)')
})

test('grows with the depth, not with its power', () => {
  let value: Expression = constant(2)
  const lengths = Array.from({ length: 60 }, () => text((value = squared(value))).length)
  expect(lengths[59]! - lengths[58]!).toBeLessThan(120)
})
