import { call, choose, constant, NULL } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import { asNumber, numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const log: InsightsFunction = {
  name: 'log',
  parameters: [{ name: 'a', takes: 'number' }],
  text: 'The natural logarithm; of 0 and below there is none.',
  examples: [
    { expression: 'log(1)', result: '0' },
    { expression: 'log(0)', result: null },
  ],
  bind: ([number]) => numberValue(once(asNumber(number!), it => choose([[call('greater', it, constant(0)), call('log', it)]], NULL))),
}
