import { call } from '../../../../sql/expression.ts'
import { booleanValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const ispresent: InsightsFunction = {
  name: 'ispresent',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'Whether there is a value.',
  examples: [
    { expression: 'ispresent(@message)', events: ['x'], result: '1' },
    { expression: 'ispresent(missing)', result: '0' },
    { expression: 'ispresent("")', result: '1' },
  ],
  bind: ([value]) => booleanValue(call('isNotNull', value!.sql)),
}
