import { call, choose, constant, lambda, column, type Expression, type Ordering } from '../../../sql/expression.ts'
import { asNumber, asText, type Value } from '../values.ts'

/**
 * What rows are ordered by. Ascending, texts come before numbers, and texts are compared by their runs of digits and of other
 * characters; descending is the reverse. What is missing comes last in both.
 */
export const sortKeys = (value: Value, descending: boolean): readonly Ordering[] => {
  const by = (key: Expression): Ordering => ({ by: key, descending, nulls: 'last' })
  if (value.constant !== undefined) return []
  // The table's own order is read as it is; that the column has no missing value, the engine does not see where they are to be last.
  if (value.sql.kind === 'column' && value.sql.name === 'ts') return [{ by: value.sql, descending }]
  if (value.type === 'number' || value.type === 'boolean' || value.type === 'time') return [by(value.sql)]
  if (value.numeric === true) return [by(asNumber(value))]
  const text = asText(value)
  const number = asNumber(value)
  const isNumber = choose([[call('isNull', text), { kind: 'constant', value: null }]], call('isNotNull', number))
  return [by(isNumber), by(number), by(choose([[call('isNull', number), runs(text)]], text))]
}

/** So long may a run of digits be to be compared by its length. */
const LENGTH_DIGITS = 9

/**
 * The text with every run of digits behind its length, every other run before a NUL: so plain byte order is the order by runs.
 * A run of digits still begins with a digit, so it compares with other first runs as its characters do.
 */
const runs = (text: Expression): Expression => {
  const run = column('run')
  const isDigits = call('and', call('greaterOrEquals', run, constant('0')), call('less', run, constant(':')))
  const length = call('leftPad', call('toString', call('length', run)), constant(LENGTH_DIGITS), constant('0'))
  const coded = choose([[isDigits, call('concat', length, run)]], call('concat', run, call('char', constant(0))))
  return call('arrayStringConcat', call('arrayMap', lambda(['run'], coded), call('extractAll', call('ifNull', text, constant('')), constant('[0-9]+|[^0-9]+'))))
}
