import { and, boundText, call, column, not, or, parameter, type Expression, type Output, type Statement } from '../../../sql/expression.ts'
import { stepNamed } from '../commands/registry.ts'
import type { Fields } from '../fields.ts'
import type { CommandNode, QueryNode, SourceNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { asText, numberValue } from '../values.ts'
import { ColumnNames, Level } from './level.ts'
import type { LookupTable, QueryContext } from './query-context.ts'
import { earlierRange, type EarlierRange } from './earlier-range.ts'
import { Planner } from './planner.ts'
import { Rows } from './rows.ts'
import { shownFields } from './shown-fields.ts'

export interface QueriedGroup {
  /** Its number in `log_events`. */
  readonly id: number
  /** What `@log` shows: `account:name`. */
  readonly label: string
  /** What is to be seen of it at all, within the query's range: epoch milliseconds, `to` exclusive. Undefined: everything. */
  readonly from?: number
  readonly to?: number
  /** Streams that were deleted: their events with a `seq` up to `upTo` are gone. */
  readonly deleted?: readonly { readonly stream: string; readonly upTo: bigint }[]
}

export interface PlanOptions {
  /** Epoch milliseconds, both inclusive. */
  readonly start: number
  readonly end: number
  /** When the query began, epoch milliseconds. */
  readonly now: number
  readonly fields: (groups: readonly QueriedGroup[], unmasked: boolean) => Fields
  readonly groupsOf?: ((source: SourceNode) => readonly QueriedGroup[]) | undefined
  readonly lookup?: ((table: string) => LookupTable | undefined) | undefined
  readonly fieldNames?: ((groups: readonly QueriedGroup[]) => readonly string[]) | undefined
}

export interface Planned {
  readonly planner: Planner
  /** The innermost level: the events themselves. */
  readonly base: Level
  /** Commands that wait for what rows of the statement so far are made of. */
  readonly rest: readonly CommandNode[]
}

/** Whose query it is within the whole: a subquery or a join's right side must not hold further ones. */
interface Place {
  readonly names: ColumnNames
  readonly used: Set<string>
  readonly inner: boolean
}

export const planQuery = (query: QueryNode, groups: readonly QueriedGroup[], options: PlanOptions, place: Place = { names: new ColumnNames(), used: new Set(), inner: false }): Planned => {
  const earlier = earlierRange(query, options)
  const newest = [{ by: column('ts'), descending: true }, { by: column('seq'), descending: true }]
  const rows = Rows.events({ kind: 'table', table: 'log_events' }, options.fields(groups, false), newest, place.names)
  const base = rows.level
  rows.filter(inRange(groups, options, earlier))
  const planner = new Planner(rows, contextOf(groups, options, place, earlier))
  return { planner, base, rest: applyAll(query.commands, planner) }
}

/** Applies commands up to one after which the statement must run; the rest is answered. */
export const applyAll = (commands: readonly CommandNode[], planner: Planner): readonly CommandNode[] => {
  for (const [index, node] of commands.entries()) {
    planner.apply(node, () => stepNamed(node.command)!.apply(node, planner))
    if (planner.pending !== undefined) return commands.slice(index + 1)
  }
  return []
}

const contextOf = (groups: readonly QueriedGroup[], options: PlanOptions, place: Place, earlier: EarlierRange | undefined): QueryContext => {
  const innerPlan = (query: QueryNode, at: Span): Planner => {
    if (place.inner) throw new InsightsProblem('Subqueries and joins cannot be nested', at.start, at.end)
    const searched = query.source === undefined ? groups : (options.groupsOf?.(query.source) ?? groups)
    const { planner } = planQuery(query, searched, options, { ...place, inner: true })
    if (planner.pending !== undefined) throw new InsightsProblem('pattern cannot be used in a subquery', query.start, query.end)
    return planner
  }
  return {
    start: options.start,
    end: options.end,
    now: options.now,
    earlier,
    names: place.names,
    used: place.used,
    unmasked: options.fields(groups, true),
    lookup: options.lookup,
    subquery: query => oneColumn(innerPlan(query, query), query),
    joined: query => innerPlan(query, query).rows,
    estimated: () => sizeOf(inRange(groups, options, earlier), place.names),
    fieldNames: () => options.fieldNames?.(groups) ?? [],
  }
}

/** The store knows how long messages are without reading them. */
const sizeOf = (where: Expression, names: ColumnNames): Rows => {
  const size: Output = { name: 'bytes', of: call('toFloat64', call('sum', column('size', 'message'))) }
  const level = new Level(() => ({ kind: 'select', select: { kind: 'select', columns: [size], from: { kind: 'table', table: 'log_events' }, where } }), names)
  return Rows.made(level, [['estimatedBytes', numberValue(column('bytes'))]], [], names)
}

/** The first field that the query shows, as texts. */
const oneColumn = ({ rows }: Planner, at: Span): Statement => {
  const [shown] = shownFields(rows)
  const value = shown === undefined ? undefined : rows.field(shown.path)
  if (value === undefined) throw new InsightsProblem('The subquery must give a field', at.start, at.end)
  if (rows.level.limit !== undefined) rows.level.orderBy = rows.order
  return rows.level.select([{ name: rows.names.next('c'), of: asText(value) }])
}

/** One group is compared, not searched in a list: then the table's order is the result's, and its end is all that is read. */
const inRange = (groups: readonly QueriedGroup[], { start, end }: PlanOptions, earlier: EarlierRange | undefined): Expression => {
  const ids = groups.map(({ id }) => id)
  const group = ids.length === 1 ? call('equals', column('grp'), parameter('UInt32', ids[0]!)) : call('in', column('grp'), parameter('Array(UInt32)', ids))
  const bound = (value: number): Expression => parameter('Int64', BigInt(Math.trunc(value)))
  const from = groups.length === 0 ? -Infinity : Math.min(...groups.map(each => each.from ?? -Infinity))
  const last = groups.length === 0 ? Infinity : Math.max(...groups.map(each => (each.to ?? Infinity) - 1))
  const within = (first: number, to: number): readonly Expression[] =>
    [call('greaterOrEquals', column('ts'), bound(Math.max(first, from))), call('lessOrEquals', column('ts'), bound(Math.min(to, last)))]
  const range = earlier === undefined ? within(start, end) : [or(and(...within(earlier.start, earlier.end)), and(...within(start, end)))]
  return and(group, ...range, ...groups.flatMap(each => unseen(each, from, last).map(not)))
}

/** What of a group is not to be seen, although it is within the range of all groups together. */
const unseen = ({ id, from, to, deleted = [] }: QueriedGroup, first: number, last: number): readonly Expression[] => {
  const own = call('equals', column('grp'), parameter('UInt32', id))
  const millis = (value: number): Expression => parameter('Int64', BigInt(Math.trunc(value)))
  return [
    ...(from !== undefined && from > first ? [and(own, call('less', column('ts'), millis(from)))] : []),
    ...(to !== undefined && to - 1 < last ? [and(own, call('greaterOrEquals', column('ts'), millis(to)))] : []),
    ...deleted.map(({ stream, upTo }) =>
      and(own, call('equals', column('stream'), boundText(stream)), call('lessOrEquals', column('seq'), parameter('UInt64', upTo)))),
  ]
}
