import { call } from '../../../../sql/expression.ts'
import { asShown, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const messageSize: InsightsFunction = {
  name: 'messageSize',
  parameters: [{ name: 'field', takes: 'any', optional: true }],
  text: 'How many bytes of UTF-8 the event’s message has, or the field that is given.',
  examples: [
    { expression: 'messageSize()', events: ['naïve'], result: '6' },
    { expression: 'messageSize(missing)', result: null },
  ],
  bind: ([field], context) => numberValue(call('toFloat64', call('length', asShown(field ?? context.message())))),
}
