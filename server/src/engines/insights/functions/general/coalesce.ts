import { call } from '../../../../sql/expression.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { united } from './branches.ts'

export const coalesce: InsightsFunction = {
  name: 'coalesce',
  parameters: [
    { name: 'field', takes: 'any' },
    { name: 'other', takes: 'any', optional: true, repeated: true },
  ],
  text: 'The first of the values that is not missing.',
  examples: [
    { expression: 'coalesce(missing, "b", "c")', result: 'b' },
    { expression: 'coalesce(level, "none")', events: ['{"level":"WARN"}'], result: 'WARN' },
    { expression: 'coalesce(missing)', result: null },
  ],
  bind: args => united(args, as => call('coalesce', ...args.map(as))),
}
