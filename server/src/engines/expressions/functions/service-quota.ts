import { fetchedSeries } from './fetched.ts'
import type { MathFunction } from './math-function.ts'

export const serviceQuota: MathFunction = {
  name: 'SERVICE_QUOTA',
  group: 'sources',
  parameters: [{ name: 'metric', takes: ['metric'] }],
  yields: 'TS → TS',
  doc: 'The quota that a usage metric (of AWS/Usage) counts against. Without AWS there is none, and no datapoint.',
  differs: 'checked; no datapoints: there are no quotas of AWS here',
  examples: [{ expression: '100 * m1 / SERVICE_QUOTA(m1)', metrics: { m1: '5 10' }, found: [], result: '- -' }],
  bind: call => fetchedSeries(call, { kind: 'service-quota', metric: call.id(0).id }),
}
