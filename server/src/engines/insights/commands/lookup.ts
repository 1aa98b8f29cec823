import { boundTexts, call, choose, constant, NULL, parameter } from '../../../sql/expression.ts'
import { parseName } from '../grammar/parse-expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { asText, stringValue } from '../values.ts'
import { command } from './insights-command.ts'

interface LookupTree {
  readonly table: string
  /** A column of the table, and the field that must be equal. */
  readonly keys: readonly { readonly column: string; readonly field: FieldNode }[]
  readonly output: readonly string[]
}

/** Between the parts of a key; no table that people write holds it. */
const SEPARATOR = '\u001f'

export const lookup = command<LookupTree>({
  name: 'lookup',
  syntax: 'lookup table column [as field], … OUTPUT column, …',
  text: 'Adds columns of the first row of a lookup table whose columns are exactly the fields; they take the place of fields of their names.',
  parse: cursor => {
    const table = parseName(cursor)
    const keys: { column: string; field: FieldNode }[] = []
    do {
      const column = parseField(cursor)
      keys.push({ column: column.name, field: cursor.acceptWord('as') ? parseField(cursor) : column })
    } while (cursor.acceptSign(','))
    cursor.expectWord('output')
    const output = [parseName(cursor)]
    while (cursor.acceptSign(',')) output.push(parseName(cursor))
    return { table, keys, output }
  },
  apply: ({ table: name, keys, output }, planner, node) => {
    const table = planner.query.lookup?.(name) ?? planner.refuse(`The lookup table '${name}' does not exist`, node)
    const indexOf = (column: string): number => {
      const index = table.columns.indexOf(column)
      return index < 0 ? planner.refuse(`The lookup table '${name}' has no column '${column}'`, node) : index
    }
    const columns = keys.map(({ column }) => indexOf(column))
    const first = new Map<string, readonly string[]>()
    for (const row of table.rows) {
      const key = columns.map(index => row[index] ?? '').join(SEPARATOR)
      if (!first.has(key)) first.set(key, row)
    }
    const rows = [...first.values()]
    const texts = keys.map(({ field }) => asText(planner.bind(field)))
    const key = texts.length === 1 ? texts[0]! : call('concat', ...texts.flatMap((text, index) => (index === 0 ? [text] : [call('char', constant(31)), text])))
    const places = call('transform', call('ifNull', key, call('char', constant(0))), boundTexts([...first.keys()]), parameter('Array(Float64)', rows.map((_, index) => index + 1)), constant(0))
    const place = planner.rows.level.define(call('toUInt32', places))
    // All at once: a heavy one would end the level that the place is of.
    planner.rows.putAll(output.map(column => {
      const index = indexOf(column)
      const found = call('arrayElement', boundTexts(rows.map(row => row[index] ?? '')), place)
      return [column, stringValue(choose([[call('greater', place, constant(0)), found]], NULL))] as const
    }))
    for (const column of output) planner.rows.show({ name: column, path: [column] })
  },
})
