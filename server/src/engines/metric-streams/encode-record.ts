import type { MetricStream, StreamFormat } from '../../model/metric-stream.ts'
import type { StreamDatum } from './datum.ts'
import { jsonRecord } from './json-record.ts'
import { otlp07Record, otlp10Record } from './otlp-record.ts'

/** The content of one record, in each of the formats. */
export const encodeRecord: Readonly<Record<StreamFormat, (stream: MetricStream, data: readonly StreamDatum[]) => Uint8Array>> = {
  json: jsonRecord,
  'opentelemetry0.7': otlp07Record,
  'opentelemetry1.0': otlp10Record,
}
