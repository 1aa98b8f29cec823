import { call, callWith, column, constant, lambda, parameter } from '../../../../sql/expression.ts'
import { asJson, type Value } from '../../values.ts'
import type { BindContext, InsightsAggregate } from '../insights-function.ts'
import { jsonList } from './json-list.ts'

const MOST = 1000
/** Counts are exact while there are no more different values. */
const COUNTED = 10_000

export const topk: InsightsAggregate = {
  aggregate: true,
  name: 'topk',
  parameters: [
    { name: 'k', takes: 'number', constant: true },
    { name: 'field', takes: 'any' },
  ],
  text: 'The list of the field’s most frequent values, the most frequent one first, at most k (up to 1,000). Exact for up to 10,000 different values, approximate beyond.',
  examples: [
    { expression: 'topk(2, path)', events: ['{"path":"/b"}', '{"path":"/a"}', '{"path":"/c"}', '{"path":"/a"}', '{"path":"/b"}', '{"path":"/a"}'], result: '["/a","/b"]' },
    { expression: 'topk(1, missing)', result: null },
  ],
  bind: ([k, field], context) => {
    const counted = callWith('approx_top_k', [parameter('UInt64', COUNTED), parameter('UInt64', COUNTED)], asJson(field!))
    const pair = column('pair')
    const order = lambda(['pair'], call('tuple', call('negate', call('toInt64', part(pair, 2))), part(pair, 1)))
    const first = call('arraySlice', call('arraySort', order, counted), constant(1), parameter('UInt64', countOf(k!, context)))
    return jsonList(call('arrayMap', lambda(['pair'], part(pair, 1)), first))
  },
}

const part = (pair: ReturnType<typeof column>, index: number): ReturnType<typeof call> => call('tupleElement', pair, constant(index))

const countOf = ({ constant: k }: Value, context: BindContext): number =>
  typeof k === 'number' && Number.isInteger(k) && k >= 1 && k <= MOST ? k : context.refuse(`topk takes an integer from 1 to ${MOST} first`)
