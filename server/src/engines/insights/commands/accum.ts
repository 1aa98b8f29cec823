import { call, window } from '../../../sql/expression.ts'
import { parseName } from '../grammar/parse-expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { asNumber, numberValue } from '../values.ts'
import { command } from './insights-command.ts'

interface AccumTree {
  readonly field: FieldNode
  readonly name: string
}

export const accum = command<AccumTree>({
  name: 'accum',
  syntax: 'accum field [as name]',
  text: 'Adds the running sum of a field, in the order of the rows, as `accum_<field>` if no name is given.',
  parse: cursor => {
    const field = parseField(cursor)
    return { field, name: cursor.acceptWord('as') ? parseName(cursor) : `accum_${field.name}` }
  },
  apply: ({ field, name }, planner) =>
    planner.putOverRows(name, () => numberValue(window(call('sum', asNumber(planner.bind(field))), planner.rows.order))),
})
