import { call } from '../../../../sql/expression.ts'
import { asNumber, finite, numberValue } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

export const sum: InsightsAggregate = {
  aggregate: true,
  name: 'sum',
  parameters: [{ name: 'field', takes: 'number' }],
  text: 'The sum of the field’s numbers; none if it has none.',
  examples: [
    { expression: 'sum(ms)', events: ['{"ms":1.5}', '{"ms":"2"}', '{"ms":"fast"}', '{}'], result: '3.5' },
    { expression: 'sum(missing)', result: null },
  ],
  bind: ([field]) => numberValue(finite(call('sum', asNumber(field!)))),
}
