import { boundText, call, choose, column, constant, lambda, type Expression } from '../../sql/expression.ts'
import { once } from '../../sql/once.ts'
import { asNumber, asShown, type Value } from './values.ts'

/**
 * What values are sorted by, ascending, as AWS documents it: what is no number comes first, text by code point but runs of digits by
 * their length and then their value; after it the numbers. Where all values are numbers, it is the number alone. Of a missing value
 * there is no meaningful key; take those apart before.
 */
export const sortKey = (value: Value): Expression => {
  if (value.type === 'number' || value.type === 'time' || value.type === 'boolean') return value.sql
  return once(call('ifNull', asShown(value), constant('')), text =>
    once(asNumber(value), number =>
      call('tuple', call('isNotNull', number), call('ifNull', number, constant(0)), choose([[call('isNotNull', number), text]], naturalKey(text)))))
}

/** Of a text, one whose bytes have the order of its chunks: every run of digits has its length before it, and a zero so that it stays among digits. */
const naturalKey = (text: Expression): Expression => {
  const chunk = column('chunk')
  const isDigits = call('match', chunk, constant('^[0-9]'))
  const counted = call('concat', constant('0'), call('leftPad', call('toString', call('length', chunk)), constant(8), constant('0')), chunk)
  return call('arrayStringConcat', call('arrayMap', lambda(['chunk'], choose([[isDigits, counted]], chunk)), call('extractAll', text, boundText('[0-9]+|[^0-9]+'))))
}
