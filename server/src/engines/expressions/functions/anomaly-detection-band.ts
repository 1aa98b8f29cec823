import { fetchedList } from './fetched.ts'
import type { MathFunction } from './math-function.ts'

const DEVIATIONS = 2

export const anomalyDetectionBand: MathFunction = {
  name: 'ANOMALY_DETECTION_BAND',
  group: 'sources',
  parameters: [
    { name: 'metric', takes: ['id'] },
    { name: 'deviations', takes: ['number'], optional: true },
  ],
  yields: 'TS → TS[]',
  doc: 'Between which limits a metric or an expression was to be expected: two series, the lower limit first, so many standard deviations (2 unless given) to either side.',
  differs: "[the server's own](../server/src/engines/bands/README.md) model, from an hour of data on: AWS's is not published",
  examples: [
    { expression: 'ANOMALY_DETECTION_BAND(m1)', metrics: { m1: '5 6' }, found: ['3 4', '7 8'], result: ['3 4', '7 8'] },
    { expression: 'm1 > LAST(ANOMALY_DETECTION_BAND(m1, 3))', metrics: { m1: '5 9' }, found: ['3 4', '7 8'], result: '0 1' },
  ],
  bind: call => {
    const deviations = call.count > 1 ? call.number(1) : DEVIATIONS
    if (!(deviations > 0)) throw call.problem(1, "The deviations of 'ANOMALY_DETECTION_BAND' are more than 0")
    return fetchedList(call, { kind: 'band', metric: call.id(0).id, deviations })
  },
}
