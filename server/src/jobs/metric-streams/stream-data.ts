import { afterReadyIo } from '../../base/clock.ts'
import { seconds, toMillis, type EpochSeconds } from '../../base/time.ts'
import { STREAM_PERIOD, streamDatum, type StreamDatum } from '../../engines/metric-streams/datum.ts'
import { streamSelection } from '../../engines/metric-streams/selection.ts'
import type { MetricStream } from '../../model/metric-stream.ts'
import type { StreamParts } from './ports.ts'

/** So many metrics are read before whoever waits for this process has his turn. */
const READS_BETWEEN_TURNS = 50
/** So many data are one record: below Firehose's 1,000 KB with the longest names that people give. */
const DATA_PER_RECORD = 500

/** The minutes in [start, end) of everything that a stream sends, in pieces that fit a record. */
export const streamData = async function* (
  stream: MetricStream, start: EpochSeconds, end: EpochSeconds, { directory, reads }: Pick<StreamParts, 'directory' | 'reads'>,
): AsyncGenerator<readonly StreamDatum[]> {
  const selection = streamSelection(stream)
  const { tenant } = stream
  const metrics = await directory.list({ tenant, namespace: undefined, name: undefined, dimensions: [], since: toMillis(start) })
  let piece: StreamDatum[] = []
  let read = 0
  for (const metric of metrics) {
    if (!selection.matches(metric)) continue
    if (++read % READS_BETWEEN_TURNS === 0) await afterReadyIo()
    const further = selection.further(metric)
    const period = seconds(STREAM_PERIOD)
    const found = await reads.read({ tenant, metric, unit: undefined, start, end, period, origin: start, samples: further.length > 0 })
    for (const { unit, buckets } of found) {
      for (const bucket of buckets) {
        piece.push(streamDatum(metric, unit, bucket, further))
        if (piece.length < DATA_PER_RECORD) continue
        yield piece
        piece = []
      }
    }
  }
  if (piece.length > 0) yield piece
}
