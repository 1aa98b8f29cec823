import { call } from '../../../../sql/expression.ts'
import type { InsightsAggregate } from '../insights-function.ts'

const EVENTS = ['{"code":200}', '{"code":500}', '{"code":503}', '{}']

export const earliest: InsightsAggregate = {
  aggregate: true,
  name: 'earliest',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The field’s value in the earliest event that has it.',
  examples: [
    { expression: 'earliest(code)', events: EVENTS, result: '200' },
    { expression: 'earliest(missing)', result: null },
  ],
  bind: ([field], context) => ({ type: field!.type, sql: call('argMin', field!.sql, context.timestamp().sql) }),
}

export const latest: InsightsAggregate = {
  aggregate: true,
  name: 'latest',
  parameters: [{ name: 'field', takes: 'any' }],
  text: 'The field’s value in the latest event that has it.',
  examples: [
    { expression: 'latest(code)', events: EVENTS, result: '503' },
    { expression: 'latest(missing)', result: null },
  ],
  bind: ([field], context) => ({ type: field!.type, sql: call('argMax', field!.sql, context.timestamp().sql) }),
}
