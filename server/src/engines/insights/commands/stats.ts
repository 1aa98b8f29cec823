import { call, type Expression } from '../../../sql/expression.ts'
import { parseNamedList } from '../grammar/parse-expression.ts'
import type { CallNode, ExpressionNode, NamedNode } from '../grammar/query-tree.ts'
import { aggregateNamed } from '../functions/registry.ts'
import { bindTo } from '../plan/bind-call.ts'
import { Binder } from '../plan/binder.ts'
import { parseGroupKeys } from '../plan/group-keys.ts'
import { periodOf } from '../plan/period-literal.ts'
import type { Grouped, Planner } from '../plan/planner.ts'
import { asNumber, asText, type Value } from '../values.ts'
import { command } from './insights-command.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
const STATS_LIMIT = 10

interface StatsTree {
  readonly items: readonly NamedNode[]
  readonly by: readonly NamedNode[]
}

export const stats = command<StatsTree>({
  name: 'stats',
  syntax: 'stats expression of aggregates [as name], … [[group] by expression [as name], … [offset period]]',
  text: 'Makes one row of every group, and none where there are no events. What follows sees only these rows. `by bin(1h) offset 10m` has bins that begin ten minutes past the hour; `by histogram(field, 50)` groups numbers in ranges of that width, told by their lower ends.',
  parse: cursor => {
    const items = parseNamedList(cursor)
    // AWS's samples for Lambda write `group by`.
    if (cursor.acceptWord('group')) cursor.expectWord('by')
    else if (!cursor.acceptWord('by')) return { items, by: [] }
    return { items, by: parseGroupKeys(cursor, parseNamedList(cursor)) }
  },
  apply: ({ items, by }, planner, node) => {
    if (planner.before.filter(one => one.command === 'stats').length === STATS_LIMIT) planner.refuse(`A query has at most ${STATS_LIMIT} stats commands`, node)
    planner.refuseNamedAgain(items)
    planner.refuseHidden([...items, ...by])
    planner.forgetNames()
    groupRows(items, by, planner)
  },
})

/** One row of every combination of `by`, with what the aggregates in `items` make of the others; no row of no events, as on AWS. */
export const groupRows = (items: readonly NamedNode[], by: readonly NamedNode[], planner: Planner): void => {
  const { rows, query } = planner
  const { keys, instead } = groupBy(by, items.map(({ of }) => of), planner, true)
  for (const [{ name }, value] of keys) rows.put(name, value)
  const binder = new Binder(rows, query, instead)
  for (const item of items) rows.put(item.name, binder.bind(item.of))
  for (const item of [...by, ...items]) rows.show({ name: item.name, path: [item.name] })
  planner.grouped = { keys: by.map(({ name }) => name), values: items.map(({ name }) => name), bin: binOf(by) }
}

interface Groups {
  readonly keys: ReadonlyMap<NamedNode, Value>
  /** What stands for an expression once the rows are groups: aggregates and keys. */
  readonly instead: (node: ExpressionNode) => Value | undefined
}

/** Makes groups of the rows, in order of their keys; the aggregates within `expressions` are made. Without keys, no rows are one group unless `ofSome`. */
export const groupBy = (by: readonly NamedNode[], expressions: readonly ExpressionNode[], planner: Planner, ofSome = false): Groups => {
  const { rows, query } = planner
  rows.open()
  const rowBinder = new Binder(rows, query)
  const keys = by.map(item => ({ item, ...groupKey(rowBinder.bind(item.of), planner) }))
  const aggregates = new Map(expressions.flatMap(aggregatesIn).map(call => [call, aggregated(call, rowBinder)]))
  const { carry } = rows.group(keys.map(({ key }) => key), ofSome)
  const known = new Map(keys.map(({ item, value }) => [item, carry(value)]))
  rows.order = [...known.values()].sort((a, b) => Number(b.type === 'time') - Number(a.type === 'time')).map(value => ({ by: value.sql, descending: value.type === 'time', nulls: 'last' }))
  const instead: Groups['instead'] = node => {
    if (node.kind === 'call' && aggregates.has(node)) return carry(aggregates.get(node)!)
    const key = by.find(item => sameText(item.of, node))
    if (key !== undefined) return known.get(key)
    if (node.kind === 'field' && rows.named(node.name) === undefined) planner.refuse(`The field '${node.name}' must be in an aggregation function or after 'by'`, node)
    return undefined
  }
  return { keys: known, instead }
}

/** The key that is a `bin(5m)`. */
const binOf = (by: readonly NamedNode[]): Grouped['bin'] => {
  for (const { of, name } of by) {
    const [literal] = of.kind === 'call' && of.name.toLowerCase() === 'bin' ? of.arguments : []
    if (literal?.kind === 'period') return { name, period: periodOf(literal) }
  }
  return undefined
}

/** Groups are told apart by texts, numbers or times: what is known only at run time by its text, unless a column tells it for less. */
const groupKey = (value: Value, planner: Planner): { readonly key: Expression; readonly value: Value } => {
  const { level } = planner.rows
  if (value.numeric === true) {
    const number = level.define(asNumber(value))
    return { key: number, value: { type: 'any', sql: call('toString', number), number, numeric: true } }
  }
  const isText = value.type === 'any' || value.type === 'json'
  const sql = level.define(isText ? asText(value) : value.sql)
  return { key: value.stored ?? sql, value: { type: isText ? 'any' : value.type, sql } }
}

const aggregated = (node: CallNode, binder: Binder): Value =>
  bindTo(aggregateNamed(node.name)!, node, args => args.map(arg => binder.bind(arg)), binder.context(node))

/** The outermost calls of aggregates. */
export const aggregatesIn = (node: ExpressionNode): readonly CallNode[] => {
  switch (node.kind) {
    case 'call':
      return aggregateNamed(node.name) === undefined ? node.arguments.flatMap(aggregatesIn) : [node]
    case 'member':
    case 'not':
    case 'negative':
    case 'in query':
      return aggregatesIn(node.of)
    case 'binary':
      return [...aggregatesIn(node.left), ...aggregatesIn(node.right)]
    case 'like':
      return [...aggregatesIn(node.of), ...aggregatesIn(node.pattern)]
    case 'in':
      return [node.of, ...node.items].flatMap(aggregatesIn)
    case 'field':
    case 'literal':
    case 'period':
    case 'regex':
      return []
  }
}

/** Whether they were written alike, wherever they stand. */
export const sameText = (a: ExpressionNode, b: ExpressionNode): boolean => a.kind === b.kind && shape(a) === shape(b)
const shape = (node: ExpressionNode): string => JSON.stringify(node, (key, value: unknown) => (key === 'start' || key === 'end' ? undefined : value))
