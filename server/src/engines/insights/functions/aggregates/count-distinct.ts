import { call, constant } from '../../../../sql/expression.ts'
import { asShown, numberValue } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

export const countDistinct: InsightsAggregate = {
  aggregate: true,
  name: 'count_distinct',
  aliases: ['countDistinct'],
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'How many different values the field has. Exact up to some 65,000 of them, approximate (within 1 %) beyond; no value where no event has the field.',
  examples: [
    { expression: 'count_distinct(user)', events: ['{"user":"a"}', '{"user":"b"}', '{"user":"a"}', '{}'], result: '2' },
    { expression: 'count_distinct(missing)', result: null },
  ],
  bind: ([field]) => numberValue(call('toFloat64', call('nullIf', call('uniq', asShown(field!)), constant(0)))),
}
