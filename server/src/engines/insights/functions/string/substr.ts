import { call, constant, type Expression } from '../../../../sql/expression.ts'
import { asNumber, asText, stringValue, type Value } from '../../values.ts'
import { clamped } from '../clamped.ts'
import type { InsightsFunction } from '../insights-function.ts'

/** Beyond any text. */
const LONGEST = 2 ** 31

export const substr: InsightsFunction = {
  name: 'substr',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'startIndex', takes: 'number' },
    { name: 'length', takes: 'number', optional: true },
  ],
  text: 'The text from an index on, counted in code points from 0: up to its end, or so many of them. A negative index is 0, a negative length too.',
  examples: [
    { expression: 'substr("xyZfooxyZ", 3, 3)', result: 'foo' },
    { expression: 'substr("xyZfooxyZ", 3)', result: 'fooxyZ' },
    { expression: 'substr("a🔔b", 1, 1)', result: '🔔' },
    { expression: 'substr("abc", 5)', result: '' },
  ],
  bind: ([text, start, length]) => {
    const from = call('plus', count(start!), constant(1))
    return stringValue(call('substringUTF8', asText(text!), from, ...(length === undefined ? [] : [count(length)])))
  },
}

/** Behind a missing number there may be an infinite one, which `toInt64` would stumble over. */
const count = (value: Value): Expression =>
  call('accurateCastOrNull', call('floor', clamped(asNumber(value), 0, LONGEST)), constant('Int64'))
