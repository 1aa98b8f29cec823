import { call, constant } from '../../../../sql/expression.ts'
import { numberValue } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

export const count: InsightsAggregate = {
  aggregate: true,
  name: 'count',
  parameters: [{ name: 'field', takes: 'any', optional: true }],
  text: 'How many events there are, also as `count(*)`; or how many of them have the field, and no value rather than 0 where none has it.',
  examples: [
    { expression: 'count(*)', events: ['{"a":1}', '{"a":2}', '{}'], result: '3' },
    { expression: 'count()', events: ['{"a":1}', '{}'], result: '2' },
    { expression: 'count(a)', events: ['{"a":1}', '{"a":2}', '{}'], result: '2' },
    { expression: 'count(missing)', result: null },
  ],
  bind: ([field]) => numberValue(call('toFloat64', field === undefined ? call('count') : call('nullIf', call('count', field.sql), constant(0)))),
}
