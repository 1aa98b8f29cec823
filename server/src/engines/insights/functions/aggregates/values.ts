import { call, callWith, column, constant, lambda, parameter } from '../../../../sql/expression.ts'
import { asJson } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'
import { jsonList } from './json-list.ts'

/** Of more different values, some: a row of a result is no place for them. */
const MOST = 10_000

export const values: InsightsAggregate = {
  aggregate: true,
  name: 'values',
  aliases: ['collect_values'],
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The list of the field’s different values, at most 10,000: numbers by size, then texts by code point.',
  examples: [
    { expression: 'values(v)', events: ['{"v":"b"}', '{"v":"a"}', '{"v":10}', '{"v":9}', '{"v":"a"}', '{}'], result: '[9,10,"a","b"]' },
    { expression: 'values(missing)', result: null },
  ],
  bind: ([field]) => {
    const element = column('element')
    const number = call('toFloat64OrNull', element)
    const order = lambda(['element'], call('tuple', call('isNull', number), call('ifNull', number, constant(0)), element))
    return jsonList(call('arraySort', order, callWith('groupUniqArray', [parameter('UInt64', MOST)], asJson(field!))))
  },
}
