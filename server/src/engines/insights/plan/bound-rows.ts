import { column, constant, type Expression } from '../../../sql/expression.ts'
import { type ColumnNames, Level } from './level.ts'

/** Rows that the compiler has found already: bound arrays, a column each, all of one length. */
export const boundRows = (columns: Readonly<Record<string, Expression>>, names: ColumnNames): Level =>
  new Level(() => ({
    kind: 'select',
    select: {
      kind: 'select',
      columns: Object.keys(columns).map(name => ({ name, of: column(name) })),
      from: { kind: 'select', select: { kind: 'select', columns: [{ name: 'one', of: constant(1) }] } },
      unnest: Object.entries(columns).map(([name, of]) => ({ name, of })),
    },
  }), names)
