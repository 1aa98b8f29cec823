import { BinaryWriter } from '@bufbuild/protobuf/wire'
import type { MetricStream } from '../../model/metric-stream.ts'
import { STREAM_PERIOD, type StreamDatum } from './datum.ts'
import { attribute, attributeOfPairs, double, FIELD, fixed64, label, message, text } from './otlp-messages.ts'
import { otlpUnit } from './otlp-unit.ts'

/** How a version of the format says which metric a point is of. */
type Identify = (point: BinaryWriter, datum: StreamDatum) => void

/** An ExportMetricsServiceRequest behind its length, as AWS's `opentelemetry0.7` and `opentelemetry1.0` records have it. */
const otlpRecord = (identify: Identify) => (stream: MetricStream, data: readonly StreamDatum[]): Uint8Array => {
  const request = new BinaryWriter()
  message(request, FIELD.request.resourceMetrics, resourceMetrics => {
    message(resourceMetrics, FIELD.resourceMetrics.resource, resource => {
      attribute(resource, FIELD.resource.attributes, 'cloud.provider', 'aws')
      attribute(resource, FIELD.resource.attributes, 'cloud.account.id', stream.tenant.account)
      attribute(resource, FIELD.resource.attributes, 'cloud.region', stream.tenant.region)
      attribute(resource, FIELD.resource.attributes, 'aws.exporter.arn', stream.arn)
    })
    message(resourceMetrics, FIELD.resourceMetrics.scopeMetrics, scope => {
      for (const group of byNameAndUnit(data)) message(scope, FIELD.scopeMetrics.metrics, metric => metricOf(metric, group, identify))
    })
  })
  return new BinaryWriter().bytes(request.finish()).finish()
}

const withLabels: Identify = (point, { metric }) => {
  label(point, FIELD.point.labels, 'Namespace', metric.namespace)
  label(point, FIELD.point.labels, 'MetricName', metric.name)
  for (const { name, value } of metric.dimensions) label(point, FIELD.point.labels, name, value)
}

const withAttributes: Identify = (point, { metric }) => {
  attribute(point, FIELD.point.attributes, 'Namespace', metric.namespace)
  attribute(point, FIELD.point.attributes, 'MetricName', metric.name)
  attributeOfPairs(point, FIELD.point.attributes, 'Dimensions', metric.dimensions)
}

export const otlp07Record = otlpRecord(withLabels)
export const otlp10Record = otlpRecord(withAttributes)

const byNameAndUnit = (data: readonly StreamDatum[]): Iterable<readonly [StreamDatum, ...StreamDatum[]]> => {
  const groups = new Map<string, [StreamDatum, ...StreamDatum[]]>()
  for (const datum of data) {
    const key = `${datum.metric.namespace}\u0001${datum.metric.name}\u0001${datum.unit}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [datum])
    else group.push(datum)
  }
  return groups.values()
}

const metricOf = (writer: BinaryWriter, data: readonly [StreamDatum, ...StreamDatum[]], identify: Identify): void => {
  const [{ metric, unit }] = data
  text(writer, FIELD.metric.name, `amazonaws.com/${metric.namespace}/${metric.name}`)
  text(writer, FIELD.metric.unit, otlpUnit(unit))
  message(writer, FIELD.metric.summary, summary => {
    for (const datum of data) message(summary, FIELD.summary.dataPoints, point => pointOf(point, datum, identify))
  })
}

const nanos = (seconds: number): bigint => BigInt(seconds) * 1_000_000_000n

const pointOf = (writer: BinaryWriter, datum: StreamDatum, identify: Identify): void => {
  identify(writer, datum)
  fixed64(writer, FIELD.point.start, nanos(datum.start))
  fixed64(writer, FIELD.point.time, nanos(datum.start + STREAM_PERIOD))
  // Counts may be fractions in CloudWatch, and may not here.
  fixed64(writer, FIELD.point.count, BigInt(Math.round(datum.count)))
  double(writer, FIELD.point.sum, datum.sum)
  for (const [quantile, value] of quantilesOf(datum)) {
    message(writer, FIELD.point.quantiles, inner => {
      double(inner, FIELD.quantile.quantile, quantile)
      double(inner, FIELD.quantile.value, value)
    })
  }
}

/** Minimum and maximum are the lowest and the highest quantile; percentiles lie between. */
const quantilesOf = ({ minimum, maximum, further }: StreamDatum): readonly (readonly [number, number])[] => [
  [0, minimum],
  ...further.map(([name, value]) => [Number(name.slice(1)) / 100, value] as const).sort(([a], [b]) => a - b),
  [1, maximum],
]
