import { aggregatesIn, groupBy, sameText } from '../commands/stats.ts'
import { limitRows } from '../commands/limit.ts'
import type { CommandNode, ExpressionNode, NamedNode, Span } from '../grammar/query-tree.ts'
import { Binder } from '../plan/binder.ts'
import type { Planner } from '../plan/planner.ts'
import { sortKeys } from '../plan/sort-keys.ts'
import { asBoolean, type Value } from '../values.ts'

export interface OrderItem {
  readonly of: ExpressionNode
  readonly descending: boolean
  readonly nulls: 'first' | 'last'
}

/** A SELECT without its FROM and WHERE. */
export interface SelectTree {
  readonly items: readonly NamedNode[]
  readonly distinct: boolean
  readonly by: readonly NamedNode[]
  readonly having: ExpressionNode | undefined
  readonly order: readonly OrderItem[]
  readonly limit: (Span & { readonly count: number }) | undefined
}

/** Makes of the rows what a SELECT asks for; the one step of a query in SQL after its filter. */
export const select = {
  apply: ({ tree, ...at }: CommandNode, planner: Planner): void => {
    const { items: all, distinct, by, having, order, limit } = tree as SelectTree
    const items = withoutTwins(all, planner)
    const expressions = [...items.map(({ of }) => of), ...(having === undefined ? [] : [having]), ...order.map(({ of }) => of)]
    const aggregates = expressions.some(of => aggregatesIn(of).length > 0)
    if (distinct && (aggregates || by.length > 0)) planner.refuse('DISTINCT is not supported with groups', at)
    if (having !== undefined && !aggregates && by.length === 0) planner.refuse('HAVING takes groups', having)
    const instead = aggregates || distinct || by.length > 0 ? groupBy(distinct ? items : by, expressions, planner).instead : undefined
    const { rows, query } = planner
    rows.open()
    const inner = new Binder(rows, query, instead)
    const values = new Map(items.map(({ of, name }) => [name, inner.bind(of)]))
    // HAVING and ORDER BY know the items by their names.
    const outer = new Binder(rows, query, node => (node.kind === 'field' ? values.get(node.name) : undefined) ?? instead?.(node))
    if (having !== undefined) rows.filter(asBoolean(outer.bind(having)))
    orderRows(order, outer, planner)
    rows.putAll([...values])
    rows.displayed = items.map(({ name }) => ({ name, path: [name] }))
    rows.alone = true
    if (limit !== undefined) limitRows(limit, planner)
  },
}

const orderRows = (order: readonly OrderItem[], binder: Binder, { rows }: Planner): void => {
  if (order.length === 0) return
  rows.sort(order.flatMap(({ of, descending, nulls }) => {
    const value: Value = binder.bind(of)
    return sortKeys(value, descending).map(key => ({ ...key, by: rows.level.define(key.by), ...(key.nulls === undefined ? {} : { nulls }) }))
  }))
}

/** The same item twice is one column. */
const withoutTwins = (items: readonly NamedNode[], planner: Planner): readonly NamedNode[] => {
  const byName = new Map<string, NamedNode>()
  for (const item of items) {
    const before = byName.get(item.name)
    if (before !== undefined && !sameText(before.of, item.of)) planner.refuse(`Two columns have the name '${item.name}'`, item.of)
    byName.set(item.name, before ?? item)
  }
  return [...byName.values()]
}
