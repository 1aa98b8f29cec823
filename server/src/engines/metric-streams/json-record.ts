import type { MetricStream } from '../../model/metric-stream.ts'
import type { StreamDatum } from './datum.ts'

/** Lines of JSON, one a datum, as AWS's `json` output format has them. */
export const jsonRecord = (stream: MetricStream, data: readonly StreamDatum[]): Uint8Array =>
  new TextEncoder().encode(data.map(datum => `${JSON.stringify(lineOf(stream, datum))}\n`).join(''))

const lineOf = ({ name, tenant }: MetricStream, { metric, start, unit, count, sum, minimum, maximum, further }: StreamDatum): object => ({
  metric_stream_name: name,
  account_id: tenant.account,
  region: tenant.region,
  namespace: metric.namespace,
  metric_name: metric.name,
  dimensions: Object.fromEntries(metric.dimensions.map(dimension => [dimension.name, dimension.value])),
  timestamp: start * 1000,
  value: { max: maximum, min: minimum, sum, count, ...Object.fromEntries(further) },
  unit,
})
