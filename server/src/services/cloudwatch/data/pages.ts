import type { EpochMillis, EpochSeconds } from '../../../base/time.ts'
import type { Series } from '../ports.ts'

/** Where a page ended and the next goes on. */
export interface Cursor {
  /** When the first page was asked for: ranges are rounded by it, so that all pages speak of the same buckets. */
  readonly asked: EpochMillis
  /** Index of the line to go on with. */
  readonly line: number
  /** The last datapoint of that line that was already given. */
  readonly after: EpochSeconds | null
}

export const isCursor = (value: unknown): value is Cursor =>
  typeof value === 'object' && value !== null &&
  'asked' in value && Number.isSafeInteger(value.asked) &&
  'line' in value && Number.isSafeInteger(value.line) &&
  'after' in value && (value.after === null || Number.isSafeInteger(value.after))

interface PagePart extends Series {
  /** False when more of this line follows on the next page. */
  readonly complete: boolean
}

/**
 * The part of a line that a page with room for `room` datapoints takes: in the order of `descending`, from after the
 * last datapoint given.
 */
export const takePart = (series: Series, after: EpochSeconds | null, descending: boolean, room: number): PagePart => {
  const { timestamps, values } = series
  const order = timestamps.map((_, index) => (descending ? timestamps.length - 1 - index : index))
  const left = after === null ? order : order.filter(index => (descending ? timestamps[index]! < after : timestamps[index]! > after))
  const taken = left.slice(0, room)
  return {
    timestamps: taken.map(index => timestamps[index]!),
    values: taken.map(index => values[index]!),
    complete: taken.length === left.length,
  }
}
