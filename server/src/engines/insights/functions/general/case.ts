import { asBoolean } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'
import { firstOf, type Branch } from './branches.ts'

/** AWS's limit. */
const MOST_BRANCHES = 10

export const caseOf: InsightsFunction = {
  name: 'case',
  parameters: [
    { name: 'condition', takes: 'boolean' },
    { name: 'value', takes: 'any' },
    { name: 'conditionValueOrDefault', takes: 'any', optional: true, repeated: true },
  ],
  text: 'The value after the first condition that holds, of at most 10; else the last argument, where it has no condition before it.',
  examples: [
    { expression: 'case(code >= 500, "server", code >= 400, "client", "fine")', events: ['{"code":404}'], result: 'client' },
    { expression: 'case(code >= 500, "server", code >= 400, "client", "fine")', events: ['{"code":200}'], result: 'fine' },
    { expression: 'case(code >= 500, "server")', events: ['{"code":200}'], result: null },
  ],
  bind: (args, context) => {
    const branches = Array.from({ length: args.length >> 1 }, (_, index): Branch => [asBoolean(args[2 * index]!), args[2 * index + 1]!])
    if (branches.length > MOST_BRANCHES) context.refuse(`case takes at most ${MOST_BRANCHES} conditions, not ${branches.length}`)
    return firstOf(branches, args.length % 2 === 1 ? args.at(-1) : undefined)
  },
}
