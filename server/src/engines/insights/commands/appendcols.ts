import { call, choose, window } from '../../../sql/expression.ts'
import type { QueryNode, Span } from '../grammar/query-tree.ts'
import { Rows } from '../plan/rows.ts'
import { shownFields } from '../plan/shown-fields.ts'
import { anyValue, asShown, numberValue, type Value } from '../values.ts'
import { acceptOption, parseTruth } from './command-options.ts'
import { command } from './insights-command.ts'

interface AppendTree {
  readonly override: boolean
  readonly max: Span & { readonly count: number }
  readonly query: QueryNode
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Appendcols.html */
const DEFAULT_ROWS = 10_000
const MOST_ROWS = 100_000

export const appendcols = command<AppendTree>({
  name: 'appendcols',
  syntax: 'appendcols [override=false] [max=10000] (SOURCE "group" | commands)',
  text: 'Puts the columns of another query beside these: its first row beside the first one, and so on. A column that is there already stays, or with `override=true` is replaced where the other query has a row. What of the other query lies behind the last row here is left out.',
  parse: cursor => {
    const options = { override: false, max: { count: DEFAULT_ROWS, start: cursor.lastEnd, end: cursor.lastEnd } }
    for (let option = acceptOption(cursor, OPTIONS); option !== undefined; option = acceptOption(cursor, OPTIONS)) {
      if (option === 'override') options.override = parseTruth(cursor)
      else {
        const { text, start, end } = cursor.expect('number', 'a number')
        options.max = { count: Number(text), start, end }
      }
    }
    cursor.expectSign('(')
    const query = cursor.nested(() => cursor.query(cursor))
    cursor.expectSign(')')
    return { ...options, query }
  },
  apply: ({ override, max, query }, planner, node) => {
    if (!Number.isSafeInteger(max.count) || max.count < 1 || max.count > MOST_ROWS) planner.refuse(`max must be a whole number from 1 to ${MOST_ROWS}`, max)
    if (planner.before.some(({ command: name }) => name === 'appendcols')) planner.refuse('A query has at most one appendcols', node)
    const left = planner.rows
    const right = planner.query.joined(query)
    right.level.limit = Math.min(right.level.limit ?? max.count, max.count)
    for (const side of [left, right]) {
      side.open()
      side.put(PLACE, numberValue(call('toFloat64', window(call('row_number'), side.order))))
    }
    const [shownLeft, shownRight] = [shownFields(left), shownFields(right)]
    const known = new Set(shownLeft.map(({ name }) => name))
    const added = shownRight.filter(({ name }) => override || !known.has(name))
    planner.rows = Rows.joined({ name: LEFT, rows: left }, { name: RIGHT, rows: right }, 'left', planner.query.names, (a, b) => [[a.named(PLACE)!.sql, b.named(PLACE)!.sql]])
    const { rows } = planner
    rows.unchosen = left.unchosen
    const isThere = call('isNotNull', rows.field([RIGHT, PLACE])!.sql)
    const values = added.map(({ name, path }) => {
      const other = rows.field([RIGHT, ...path])!
      const own = known.has(name) ? rows.field(shownLeft.find(field => field.name === name)!.path)! : undefined
      return [name, own === undefined ? other : chosen(isThere, other, own)] as const
    })
    rows.putAll(values)
    if (left.displayed !== undefined) rows.displayed = [...left.displayed, ...added.filter(({ name }) => !known.has(name)).map(plain)]
    for (const { name } of added) rows.show(plain({ name }))
  },
})

const OPTIONS = ['override', 'max'] as const

/** No names that a query can give. */
const PLACE = '\0place'
const LEFT = '\0left'
const RIGHT = '\0right'

const plain = ({ name }: { readonly name: string }) => ({ name, path: [name] })

const chosen = (isThere: Parameters<typeof call>[1], other: Value, own: Value): Value =>
  other.type === own.type && other.type !== 'json' && other.type !== 'any'
    ? { type: own.type, sql: choose([[isThere, other.sql]], own.sql) }
    : anyValue(choose([[isThere, asShown(other)]], asShown(own)))
