import { call } from '../../../../sql/expression.ts'
import { numberValue, type Value } from '../../values.ts'
import type { BindContext, InsightsAggregate } from '../insights-function.ts'

const EVENTS = ['{"code":200}', '{"code":500}', '{"code":503}', '{}']

export const earliest: InsightsAggregate = {
  aggregate: true,
  name: 'earliest',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The field’s value in the earliest event that has it; a time in milliseconds.',
  examples: [
    { expression: 'earliest(code)', events: EVENTS, result: '200' },
    { expression: 'earliest(@timestamp)', events: EVENTS, result: '1767261600000' },
    { expression: 'earliest(missing)', result: null },
  ],
  bind: ([field], context) => ofTime('argMin', field!, context),
}

export const latest: InsightsAggregate = {
  aggregate: true,
  name: 'latest',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The field’s value in the latest event that has it; a time in milliseconds.',
  examples: [
    { expression: 'latest(code)', events: EVENTS, result: '503' },
    { expression: 'latest(missing)', result: null },
  ],
  bind: ([field], context) => ofTime('argMax', field!, context),
}

/** Times are told as AWS tells them: in milliseconds. */
const ofTime = (pick: 'argMin' | 'argMax', field: Value, context: BindContext): Value => {
  const picked = call(pick, field.sql, context.timestamp().sql)
  return field.type === 'time' ? numberValue(picked) : { type: field.type, sql: picked }
}
