import { parseNamedList } from '../grammar/parse-expression.ts'
import type { NamedNode } from '../grammar/query-tree.ts'
import { groupRows } from './stats.ts'
import { command } from './insights-command.ts'

export const countFrequent = command<readonly NamedNode[]>({
  name: 'countFrequent',
  aliases: ['count_frequent'],
  syntax: 'countFrequent field, …',
  text: 'Counts every combination of values as `_approxcount`, the most frequent first. (Exactly, here.)',
  parse: parseNamedList,
  apply: (by, planner, { start, end }) => {
    const count = { of: { kind: 'call', name: 'count', arguments: [], star: true, start, end }, name: '_approxcount', named: true, end } as const
    groupRows([count], by, planner)
    planner.rows.order = [{ by: planner.rows.named('_approxcount')!.sql, descending: true }, ...planner.rows.order]
  },
})
