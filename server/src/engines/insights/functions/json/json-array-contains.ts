import { and, call, choose, column, constant, lambda, NULL, or, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, asText, booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { jsonText } from './json-text.ts'

export const jsonArrayContains: InsightsFunction = {
  name: 'jsonArrayContains',
  parameters: [
    { name: 'list', takes: 'json' },
    { name: 'value', takes: 'any' },
  ],
  text: 'Whether a list, or a text that is JSON of one, has an element that is the value: the same text, or the same number. What is no list has none.',
  examples: [
    { expression: 'jsonArrayContains("[\\"a\\", 2.0]", "a")', result: '1' },
    { expression: 'jsonArrayContains("[\\"a\\", 2.0]", 2)', result: '1' },
    { expression: 'jsonArrayContains("[\\"a\\", 2.0]", "b")', result: '0' },
    { expression: 'jsonArrayContains("a", "a")', result: '0' },
    { expression: 'jsonArrayContains(missing, "a")', result: null },
  ],
  bind: ([list, value]) =>
    booleanValue(once(jsonText(list!), text =>
      once(asText(value!), wanted =>
        once(asNumber(value!), number => {
          const element = column('element')
          const scalar = choose([[call('equals', call('JSONType', element), constant('String')), call('JSONExtractString', element)]], element)
          const same = or(call('equals', scalar, wanted), call('equals', call('toFloat64OrNull', element), number))
          const found = call('arrayExists', lambda(['element'], call('ifNull', same, constant(0))), elementsOf(text))
          return choose([[or(call('isNull', text), call('isNull', wanted)), NULL]], and(call('equals', call('JSONType', text), constant('Array')), found))
        })))),
}

/** A list cannot be missing in ClickHouse. */
const elementsOf = (text: Expression): Expression => call('JSONExtractArrayRaw', call('ifNull', text, constant('')))
