import type { AnomalyDetector, AnomalyDetectorConfiguration } from '@aws-sdk/client-cloudwatch'
import type { DetectorConfiguration, DetectorRecord } from '../../../model/anomaly-detector.ts'
import { describeQuery } from '../alarms/view.ts'

/** A detector as DescribeAnomalyDetectors shows it: a single metric both in the older flat members and in the newer one. */
export const describeDetector = ({ detector, state }: DetectorRecord): AnomalyDetector => ({
  AnomalyDetectorId: detector.id,
  ...described(detector),
  Configuration: configuration(detector.configuration),
  ...(detector.configuration.periodicSpikes === undefined
    ? {}
    : { MetricCharacteristics: { PeriodicSpikes: detector.configuration.periodicSpikes } }),
  StateValue: state,
})

const described = ({ source, tenant }: DetectorRecord['detector']): Partial<AnomalyDetector> => {
  if (source.kind === 'math') return { MetricMathAnomalyDetector: { MetricDataQueries: source.queries.map(describeQuery) } }
  const { namespace, name, dimensions } = source.metric
  const metric = {
    Namespace: namespace,
    MetricName: name,
    Dimensions: dimensions.map(dimension => ({ Name: dimension.name, Value: dimension.value })),
    Stat: source.statistic,
  }
  return { ...metric, SingleMetricAnomalyDetector: { AccountId: tenant.account, ...metric } }
}

const configuration = ({ excluded, timezone, adaptationSpeed, outlierFiltering }: DetectorConfiguration): AnomalyDetectorConfiguration => ({
  ExcludedTimeRanges: excluded.map(({ from, to }) => ({ StartTime: new Date(from * 1000), EndTime: new Date(to * 1000) })),
  ...(timezone === undefined ? {} : { MetricTimezone: timezone }),
  ...(adaptationSpeed === undefined ? {} : { AdaptationSpeed: adaptationSpeed }),
  ...(outlierFiltering === undefined ? {} : { OutlierFilteringStrength: outlierFiltering }),
})
