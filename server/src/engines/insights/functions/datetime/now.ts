import { boundNumber } from '../../../../sql/expression.ts'
import { numberValue } from '../../values.ts'
import type { InsightsFunction } from '../insights-function.ts'

export const now: InsightsFunction = {
  name: 'now',
  parameters: [],
  text: 'The seconds from the beginning of 1970 in UTC to when the query began, the same for all rows.',
  examples: [{ expression: 'now() > 1700000000', result: '1' }],
  bind: (_, context) => numberValue(boundNumber(Math.floor(context.now / 1000))),
}

export const queryStartTime: InsightsFunction = {
  name: 'queryStartTime',
  parameters: [],
  text: 'Where the query’s time range begins, in epoch milliseconds.',
  examples: [{ expression: 'queryStartTime() <= toMillis(@timestamp)', events: ['in the range'], result: '1' }],
  bind: (_, context) => numberValue(boundNumber(context.start)),
}

export const queryEndTime: InsightsFunction = {
  name: 'queryEndTime',
  parameters: [],
  text: 'Where the query’s time range ends, in epoch milliseconds.',
  examples: [{ expression: 'queryEndTime() >= toMillis(@timestamp)', events: ['in the range'], result: '1' }],
  bind: (_, context) => numberValue(boundNumber(context.end)),
}

export const queryTimeRange: InsightsFunction = {
  name: 'queryTimeRange',
  parameters: [],
  text: 'How long the query’s time range is, in milliseconds.',
  examples: [{ expression: 'queryTimeRange() = queryEndTime() - queryStartTime()', result: '1' }],
  bind: (_, context) => numberValue(boundNumber(context.end - context.start)),
}
