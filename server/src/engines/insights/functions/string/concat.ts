import { call } from '../../../../sql/expression.ts'
import { asText, stringValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const concat: InsightsFunction = {
  name: 'concat',
  parameters: [
    { name: 'str', takes: 'string' },
    { name: 'string', takes: 'string', optional: true, repeated: true },
  ],
  text: 'The texts one after another; none if one of them is missing.',
  examples: [
    { expression: 'concat("a", "b", 3)', result: 'ab3' },
    { expression: 'concat("a", missing)', result: null },
  ],
  bind: args => stringValue(args.length === 1 ? asText(args[0]!) : call('concat', ...args.map(asText))),
}
