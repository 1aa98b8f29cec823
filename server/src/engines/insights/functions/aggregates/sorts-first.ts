import { call, constant, type Expression } from '../../../../sql/expression.ts'
import { sortKeys } from '../../plan/sort-keys.ts'
import type { Value } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

const EVENTS = ['{"v":"b2"}', '{"v":"b10"}', '{"v":7}', '{}']

export const sortsFirst: InsightsAggregate = {
  aggregate: true,
  name: 'sortsFirst',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The field’s value that `sort` puts first.',
  examples: [
    { expression: 'sortsFirst(v)', events: EVENTS, result: 'b2' },
    { expression: 'sortsFirst(missing)', result: null },
  ],
  bind: ([field]) => ({ type: field!.type, sql: call('argMin', field!.sql, key(field!)) }),
}

export const sortsLast: InsightsAggregate = {
  aggregate: true,
  name: 'sortsLast',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The field’s value that `sort` puts last.',
  examples: [
    { expression: 'sortsLast(v)', events: EVENTS, result: '7' },
    { expression: 'sortsLast(missing)', result: null },
  ],
  bind: ([field]) => ({ type: field!.type, sql: call('argMax', field!.sql, key(field!)) }),
}

/** A literal has no order: any row will do. */
const key = (field: Value): Expression => {
  const keys = sortKeys(field, false).map(({ by }) => by)
  return keys.length === 1 ? keys[0]! : keys.length === 0 ? constant(0) : call('tuple', ...keys)
}
