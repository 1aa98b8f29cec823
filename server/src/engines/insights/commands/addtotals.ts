import { call, cast, choose, column, constant, list, NULL, or, window, type Expression } from '../../../sql/expression.ts'
import { parseName } from '../grammar/parse-expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import type { Planner } from '../plan/planner.ts'
import { shownFields, type ShownField } from '../plan/shown-fields.ts'
import { asNumber, asShown, finite, numberValue, type Value } from '../values.ts'
import { acceptOption, parseTruth } from './command-options.ts'
import { command } from './insights-command.ts'

interface AddTotalsTree {
  readonly name: string
  readonly row: boolean
  readonly col: boolean
  /** None: all that hold numbers. */
  readonly fields: readonly FieldNode[]
}

export const addtotals = command<AddTotalsTree>({
  name: 'addtotals',
  syntax: 'addtotals [fieldname=Total] [row=true] [col=false] [field, …]',
  text: 'Adds the sum of each row’s numbers (of all shown fields, or those named) as `Total`; rows without numbers get none. With `col=true` a last row follows that holds the sums of the columns; rows are then what they show, and no events any more.',
  parse: cursor => {
    const options = { name: 'Total', row: true, col: false }
    for (let option = acceptOption(cursor, OPTIONS); option !== undefined; option = acceptOption(cursor, OPTIONS)) {
      if (option === 'fieldname') options.name = parseName(cursor)
      else options[option] = parseTruth(cursor)
    }
    const fields: FieldNode[] = []
    while (['name', 'quoted'].includes(cursor.peek().kind) || (fields.length > 0 && cursor.acceptSign(','))) fields.push(parseField(cursor))
    return { ...options, fields }
  },
  apply: ({ name, row, col, fields }, planner) => {
    const { rows } = planner
    const shown = fields.length === 0 ? shownFields(rows) : fields.map(({ name: of, path }) => ({ name: of, path }))
    const summed = shown.filter(field => field.name !== name && mayBeNumber(valueOf(field, planner)))
    if (row) {
      const numbers = summed.map(field => rows.level.define(asNumber(valueOf(field, planner))))
      rows.put(name, numberValue(sumOf(numbers)))
      rows.show({ name, path: [name] })
      if (rows.displayed !== undefined) rows.displayed = [...rows.displayed.filter(field => field.name !== name), { name, path: [name] }]
    }
    if (col) addSummary([...summed, ...(row ? [{ name, path: [name] }] : [])], planner)
  },
})

const OPTIONS = ['fieldname', 'row', 'col'] as const

const mayBeNumber = ({ type }: Value): boolean => type === 'number' || type === 'any' || type === 'json'

const valueOf = ({ name, path }: ShownField, planner: Planner): Value => planner.rows.field(path) ?? planner.bind({ kind: 'field', name, path, start: 0, end: 0 })

/** Of what is there; nothing, where nothing is. */
const sumOf = (numbers: readonly Expression[]): Expression => {
  if (numbers.length === 0) return cast(NULL, 'Nullable(Float64)')
  const sum = finite(call('plus', ...numbers.map(number => call('ifNull', number, constant(0))), constant(0)))
  return choose([[or(...numbers.map(number => call('isNotNull', number))), sum]], NULL)
}

/** No name that a query can give begins so. */
const HIDDEN = '\0total '

/** One more row, the last of all: it comes out of the last row that there is, so that rows are read once. */
const addSummary = (summed: readonly ShownField[], planner: Planner): void => {
  const { rows } = planner
  rows.open()
  const numbers = summed.map(field => rows.level.define(asNumber(valueOf(field, planner))))
  summed.forEach((field, index) => rows.put(`${HIDDEN}${field.name}`, numberValue(finite(window(call('sum', numbers[index]!), [], 'all')))))
  const isLast = call('equals', window(call('row_number'), rows.order), window(call('count'), [], 'all'))
  rows.put(LAST, { type: 'boolean', sql: isLast })
  rows.wrap()
  const all = shownFields(rows).map(field => ({ name: field.name, value: valueOf(field, planner) }))
  const place = rows.names.next('e')
  rows.level.unnest = [{ name: place, of: choose([[rows.named(LAST)!.sql, list([constant(0), constant(1)])]], list([constant(0)])) }]
  const isSummary = call('equals', column(place), constant(1))
  const totals = new Map(summed.map(field => [field.name, rows.named(`${HIDDEN}${field.name}`)!]))
  const made = all.map(({ name, value }) => [name, withTotal(value, totals.get(name), isSummary)] as const)
  rows.putAll(made)
  rows.order = [{ by: rows.level.define(isSummary) }, ...rows.order]
  rows.settle(all.map(({ name }) => ({ name, path: [name] })))
}

const LAST = '\0last'

const withTotal = (value: Value, total: Value | undefined, isSummary: Expression): Value => {
  if (total === undefined) return { type: value.type, sql: choose([[isSummary, NULL]], value.sql) }
  if (value.type === 'number') return numberValue(choose([[isSummary, total.sql]], value.sql))
  return { type: 'any', sql: choose([[isSummary, call('toString', total.sql)]], asShown(value)) }
}
