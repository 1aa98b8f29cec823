import { call, choose, constant, or, window } from '../../../sql/expression.ts'
import { parseList, parseName } from '../grammar/parse-expression.ts'
import type { ExpressionNode } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import type { Period } from '../period.ts'
import { fixedMillis } from '../plan/fixed-millis.ts'
import { periodOf } from '../plan/period-literal.ts'
import { asText, stringValue } from '../values.ts'
import { command } from './insights-command.ts'

interface SessionizeTree {
  readonly by: readonly ExpressionNode[]
  readonly span: Period
  readonly name: string
}

export const sessionize = command<SessionizeTree>({
  name: 'sessionize',
  syntax: 'sessionize field, … [maxspan 30m] [as name]',
  text: 'Numbers sessions: runs of events with the same values without a pause longer than `maxspan`. The number is `session_id`, or under the name given.',
  parse: cursor => {
    const by = parseList(cursor)
    let span: Period = { count: 30, unit: 'm' }
    if (cursor.acceptWord('maxspan')) {
      cursor.acceptSign('=')
      const { text, start, end } = cursor.expect('period', 'a period such as 30m')
      const digits = /^[0-9]+/.exec(text)![0]
      span = periodOf({ count: Number(digits), unit: text.slice(digits.length), start, end })
      if (fixedMillis(span) === undefined) throw new InsightsProblem('maxspan is at most weeks', start, end)
    }
    return { by, span, name: cursor.acceptWord('as') ? parseName(cursor) : 'session_id' }
  },
  apply: ({ by, span, name }, planner, node) => {
    const { rows } = planner
    if (rows.kind !== 'events') planner.refuse('sessionize works on events: it must come before stats', node)
    rows.open()
    const keys = by.map(one => rows.level.define(asText(planner.bind(one))))
    const at = rows.system('@timestamp')!.sql
    const order = [{ by: at }]
    const before = call('lagInFrame', call('toNullable', at), constant(1))
    const isFirst = call('ifNull', call('greater', call('minus', at, window(before, order, 'until here', keys)), constant(fixedMillis(span)!)), constant(1))
    rows.put(START, { type: 'number', sql: call('toFloat64', isFirst) })
    keys.forEach((key, index) => rows.put(`${START}${index}`, stringValue(key)))
    rows.wrap()
    const inner = keys.map((_, index) => rows.named(`${START}${index}`)!.sql)
    const number = window(call('sum', rows.named(START)!.sql), [{ by: rows.system('@timestamp')!.sql }], 'until here', inner)
    const parts = inner.map(key => call('ifNull', key, constant('')))
    const id = call('concat', ...parts.flatMap(part => [part, constant('-')]), call('toString', number))
    const missing = or(...inner.map(key => call('isNull', key)))
    rows.put(name, stringValue(choose([[missing, { kind: 'constant', value: null }]], id)))
    rows.show({ name, path: [name] })
    rows.wrap()
  },
})

/** No name that a query can give. */
const START = '\0start'
