import { and, call, column, constant, parameter, type Expression, type Output } from '../../sql/expression.ts'
import { printStatement, type PrintedSql } from '../../sql/print.ts'
import { commandNamed } from './commands/registry.ts'
import type { Fields } from './fields.ts'
import type { QueryNode, SourceNode } from './grammar/query-tree.ts'
import { InsightsProblem } from './insights-problem.ts'
import { messageFields } from './message-fields.ts'
import { parseQuery } from './parse-query.ts'
import { Planner } from './plan/planner.ts'
import { Rows, type ShownField } from './plan/rows.ts'
import { checkOrder } from './plan/check-order.ts'
import { asShown, numberValue, type Value } from './values.ts'


export interface QueriedGroup {
  /** Its number in `log_events`. */
  readonly id: number
  /** What `@log` shows: `account:name`. */
  readonly label: string
}

export interface CompileOptions {
  /** Epoch milliseconds, both inclusive. */
  readonly start: number
  readonly end: number
  /** When the query began, epoch milliseconds. */
  readonly now: number
  /** The groups the request or the query's SOURCE names; the caller has checked that they may be read. */
  readonly groups: readonly QueriedGroup[]
  /** The groups of a SOURCE within brackets (subquery, join); throws the caller's own error if there is none. */
  readonly groupsOf?: (source: SourceNode) => readonly QueriedGroup[]
  /** How many rows at most, where the query has no `limit` of its own: 1 to 100,000. */
  readonly limit?: number
  /** How fields are read of these groups; left out, from the message alone. */
  readonly fields?: (groups: readonly QueriedGroup[]) => Fields
}

export interface ResultField {
  readonly field: string
  readonly value: string
}

/** Rows as the statement gives them: every column a text or null. */
export type EngineRow = Readonly<Record<string, string | null>>

export interface CompiledQuery extends PrintedSql {
  /** The fields of a result, in order; `column` is the statement's name of each. */
  readonly columns: readonly { readonly field: string; readonly column: string }[]
  /** Whether rows are events, whose last field is `@ptr`. */
  readonly events: boolean
  /** The most rows it gives. */
  readonly limit: number
  /** Counts the events that pass the filters before the first stats, limit or dedup: one row, `matched`. */
  readonly matched: PrintedSql
  /** What results show of the statement's rows; missing values are left out. */
  results(rows: readonly EngineRow[]): readonly (readonly ResultField[])[]
}

/** Which groups the query itself names; undefined: none, the request must. Throws {@link InsightsProblem}. */
export const sourceOf = (text: string): SourceNode | undefined => parseQuery(text).source

/** Reads a query and makes one statement over `log_events` of it. Throws {@link InsightsProblem}. */
export const compileQuery = (text: string, options: CompileOptions): CompiledQuery => {
  const query = parseQuery(text)
  const { planner, base } = plan(query, options.groups, options)
  const { rows } = planner
  const columns = shownFields(rows).map((shown, index) => ({ field: shown.name, column: `v${index + 1}`, of: shownValue(rows, shown) }))
  if (rows.kind === 'events') columns.push({ field: '@ptr', column: `v${columns.length + 1}`, of: asShown(rows.system('@ptr')!) })
  const limit = rows.level.limit ?? options.limit ?? DEFAULT_LIMIT
  rows.level.limit = limit
  rows.level.orderBy = rows.order
  return {
    ...printStatement(rows.level.select(columns.map(({ column: name, of }): Output => ({ name, of })))),
    columns: columns.map(({ field, column: name }) => ({ field, column: name })),
    events: rows.kind === 'events',
    limit,
    matched: printStatement(base.counted('matched')),
    results: found => found.map(row => resultOf(row, columns)),
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const DEFAULT_LIMIT = 10_000

const plan = (query: QueryNode, groups: readonly QueriedGroup[], options: CompileOptions) => {
  const fields = (options.fields ?? defaultFields)(groups)
  const newest = [{ by: column('ts'), descending: true }, { by: column('seq'), descending: true }]
  const rows = new Rows({ kind: 'table', table: 'log_events' }, fields, newest)
  const base = rows.level
  rows.filter(inRange(groups, options))
  const planner = new Planner(rows, {
    start: options.start,
    end: options.end,
    now: options.now,
    subquery: inner => {
      throw new InsightsProblem('Subqueries are not supported yet', inner.start, inner.end)
    },
  })
  checkOrder(query)
  for (const node of query.commands) planner.apply(node, () => commandNamed(node.command)!.apply(node, planner))
  return { planner, base }
}

const defaultFields = (groups: readonly QueriedGroup[]): Fields => messageFields({ labels: new Map(groups.map(({ id, label }) => [id, label])) })

/** One group is compared, not searched in a list: then the table's order is the result's, and its end is all that is read. */
const inRange = (groups: readonly QueriedGroup[], { start, end }: CompileOptions): Expression => {
  const ids = groups.map(({ id }) => id)
  const group = ids.length === 1 ? call('equals', column('grp'), parameter('UInt32', ids[0]!)) : call('in', column('grp'), parameter('Array(UInt32)', ids))
  const bound = (value: number): Expression => parameter('Int64', BigInt(Math.trunc(value)))
  return and(group, call('greaterOrEquals', column('ts'), bound(start)), call('lessOrEquals', column('ts'), bound(end)))
}

const DEFAULT_FIELDS: readonly ShownField[] = ['@timestamp', '@message'].map(name => ({ name, path: [name] }))

const shownFields = (rows: Rows): readonly ShownField[] => {
  if (rows.displayed !== undefined) return rows.displayed
  return rows.kind === 'events' && !rows.chosen ? [...DEFAULT_FIELDS, ...rows.shown] : rows.shown
}

const DECIMALS = 4

/** A field as results show it; numbers that stats made have at most four decimals. */
const shownValue = (rows: Rows, { path }: ShownField): Expression => {
  const value: Value = rows.field(path)!
  return asShown(rows.kind === 'groups' && value.type === 'number' ? numberValue(call('round', value.sql, constant(DECIMALS))) : value)
}

const resultOf = (row: EngineRow, columns: readonly { readonly field: string; readonly column: string }[]): readonly ResultField[] =>
  columns.flatMap(({ field, column: name }) => {
    const value = row[name]
    return value === null || value === undefined ? [] : [{ field, value }]
  })

