import { InsightsProblem } from '../insights-problem.ts'
import type { Earlier } from '../plan/earlier-range.ts'
import { command } from './insights-command.ts'

const WORDS: Readonly<Record<string, Earlier>> = { previousday: 'previousDay', previousweek: 'previousWeek', previousmonth: 'previousMonth' }

/** What it does is done by then: a query with `diff` reads both ranges, and `pattern` counts them apart. */
export const diff = command<Earlier>({
  name: 'diff',
  syntax: 'diff [previousDay | previousWeek | previousMonth]',
  text: 'After pattern: compares how often each pattern occurs with the range before of the same length, or with the one a day, 7 days or 30 days earlier.',
  parse: cursor => {
    const { kind, text } = cursor.peek()
    if (kind !== 'name') return 'before'
    const which = Object.hasOwn(WORDS, text.toLowerCase()) ? WORDS[text.toLowerCase()] : undefined
    if (which === undefined) throw cursor.unexpected('previousDay, previousWeek or previousMonth')
    cursor.take()
    return which
  },
  apply: (_, planner, node) => {
    if (planner.before.at(-1)?.command !== 'pattern') throw new InsightsProblem('diff must follow pattern', node.start, node.end, 'Diff compilation Failed : Diff operation has to be used after Pattern')
  },
})
