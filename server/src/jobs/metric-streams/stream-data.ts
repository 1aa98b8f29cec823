import { afterReadyIo } from '../../base/clock.ts'
import { seconds, toMillis, type EpochSeconds } from '../../base/time.ts'
import { STREAM_PERIOD, streamDatum, type StreamDatum } from '../../engines/metric-streams/datum.ts'
import { streamSelection } from '../../engines/metric-streams/selection.ts'
import type { MetricStream } from '../../model/metric-stream.ts'
import type { StreamParts } from './ports.ts'

/** So many metrics are read at once; then whoever waits for this process has his turn. */
const METRICS_PER_READ = 100
/** So many data are one record: below Firehose's 1,000 KB with the longest names that people give. */
const DATA_PER_RECORD = 500

/** The minutes in [start, end) of everything that a stream sends, in pieces that fit a record. */
export const streamData = async function* (
  stream: MetricStream, start: EpochSeconds, end: EpochSeconds, { directory, reads }: Pick<StreamParts, 'directory' | 'reads'>,
): AsyncGenerator<readonly StreamDatum[]> {
  const selection = streamSelection(stream)
  const { tenant } = stream
  const listed = await directory.list({ tenant, namespace: undefined, name: undefined, dimensions: [], since: toMillis(start) })
  const metrics = listed.filter(metric => selection.matches(metric))
  let piece: StreamDatum[] = []
  for (let from = 0; from < metrics.length; from += METRICS_PER_READ) {
    if (from > 0) await afterReadyIo()
    const batch = metrics.slice(from, from + METRICS_PER_READ)
    // Samples are only read for those whose statistics need them.
    for (const samples of [false, true]) {
      const alike = batch.filter(metric => selection.further(metric).length > 0 === samples)
      if (alike.length === 0) continue
      const period = seconds(STREAM_PERIOD)
      const found = await reads.readMany({ tenant, metrics: alike, unit: undefined, start, end, period, origin: start, samples })
      for (const [place, metric] of alike.entries()) {
        const further = selection.further(metric)
        for (const { unit, buckets } of found[place]!) {
          for (const bucket of buckets) {
            piece.push(streamDatum(metric, unit, bucket, further))
            if (piece.length < DATA_PER_RECORD) continue
            yield piece
            piece = []
          }
        }
      }
    }
  }
  if (piece.length > 0) yield piece
}
