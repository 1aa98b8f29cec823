import type { DescribeAnomalyDetectorsCommandInput, DescribeAnomalyDetectorsOutput } from '@aws-sdk/client-cloudwatch'
import type { DetectorRecord, DetectorSource } from '../../model/anomaly-detector.ts'
import { metricKey, sortDimensions, type MetricIdentity } from '../../model/metric.ts'
import { enforce, integer, list, oneOf, structure, text } from '../constraints.ts'
import { operation, type Call } from '../operation.ts'
import type { DetectorStore } from './detectors/ports.ts'
import { exclusive } from './detectors/source.ts'
import { describeDetector } from './detectors/view.ts'
import { invalidNextToken } from './faults.ts'
import { dimensions, metricName, namespace } from './limits.ts'
import { openToken, sealToken, type TokenScope } from './next-token.ts'

const MOST = 100

const INPUT = structure({
  AnomalyDetectorIds: list(text({ min: 1, max: 255 }), { max: 50 }),
  MaxResults: integer({ min: 1, max: MOST }),
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  AnomalyDetectorTypes: list(oneOf(['SINGLE_METRIC', 'METRIC_MATH']), { max: 2 }),
})

const FILTERS = ['Namespace', 'MetricName', 'Dimensions', 'AnomalyDetectorTypes'] as const

/** Detectors on single metrics, unless other types are asked for; by id. */
export const describeAnomalyDetectors = (detectors: DetectorStore) =>
  operation<DescribeAnomalyDetectorsCommandInput, DescribeAnomalyDetectorsOutput>({
    name: 'DescribeAnomalyDetectors',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, call) {
      enforce(INPUT, input)
      const filter = FILTERS.find(name => input[name] !== undefined)
      if (input.AnomalyDetectorIds !== undefined && filter !== undefined) throw exclusive('AnomalyDetectorIds', filter)
      const scope = scopeOf(input, call)
      const after = input.NextToken === undefined ? '' : openToken(scope, input.NextToken)
      if (typeof after !== 'string') throw invalidNextToken()
      const found = (await detectors.list(call.tenant)).filter(record => record.detector.id > after && wanted(record, input))
      const page = found.slice(0, input.MaxResults ?? MOST)
      return {
        AnomalyDetectors: page.map(describeDetector),
        ...(page.length < found.length ? { NextToken: sealToken(scope, page.at(-1)!.detector.id) } : {}),
      }
    },
  })

const wanted = ({ detector }: DetectorRecord, input: DescribeAnomalyDetectorsCommandInput): boolean => {
  if (input.AnomalyDetectorIds !== undefined) return input.AnomalyDetectorIds.includes(detector.id)
  const { Namespace, MetricName, Dimensions } = input
  const asked = input.AnomalyDetectorTypes ?? []
  const types = asked.length === 0 ? ['SINGLE_METRIC'] : asked
  if (!types.includes(detector.source.kind === 'metric' ? 'SINGLE_METRIC' : 'METRIC_MATH')) return false
  const only = Dimensions && sortDimensions(Dimensions.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value })))
  return metricsOf(detector.source).some(
    metric =>
      (Namespace === undefined || metric.namespace === Namespace) &&
      (MetricName === undefined || metric.name === MetricName) &&
      (only === undefined || metricKey(metric) === metricKey({ ...metric, dimensions: only })),
  )
}

/** A detector on an expression is found by any of the metrics that go into it. */
const metricsOf = (source: DetectorSource): readonly MetricIdentity[] =>
  source.kind === 'metric' ? [source.metric] : source.queries.flatMap(({ stored }) => (stored === undefined ? [] : [stored.metric]))

const scopeOf = (input: DescribeAnomalyDetectorsCommandInput, { tenant }: Call): TokenScope => ({
  operation: 'DescribeAnomalyDetectors',
  tenant,
  request: [input.AnomalyDetectorIds, ...FILTERS.map(name => input[name])],
})
