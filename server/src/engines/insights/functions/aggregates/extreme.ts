import { call, choose, NULL } from '../../../../sql/expression.ts'
import { asNumber, asShown, type Value } from '../../values.ts'
import type { InsightsAggregate } from '../insights-function.ts'

export const max: InsightsAggregate = {
  aggregate: true,
  name: 'max',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The largest of the field’s values: of its numbers if it has any, else the last of its texts by code point.',
  examples: [
    { expression: 'max(ms)', events: ['{"ms":9}', '{"ms":"10"}', '{"ms":"slow"}', '{}'], result: '10' },
    { expression: 'max(level)', events: ['{"level":"INFO"}', '{"level":"WARN"}'], result: 'WARN' },
    { expression: 'max(missing)', result: null },
  ],
  bind: ([field]) => extreme(field!, 'max'),
}

export const min: InsightsAggregate = {
  aggregate: true,
  name: 'min',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The smallest of the field’s values: of its numbers if it has any, else the first of its texts by code point.',
  examples: [
    { expression: 'min(ms)', events: ['{"ms":9}', '{"ms":"10"}', '{"ms":"fast"}', '{}'], result: '9' },
    { expression: 'min(level)', events: ['{"level":"INFO"}', '{"level":"WARN"}'], result: 'INFO' },
    { expression: 'min(@timestamp)', events: ['one', 'two'], result: '2026-01-01 10:00:00.000' },
  ],
  bind: ([field]) => extreme(field!, 'min'),
}

const extreme = (field: Value, of: 'max' | 'min'): Value => {
  if (field.type === 'number' || field.type === 'time' || field.type === 'boolean') return { type: field.type, sql: call(of, field.sql) }
  const number = call(of, asNumber(field))
  if (field.numeric === true) return { type: 'any', sql: call('toString', number), number, numeric: true }
  const text = call(of, choose([[call('isNull', asNumber(field)), asShown(field)]], NULL))
  return { type: 'any', sql: call('coalesce', call('toString', number), text), number }
}
