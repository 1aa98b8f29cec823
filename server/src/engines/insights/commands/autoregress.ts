import { call, constant, window } from '../../../sql/expression.ts'
import { parseName } from '../grammar/parse-expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { QueryCursor } from '../grammar/query-cursor.ts'
import type { FieldNode } from '../grammar/query-tree.ts'
import { anyValue, asText } from '../values.ts'
import { command } from './insights-command.ts'

interface AutoregressTree {
  readonly field: FieldNode
  readonly name: string | undefined
  readonly from: number
  readonly to: number
}

/** So far back a column may look. */
const LAG_LIMIT = 100

export const autoregress = command<AutoregressTree>({
  name: 'autoregress',
  syntax: 'autoregress field [as name] [p=from[-to]]',
  text: 'Adds the values that the field had in rows before, in the order of the rows, as `<field>_p1` … or under the name given.',
  parse: cursor => {
    const field = parseField(cursor)
    const name = cursor.acceptWord('as') ? parseName(cursor) : undefined
    if (!cursor.acceptWord('p')) return { field, name, from: 1, to: 1 }
    cursor.expectSign('=')
    const from = lagOf(cursor)
    return { field, name, from, to: cursor.acceptSign('-') ? lagOf(cursor) : from }
  },
  apply: ({ field, name, from, to }, planner, node) => {
    if (from < 1 || to < from || to > LAG_LIMIT) planner.refuse(`p is a number or a range within 1 to ${LAG_LIMIT}`, node)
    for (let lag = from; lag <= to; lag++) {
      const lagName = name === undefined ? `${field.name}_p${lag}` : from === to ? name : `${name}_p${lag}`
      planner.putOverRows(lagName, () => anyValue(window(call('lagInFrame', call('toNullable', asText(planner.bind(field))), constant(lag)), planner.rows.order)), lag === to)
    }
  },
})

const lagOf = (cursor: QueryCursor): number => Number(cursor.expect('number', 'a number').text)
