import { call, constant, type Expression } from '../../sql/expression.ts'
import { printStatement, type PrintedSql } from '../../sql/print.ts'
import type { Fields } from './fields.ts'
import type { CommandNode, QueryNode, SourceNode } from './grammar/query-tree.ts'
import { messageFields } from './message-fields.ts'
import { parseQuery } from './parse-query.ts'
import { parseSql } from './sql/parse-sql.ts'
import { SqlCursor } from './sql/sql-cursor.ts'
import { applyAll, planQuery, type QueriedGroup } from './plan/plan-query.ts'
import type { Level } from './plan/level.ts'
import { Planner } from './plan/planner.ts'
import type { LookupTable } from './plan/query-context.ts'
import type { Rows } from './plan/rows.ts'
import { shownFields, type ShownField } from './plan/shown-fields.ts'
import { asShown, numberValue } from './values.ts'

/** Logs Insights' own, or SQL. */
export type QueryLanguage = 'CWLI' | 'SQL'

export interface CompileOptions {
  /** CWLI, if left out. */
  readonly language?: QueryLanguage
  /** Epoch milliseconds, both inclusive. */
  readonly start: number
  readonly end: number
  /** When the query began, epoch milliseconds. */
  readonly now: number
  /** The groups the request or the query's SOURCE names; the caller has checked that they may be read. */
  readonly groups: readonly QueriedGroup[]
  /** The groups of a SOURCE within brackets (subquery, join); throws the caller's own error if they may not be read. */
  readonly groupsOf?: (source: SourceNode) => readonly QueriedGroup[]
  /** A table for `lookup`, by its name. */
  readonly lookup?: (table: string) => LookupTable | undefined
  /** For `relevantfields`: what fields these groups have. */
  readonly fieldNames?: (groups: readonly QueriedGroup[]) => readonly string[]
  /** How many rows at most, where the query has no `limit` of its own: 1 to 100,000. */
  readonly limit?: number
  /** How fields are read of these groups, of masked texts or of those that were sent; left out, from the message alone. */
  readonly fields?: (groups: readonly QueriedGroup[], unmasked: boolean) => Fields
}

export interface ResultField {
  readonly field: string
  readonly value: string
}

/** A row as the statement gives it: every column a text or null. */
export type EngineRow = Readonly<Record<string, string | null>>

export interface CompiledQuery extends PrintedSql {
  /** The fields of a result, in order; `column` is the statement's name of each. */
  readonly columns: readonly { readonly field: string; readonly column: string }[]
  /** Whether rows are events, whose last field is `@ptr`. */
  readonly events: boolean
  /** The most rows it gives. */
  readonly limit: number
  /** The commands it and the queries within it use, by their names: some are not for every class of log groups, `unmask` is not for everybody. */
  readonly commands: ReadonlySet<string>
  /** Counts the events that pass the filters before the first stats, limit or dedup: one row, `matched`. Undefined after `next`. */
  readonly matched: PrintedSql | undefined
  /** Whether the statement's rows tell that number themselves, each as `matched`; no row at all tells 0. */
  readonly tellsMatched: boolean
  /** What results show of the statement's rows; missing values are left out. */
  results(rows: readonly EngineRow[]): readonly (readonly ResultField[])[]
  /**
   * Where the statement only gathers what the rest of the query works on (`pattern`): the query of that rest, to be run in turn.
   * Undefined: the statement's rows are the results.
   */
  readonly next: ((rows: readonly EngineRow[]) => CompiledQuery) | undefined
}

/** What a text is written in, that was read before: no query of Insights' own language begins as SQL does. */
export const languageOf = (text: string): QueryLanguage => (new SqlCursor(text).atWord('select') ? 'SQL' : 'CWLI')

/** Which groups the query itself names; undefined: none, the request must. Throws {@link InsightsProblem}. */
export const sourceOf = (text: string, language?: QueryLanguage): SourceNode | undefined => read(text, language).source

/** Reads a query and makes one statement over `log_events` of it. Throws {@link InsightsProblem}. */
export const compileQuery = (text: string, options: CompileOptions): CompiledQuery => {
  const query = read(text, options.language)
  const { planner, base, rest } = planQuery(query, options.groups, { ...options, fields: options.fields ?? defaultFields })
  return compiled(planner, rest, { commands: planner.query.used, limit: options.limit ?? DEFAULT_LIMIT, matched: printStatement(base.counted('matched')), base })
}

const read = (text: string, language: QueryLanguage = 'CWLI'): QueryNode => (language === 'SQL' ? parseSql(text) : parseQuery(text))

interface Known {
  readonly commands: ReadonlySet<string>
  readonly limit: number
  readonly matched: PrintedSql | undefined
  readonly base: Level | undefined
}

const compiled = (planner: Planner, rest: readonly CommandNode[], known: Known): CompiledQuery => {
  const { rows, pending } = planner
  const columns = shownFields(rows).map((shown, index) => ({ field: shown.name, column: `v${index + 1}`, of: shownValue(rows, shown) }))
  const isEvents = rows.kind === 'events' && !rows.alone
  if (isEvents) columns.push({ field: '@ptr', column: `v${columns.length + 1}`, of: asShown(rows.system('@ptr')!) })
  const limit = rows.level.limit ?? known.limit
  rows.level.limit = limit
  rows.level.orderBy = rows.order
  const after = (found: readonly EngineRow[]): CompiledQuery => {
    const next = new Planner(pending!(found.map(row => columns.map(({ column }) => row[column] ?? null))), planner.query)
    next.before.push(...planner.before)
    return compiled(next, applyAll(rest, next), { ...known, matched: undefined, base: undefined })
  }
  // What is wrong with the rest is said now, not when the rows are there.
  if (pending !== undefined) after([])
  const matched = known.base && rows.folded(known.base)
  const outputs = [...columns.map(({ column: name, of }) => ({ name, of })), ...(matched === undefined ? [] : [{ name: 'matched', of: matched }])]
  return {
    ...printStatement(rows.level.select(outputs)),
    columns: columns.map(({ field, column }) => ({ field, column })),
    events: isEvents,
    limit,
    commands: known.commands,
    matched: known.matched,
    tellsMatched: matched !== undefined,
    results: found => found.map(row => resultOf(row, columns)),
    next: pending === undefined ? undefined : after,
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const DEFAULT_LIMIT = 10_000

const defaultFields = (groups: readonly QueriedGroup[], unmasked: boolean): Fields =>
  messageFields({ labels: new Map(groups.map(({ id, label }) => [id, label])), unmasked })

const DECIMALS = 4

/** A field as results show it; numbers that stats made have at most four decimals. */
const shownValue = (rows: Rows, { path }: ShownField): Expression => {
  const value = rows.field(path)!
  return asShown(rows.kind === 'groups' && value.type === 'number' ? numberValue(call('round', value.sql, constant(DECIMALS))) : value)
}

const resultOf = (row: EngineRow, columns: readonly { readonly field: string; readonly column: string }[]): readonly ResultField[] =>
  columns.flatMap(({ field, column }) => {
    const value = row[column]
    return value === null || value === undefined ? [] : [{ field, value }]
  })
