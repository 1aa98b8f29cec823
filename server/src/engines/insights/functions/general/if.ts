import { asBoolean } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { firstOf } from './branches.ts'

export const conditional: InsightsFunction = {
  name: 'if',
  parameters: [
    { name: 'condition', takes: 'boolean' },
    { name: 'then', takes: 'any' },
    { name: 'otherwise', takes: 'any', optional: true },
  ],
  text: 'One value where the condition holds and the other one where it does not, or where nobody knows since a field is missing.',
  examples: [
    { expression: 'if(ms > 1000, "slow", "fast")', events: ['{"ms":1500}'], result: 'slow' },
    { expression: 'if(missing > 1000, "slow", "fast")', result: 'fast' },
    { expression: 'if(1 = 2, "equal")', result: null },
  ],
  bind: ([condition, then, otherwise]) => firstOf([[asBoolean(condition!), then!]], otherwise),
}
