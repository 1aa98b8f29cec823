import type { InsightsAggregate } from '../insights-function.ts'
import { count } from './count.ts'
import { sum } from './sum.ts'

const EVENTS = ['{"ms":1}', '{"ms":2}', '{}']

export const countOverTime: InsightsAggregate = {
  ...count,
  name: 'countOverTime',
  aliases: ['count_over_time'],
  text: 'As `count`, named for its use with `by bin(…)`: how many events each bin has, or how many that have the field.',
  examples: [{ expression: 'countOverTime(ms)', events: EVENTS, result: '2' }, { expression: 'count_over_time(*)', events: EVENTS, result: '3' }],
}

export const sumOverTime: InsightsAggregate = {
  ...sum,
  name: 'sumOverTime',
  aliases: ['sum_over_time'],
  text: 'As `sum`, named for its use with `by bin(…)`: the sum of the field’s numbers in each bin.',
  examples: [{ expression: 'sumOverTime(ms)', events: EVENTS, result: '3' }],
}
