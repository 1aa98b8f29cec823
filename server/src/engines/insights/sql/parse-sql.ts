import { aggregatesIn } from '../commands/stats.ts'
import type { CommandNode, ExpressionNode, NamedNode, QueryNode, Span } from '../grammar/query-tree.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { parseSqlExpression } from './parse-sql-expression.ts'
import { RESERVED } from './parse-sql-primary.ts'
import { nameOf, parseSqlSource } from './parse-sql-source.ts'
import type { OrderItem, SelectTree } from './select.ts'
import { SqlCursor } from './sql-cursor.ts'
import { refusal } from './sql-nodes.ts'

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const LENGTH_LIMIT = 10_000
/** What `*` stands for: events have whatever fields they have, so these alone are of all of them. */
export const ALL_FIELDS = ['@timestamp', '@message', '@logStream', '@log', '@ingestionTime'] as const

/** Reads one SELECT of the documented subset. Throws {@link InsightsProblem}. */
export const parseSql = (text: string): QueryNode => {
  if (text.length > LENGTH_LIMIT) throw new InsightsProblem(`A query has at most ${LENGTH_LIMIT} characters`, LENGTH_LIMIT, text.length)
  const cursor = new SqlCursor(text, tableOf(text))
  const { start } = cursor.peek()
  if (cursor.atWord('with')) throw refusal('WITH is not supported', cursor.peek())
  cursor.expectWord('select')
  const distinct = cursor.acceptWord('distinct')
  if (!distinct) cursor.acceptWord('all')
  const items = selectList(cursor)
  if (!cursor.acceptWord('from')) throw cursor.unexpected('FROM')
  const { source } = parseSqlSource(cursor)
  const where = cursor.peek()
  const condition = cursor.acceptWord('where') ? parseSqlExpression(cursor) : undefined
  const [aggregate] = condition === undefined ? [] : aggregatesIn(condition)
  if (aggregate !== undefined) throw refusal(`The aggregate function '${aggregate.name}' is for HAVING, not for WHERE`, aggregate)
  const by = groupList(cursor, items)
  const having = cursor.acceptWord('having') ? parseSqlExpression(cursor) : undefined
  const order = orderList(cursor, items)
  const limit = limitOf(cursor)
  finish(cursor)
  const end = cursor.lastEnd
  const filter: CommandNode[] = condition === undefined ? [] : [{ command: 'filter', tree: condition, start: where.start, end: condition.end }]
  const tree: SelectTree = { items, distinct, by, having, order, limit }
  return { source, commands: [...filter, { command: 'select', tree, start, end }], start, end }
}

/** What the query calls its groups, which stands behind what uses it. */
const tableOf = (text: string): string | undefined => {
  const cursor = new SqlCursor(text)
  for (let depth = 0; cursor.peek().kind !== 'end'; cursor.take()) {
    const { text: sign } = cursor.peek()
    if (sign === '(') depth++
    else if (sign === ')') depth--
    else if (depth === 0 && cursor.acceptWord('from')) return parseSqlSource(cursor).table
  }
  return undefined
}

const selectList = (cursor: SqlCursor): readonly NamedNode[] => {
  const items: NamedNode[] = []
  do {
    const { start, end } = cursor.peek()
    if (cursor.acceptSign('*')) {
      items.push(...ALL_FIELDS.map((name): NamedNode => ({ of: { kind: 'field', name, path: [name], start, end }, name, named: false, end })))
      continue
    }
    const of = parseSqlExpression(cursor)
    const named = cursor.acceptWord('as') || (!cursor.atOneOf(RESERVED) && ['name', 'quoted'].includes(cursor.peek().kind))
    if (named) items.push({ of, name: nameOf(cursor), named, end: cursor.lastEnd })
    else items.push({ of, name: of.kind === 'field' ? of.name : cursor.text.slice(of.start, of.end).replaceAll(/\s+/g, ' '), named, end: of.end })
  } while (cursor.acceptSign(','))
  return items
}

/** A number is the item of the list at that place, from 1. */
const atPlace = (of: ExpressionNode, items: readonly NamedNode[]): NamedNode | undefined => {
  if (of.kind !== 'literal' || typeof of.value !== 'number') return undefined
  const item = items[of.value - 1]
  if (item === undefined) throw refusal(`There is no item ${of.value} in the list`, of)
  return item
}

const groupList = (cursor: SqlCursor, items: readonly NamedNode[]): readonly NamedNode[] => {
  if (!cursor.acceptWord('group')) return []
  cursor.expectWord('by')
  const keys: NamedNode[] = []
  do {
    const of = parseSqlExpression(cursor)
    const named = of.kind === 'field' ? items.find(item => item.named && item.name === of.name && !usesField(item.of, of.name)) : undefined
    keys.push(atPlace(of, items) ?? named ?? { of, name: cursor.text.slice(of.start, of.end), named: false, end: of.end })
  } while (cursor.acceptSign(','))
  return keys
}

/** `UPPER(level) AS level … GROUP BY level` groups by the field, not by what is made of it. */
const usesField = (of: unknown, name: string): boolean => {
  if (typeof of !== 'object' || of === null) return false
  if ('kind' in of && of.kind === 'field' && 'name' in of && of.name === name) return true
  return Object.values(of).some(part => usesField(part, name))
}

const orderList = (cursor: SqlCursor, items: readonly NamedNode[]): readonly OrderItem[] => {
  if (!cursor.acceptWord('order')) return []
  cursor.expectWord('by')
  const order: OrderItem[] = []
  do {
    const of = parseSqlExpression(cursor)
    const descending = cursor.acceptWord('desc')
    if (!descending) cursor.acceptWord('asc')
    const place = cursor.acceptWord('nulls') ? (cursor.acceptWord('first') ? 'first' : (cursor.expectWord('last'), 'last')) : descending ? 'last' : 'first'
    order.push({ of: atPlace(of, items)?.of ?? of, descending, nulls: place })
  } while (cursor.acceptSign(','))
  return order
}

const limitOf = (cursor: SqlCursor): (Span & { readonly count: number }) | undefined => {
  if (!cursor.acceptWord('limit')) return undefined
  const { start, end, text } = cursor.expect('number', 'a number')
  return { count: Number(text), start, end }
}

const UNIONS: ReadonlySet<string> = new Set(['union', 'intersect', 'except', 'minus'])

const finish = (cursor: SqlCursor): void => {
  if (cursor.atWord('offset')) throw refusal('OFFSET is not supported', cursor.peek())
  if (cursor.atOneOf(UNIONS)) throw refusal(`${cursor.peek().text.toUpperCase()} is not supported`, cursor.peek())
  cursor.acceptSign(';')
  if (cursor.peek().kind !== 'end') throw cursor.unexpected('the end of the query')
}
