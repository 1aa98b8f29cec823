import { InsightsProblem } from '../insights/insights-problem.ts'
import { parseNamedList } from '../insights/grammar/parse-expression.ts'
import { QueryCursor } from '../insights/grammar/query-cursor.ts'
import type { CallNode, NamedNode } from '../insights/grammar/query-tree.ts'

/** How a log alarm makes values of what its query finds. */
export interface Aggregation {
  /** The `stats` command that it comes to, with `by` where it groups. */
  readonly stats: string
  /** The result field that holds the value. */
  readonly value: string
  /** What tells contributors apart: the result fields, and the same as they are written; none: one value. */
  readonly by: readonly { readonly field: string; readonly text: string }[]
  /** Which contributors come first: those with the highest or lowest values, or by their names. */
  readonly order: 'asc' | 'desc' | undefined
  /** `count(*)`: nothing found is 0; of all others it is no value. */
  readonly counts: boolean
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-log.html */
const FUNCTIONS: ReadonlySet<string> = new Set(['count', 'avg', 'sum', 'min', 'max'])
const MOST_FIELDS = 5

const SORT = /\|\s*sort(?:\s+([^\s|]+))?\s+(asc|desc)\s*$/i

/** Reads `function(field) [as name] [by field, …] [| sort [name] asc|desc]`. Throws `InsightsProblem`. */
export const parseAggregation = (text: string): Aggregation => {
  const sort = SORT.exec(text)
  const expression = sort === null ? text : text.slice(0, sort.index)
  const cursor = new QueryCursor(expression, () => {
    throw new InsightsProblem('An aggregation expression has no queries within it', 0, expression.length)
  })
  const items = parseNamedList(cursor)
  const keys = cursor.acceptWord('by') ? parseNamedList(cursor) : []
  if (cursor.peek().kind !== 'end') throw cursor.unexpected('the end of the aggregation expression')
  const [item, second] = items
  if (second !== undefined) throw refused('Only a single aggregation expression can be specified', second)
  const call = functionOf(item!)
  const by = keys.map(key => ({ field: fieldOf(key), text: expression.slice(key.of.start, key.of.end) }))
  const extra = keys[MOST_FIELDS]
  if (extra !== undefined) throw refused(`An aggregation expression has at most ${MOST_FIELDS} fields after 'by'`, extra)
  const value = item!.named ? item!.name : unusedName(by.map(({ field }) => field))
  const named = sort?.[1]
  if (named !== undefined && named !== value && named !== item!.name) throw new InsightsProblem(`Contributors cannot be sorted by '${named}'`, sort!.index, text.length)
  const grouping = by.length === 0 ? '' : ` by ${by.map(key => key.text).join(', ')}`
  return {
    stats: `stats ${expression.slice(call.start, call.end)} as ${quoted(value)}${grouping}`,
    value,
    by,
    order: sort === null ? undefined : sort[2]!.toLowerCase() === 'asc' ? 'asc' : 'desc',
    counts: call.name.toLowerCase() === 'count' && call.star,
  }
}

const functionOf = (item: NamedNode): CallNode => {
  const { of } = item
  if (of.kind === 'call' && FUNCTIONS.has(of.name.toLowerCase())) return of
  throw refused(`An aggregation expression is one of ${[...FUNCTIONS].join(', ')}`, item)
}

const fieldOf = (key: NamedNode): string => {
  if (key.of.kind === 'field' && !key.named) return key.name
  throw refused("Only fields can follow 'by' in an aggregation expression", key)
}

const refused = (message: string, { of }: NamedNode): InsightsProblem => new InsightsProblem(message, of.start, of.end)

const unusedName = (taken: readonly string[]): string => {
  let name = 'value'
  while (taken.includes(name)) name += '_'
  return name
}

export const quoted = (field: string): string => `\`${field}\``
