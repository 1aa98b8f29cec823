import { isObject } from '../../base/is-object.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { isUnit, type Unit } from '../../model/metric.ts'

/** A datapoint of a service, as it is posted and listed. */
export interface ServiceMetric {
  readonly serviceName: string
  readonly metricName: string
  readonly timestamp: EpochMillis
  readonly value: number
  readonly unit: Unit
  /** Whatever the sender adds; it is no part of the metric's identity. */
  readonly metadata: Readonly<Record<string, unknown>>
}

/** Where the metrics are found again: `aws cloudwatch list-metrics --namespace Services`. */
export const NAMESPACE = 'Services'
export const SERVICE_DIMENSION = 'ServiceName'
/** Where each datapoint lies with its metadata, a stream for each service. */
export const LOG_GROUP = '/services/metrics'

/** The log event that a datapoint is kept as: in the embedded metric format, so that the metric comes of it by itself. */
export const eventOf = ({ serviceName, metricName, timestamp, value, unit, metadata }: ServiceMetric): string =>
  JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [[SERVICE_DIMENSION]], Metrics: [{ Name: metricName, Unit: unit }] }],
    },
    [SERVICE_DIMENSION]: serviceName,
    metricName,
    [metricName]: value,
    metadata,
  })

/** Members of such an event that no metric can be called. */
export const RESERVED: ReadonlySet<string> = new Set(['_aws', SERVICE_DIMENSION, 'metricName', 'metadata'])

/** The datapoint of a log event; undefined for what somebody else wrote into the group. */
export const metricOfEvent = (message: string): ServiceMetric | undefined => {
  let event: unknown
  try {
    event = JSON.parse(message)
  } catch {
    return undefined
  }
  if (!isObject(event)) return undefined
  const { _aws: aws, [SERVICE_DIMENSION]: serviceName, metricName, metadata } = event
  if (!isObject(aws) || typeof serviceName !== 'string' || typeof metricName !== 'string') return undefined
  const value = event[metricName]
  const timestamp = aws['Timestamp']
  if (typeof value !== 'number' || typeof timestamp !== 'number') return undefined
  return { serviceName, metricName, timestamp: epochMillis(timestamp), value, unit: unitOf(aws['CloudWatchMetrics']), metadata: isObject(metadata) ? metadata : {} }
}

const unitOf = (directives: unknown): Unit => {
  const metrics: unknown = Array.isArray(directives) ? (directives[0] as { readonly Metrics?: unknown } | undefined)?.Metrics : undefined
  const unit: unknown = Array.isArray(metrics) ? (metrics[0] as { readonly Unit?: unknown } | undefined)?.Unit : undefined
  return typeof unit === 'string' && isUnit(unit) ? unit : 'None'
}
