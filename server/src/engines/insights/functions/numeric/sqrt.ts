import { call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const sqrt: InsightsFunction = {
  name: 'sqrt',
  parameters: [{ name: 'a', takes: 'number' }],
  text: 'The square root; of a negative number there is none.',
  examples: [
    { expression: 'sqrt(6.25)', result: '2.5' },
    { expression: 'sqrt(-1)', result: null },
  ],
  bind: ([number]) => numberValue(once(asNumber(number!), it => choose([[call('greaterOrEquals', it, constant(0)), call('sqrt', it)]], NULL))),
}
