import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { detectFormat, SAMPLE_BYTES } from '../../engines/log-formats/detect-format.ts'
import type { LineParser, ParsedEvent } from '../../engines/log-formats/log-format.ts'
import type { LogEventColumns } from '../../model/log-intake.ts'

/** As PutLogEvents has them: whoever listens to arrivals is used to these. */
const MOST_EVENTS = 10_000
const MOST_BYTES = 1_048_576
const EVENT_BYTES = 26
/** Times ahead of this are a mistake of whoever wrote them. */
const FUTURE_MILLIS = 2 * 3_600_000

interface Reading {
  readonly key: string
  readonly modifiedAt: EpochMillis
  readonly now: EpochMillis
  /** Events that were taken before. */
  readonly skip: number
  /** How many events the first batch has, where that is decided. */
  readonly first: number | undefined
}

/** The object's events in batches, each in the order of time: the same bytes make the same events. Throws `BrokenLog`. */
export const eventBatches = async function* (bytes: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<LogEventColumns> {
  let { skip, first } = reading
  let batch: ParsedEvent[] = []
  let size = 0
  const close = (): LogEventColumns => {
    const columns = columnsOf(batch, reading)
    batch = []
    size = 0
    first = undefined
    return columns
  }
  try {
    for await (const events of parsed(bytes, reading)) {
      for (const event of events) {
        if (skip > 0) {
          skip--
          continue
        }
        const bytesOf = Buffer.byteLength(event.message) + EVENT_BYTES
        if (batch.length > 0 && (first === undefined ? batch.length === MOST_EVENTS || size + bytesOf > MOST_BYTES : batch.length === first)) yield close()
        batch.push(event)
        size += bytesOf
      }
    }
  } catch (error) {
    // What was read before it broke stays good.
    if (batch.length > 0) yield close()
    throw error
  }
  if (batch.length > 0) yield close()
}

const parsed = async function* (bytes: AsyncIterable<Uint8Array>, { key, modifiedAt }: Reading): AsyncGenerator<readonly ParsedEvent[]> {
  let parser: LineParser | undefined
  const first: Uint8Array[] = []
  let length = 0
  const open = (): readonly ParsedEvent[] => {
    const sample = Buffer.concat(first)
    parser = detectFormat(sample.subarray(0, SAMPLE_BYTES), key).open({ modifiedAt })
    return parser.push(sample)
  }
  for await (const piece of bytes) {
    if (parser !== undefined) yield parser.push(piece)
    else {
      first.push(piece)
      length += piece.length
      if (length >= SAMPLE_BYTES) yield open()
    }
  }
  if (parser === undefined) yield open()
  yield parser!.end()
}

const columnsOf = (events: readonly ParsedEvent[], { modifiedAt, now }: Reading): LogEventColumns => {
  const timed = events.map(({ timestamp, message }) => ({ at: timeOf(timestamp, now) ?? modifiedAt, message }))
  timed.sort((one, other) => one.at - other.at)
  return { timestamps: timed.map(({ at }) => at), messages: timed.map(({ message }) => message) }
}

const timeOf = (timestamp: number | undefined, now: EpochMillis): EpochMillis | undefined =>
  timestamp === undefined || !(timestamp >= 0 && timestamp <= now + FUTURE_MILLIS) ? undefined : epochMillis(Math.floor(timestamp))
