import { call } from '../../../../sql/expression.ts'
import { asNumber, finite, numberValue } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

export const avg: InsightsAggregate = {
  aggregate: true,
  name: 'avg',
  parameters: [{ name: 'field', takes: 'number' }],
  text: 'The average of the field’s numbers. Events without one do not count.',
  examples: [
    { expression: 'avg(ms)', events: ['{"ms":1}', '{"ms":2}', '{}'], result: '1.5' },
    { expression: 'avg(missing)', result: null },
  ],
  bind: ([field]) => numberValue(finite(call('avg', asNumber(field!)))),
}
