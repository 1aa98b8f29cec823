import { InsightsProblem } from '../insights-problem.ts'
import { fixedMillis } from '../plan/fixed-millis.ts'
import { periodOf } from '../plan/period-literal.ts'
import { command } from './insights-command.ts'
import { gatherPatterns } from './pattern.ts'

/** So far back may be compared: as far as `diff previousMonth` reaches. */
const LONGEST = 32 * 86_400_000

export interface LogCompareTree {
  /** Milliseconds. */
  readonly shift: number
}

export const logcompare = command<LogCompareTree>({
  name: 'logcompare',
  syntax: 'logcompare timeshift 7d',
  text: 'Compares the range with the one so much earlier: how often each pattern of `@message` occurs in both, as `pattern @message | diff` shows it. (AWS does not say what the result looks like.) At most 32 days.',
  parse: cursor => {
    cursor.expectWord('timeshift')
    cursor.acceptSign('=')
    const { text, start, end } = cursor.expect('period', 'a period such as 7d')
    const digits = /^[0-9]+/.exec(text)![0]
    const shift = fixedMillis(periodOf({ count: Number(digits), unit: text.slice(digits.length), start, end }))
    if (shift === undefined || shift > LONGEST) throw new InsightsProblem('timeshift is at most 32 days', start, end)
    return { shift }
  },
  apply: (_, planner, node) => gatherPatterns(() => planner.message(node), planner, node),
})
