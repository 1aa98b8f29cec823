import { call } from '../../../../sql/expression.ts'
import { asNumber, finite, numberValue } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

const NUMBERS = ['{"ms":2}', '{"ms":4}', '{"ms":4}', '{"ms":4}', '{"ms":5}', '{"ms":5}', '{"ms":7}', '{"ms":9}']

export const stddev: InsightsAggregate = {
  aggregate: true,
  name: 'stddev',
  parameters: [{ name: 'field', takes: 'number' }],
  text: 'The standard deviation of the field’s numbers, taken for all there are (a population).',
  examples: [
    { expression: 'stddev(ms)', events: NUMBERS, result: '2' },
    { expression: 'stddev(missing)', result: null },
  ],
  bind: ([field]) => numberValue(finite(call('stddevPopStable', asNumber(field!)))),
}

export const variance: InsightsAggregate = {
  aggregate: true,
  name: 'variance',
  parameters: [{ name: 'field', takes: 'number' }],
  text: 'The variance of the field’s numbers, taken for all there are (a population).',
  examples: [{ expression: 'variance(ms)', events: NUMBERS, result: '4' }],
  bind: ([field]) => numberValue(finite(call('varPopStable', asNumber(field!)))),
}
