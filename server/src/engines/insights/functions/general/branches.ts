import { choose, NULL, type Expression } from '../../../../sql/expression.ts'
import { asJson, asNumber, asShown, type Value, type ValueType } from '../../values.ts'

/** How values of several types become one: the type that all have, or one that can hold each of them. */
export const united = (values: readonly Value[], unite: (as: (value: Value) => Expression) => Expression): Value => {
  const type = sharedType(values)
  if (type === 'json') return { type, sql: unite(asJson) }
  return { type, sql: unite(type === 'any' ? asShown : value => value.sql) }
}

export type Branch = readonly [condition: Expression, value: Value]

/** The value of the first branch whose condition holds. */
export const firstOf = (branches: readonly Branch[], otherwise?: Value): Value => {
  const values = [...branches.map(([, value]) => value), ...(otherwise === undefined ? [] : [otherwise])]
  const chosen = (as: (value: Value) => Expression): Expression =>
    choose(branches.map(([condition, value]) => [condition, as(value)] as const), otherwise === undefined ? NULL : as(otherwise))
  const value = united(values, chosen)
  return value.type === 'any' && values.some(({ number }) => number !== undefined) ? { ...value, number: chosen(asNumber) } : value
}

const sharedType = (values: readonly Value[]): ValueType => {
  const types = new Set(values.map(({ type }) => type))
  if (types.has('json')) return 'json'
  return types.size === 1 ? values[0]!.type : 'any'
}
