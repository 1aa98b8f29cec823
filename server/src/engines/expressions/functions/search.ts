import { seconds } from '../../../base/time.ts'
import { fetchedList } from './fetched.ts'
import type { MathFunction } from './math-function.ts'

export const search: MathFunction = {
  name: 'SEARCH',
  group: 'sources',
  parameters: [
    { name: 'query', takes: ['string'] },
    { name: 'statistic', takes: ['string'] },
    { name: 'period', takes: ['number'], optional: true },
  ],
  yields: '→ TS[]',
  doc: 'The metrics that a search finds, in a statistic and with a period in seconds (the query\'s own if there is none).',
  examples: [
    {
      expression: "SUM(SEARCH('{AWS/EC2,InstanceId} MetricName=\"NetworkIn\"', 'Average', 300))",
      metrics: {},
      found: ['1 - 2', '3 4 -'],
      result: '4 4 2',
    },
    { expression: "SEARCH('{Shop,Host} latency', 'p99')", metrics: {}, found: ['1 -', '3 4'], result: ['1 -', '3 4'] },
  ],
  bind: call => {
    const [query, statistic] = [call.text(0), call.text(1)]
    const period = call.count > 2 ? call.number(2) : call.scope.period
    if (period !== undefined && !(Number.isSafeInteger(period) && period > 0)) throw call.problem(2, "The period of 'SEARCH' is a number of seconds")
    return fetchedList(call, { kind: 'search', query, statistic, period: period === undefined ? undefined : seconds(period) })
  },
}
