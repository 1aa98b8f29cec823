import { and, boundText, call, choose, column, constant, lambda, type Expression } from '../../../sql/expression.ts'

/** Text of JSON in which integers of more than 64 bits are texts: the engine's functions read no JSON that has one. */
export const withoutWideNumbers = (json: Expression): Expression => {
  const token = column('token')
  const isWide = and(
    call('match', token, boundText('^-?[0-9]{19,}$')),
    call('isNull', call('toInt64OrNull', token)),
    call('isNull', call('toUInt64OrNull', token)),
  )
  const quoted = lambda(['token'], choose([[isWide, call('concat', constant('"'), token, constant('"'))]], token))
  return choose([[call('match', json, boundText('[0-9]{20}|-[0-9]{19}')), call('arrayStringConcat', call('arrayMap', quoted, call('extractAll', json, boundText(TOKENS))))]], json)
}

/** Texts and numbers as a whole, and whatever is between them. */
const TOKENS = '(?s)"(?:[^"\\\\]|\\\\.)*"|-?[0-9]+(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|[^"0-9-]+|.'
