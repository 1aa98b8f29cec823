import { call, choose, constant, NULL, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { jsonValue, type Value } from '../../values.ts'

/** A list of JSON texts as JSON; an empty one is a missing value. */
export const jsonList = (elements: Expression): Value =>
  jsonValue(once(elements, it =>
    choose([[call('empty', it), NULL]], call('concat', constant('['), call('arrayStringConcat', it, constant(',')), constant(']')))))
