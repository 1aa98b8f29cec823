import { boundNumber, call, choose, column, constant, lambda, NULL, parameter, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, jsonValue, type Value } from '../../values.ts'
import type { BindContext, InsightsAggregate } from '../insights-function.ts'

const MOST_BUCKETS = 100

export const histogram: InsightsAggregate = {
  aggregate: true,
  name: 'histogram',
  parameters: [
    { name: 'field', takes: 'number' },
    { name: 'buckets', takes: 'number', constant: true },
  ],
  text: 'How the field’s numbers are spread over so many ranges of one width (up to 100), from the smallest number to the largest: a map from `from..to` to how many lie there. The last range has its end in it.',
  examples: [
    { expression: 'histogram(ms, 2)', events: ['{"ms":0}', '{"ms":10}', '{"ms":50}', '{"ms":100}', '{}'], result: '{"0..50":2,"50..100":2}' },
    { expression: 'histogram(ms, 3)', events: ['{"ms":5}', '{"ms":5}'], result: '{"5..5":2}' },
    { expression: 'histogram(missing, 3)', result: null },
  ],
  bind: ([field, count], context) => {
    const buckets = bucketsOf(count!, context)
    return jsonValue(once(call('groupArray', asNumber(field!)), numbers =>
      once(call('arrayMin', numbers), low =>
        once(call('arrayMax', numbers), high => {
          const spread = once(widthOf(low, high, buckets), width => joined(spreadOver(numbers, { low, high, width }, buckets)))
          const single = joined(call('array', entry(low, high, call('length', numbers))))
          return choose([[call('empty', numbers), NULL], [call('equals', low, high), single]], spread)
        }))))
  },
}

const bucketsOf = ({ constant: count }: Value, context: BindContext): number =>
  typeof count === 'number' && Number.isInteger(count) && count >= 1 && count <= MOST_BUCKETS
    ? count
    : context.refuse(`histogram takes a number of ranges from 1 to ${MOST_BUCKETS}`)

/** Divided before it is subtracted, since the whole range may be more than a double holds. */
const widthOf = (low: Expression, high: Expression, buckets: number): Expression =>
  call('minus', call('divide', high, boundNumber(buckets)), call('divide', low, boundNumber(buckets)))

interface Range {
  readonly low: Expression
  readonly high: Expression
  readonly width: Expression
}

const spreadOver = (numbers: Expression, { low, high, width }: Range, buckets: number): Expression => {
  const [number, index] = [column('number'), column('bucket')]
  const bucketOf = call('least', call('floor', call('minus', call('divide', number, width), call('divide', low, width))), boundNumber(buckets - 1))
  const border = (at: Expression): Expression => {
    const share = call('divide', at, boundNumber(buckets))
    return call('plus', call('multiply', low, call('minus', constant(1), share)), call('multiply', high, share))
  }
  return once(call('arrayMap', lambda(['number'], bucketOf), numbers), places => {
    const lies = call('countEqual', places, call('toFloat64', index))
    const bucket = entry(border(index), border(call('plus', index, constant(1))), lies)
    return call('arrayMap', lambda(['bucket'], bucket), call('range', parameter('UInt64', buckets)))
  })
}

const entry = (from: Expression, to: Expression, count: Expression): Expression =>
  call('concat', constant('"'), call('toString', from), constant('..'), call('toString', to), constant('":'), call('toString', count))

const joined = (entries: Expression): Expression => call('concat', constant('{'), call('arrayStringConcat', entries, constant(',')), constant('}'))
