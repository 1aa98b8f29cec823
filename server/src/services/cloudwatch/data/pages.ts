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

/** A stretch of a line. */
interface PagePart {
  /** The stretch as places of the line, `to` exclusive, and whether it is read backwards. */
  readonly from: number
  readonly to: number
  readonly descending: boolean
  /** False when more of this line follows on the next page. */
  readonly complete: boolean
}

/**
 * The part of a line that a page with room for `room` datapoints takes: in the order of `descending`, from after the
 * last datapoint given.
 */
export const takePart = ({ timestamps }: Series, after: EpochSeconds | null, descending: boolean, room: number): PagePart => {
  let from = 0
  let to = timestamps.length
  if (after !== null && descending) while (to > 0 && timestamps[to - 1]! >= after) to--
  if (after !== null && !descending) while (from < to && timestamps[from]! <= after) from++
  const complete = to - from <= room
  if (!complete && descending) from = to - room
  else if (!complete) to = from + room
  return { from, to, descending, complete }
}

/** What the part has of a column of its line. */
export const cut = <Item>(column: readonly Item[], { from, to, descending }: PagePart): Item[] => {
  const part = column.slice(from, to)
  return descending ? part.reverse() : part
}

/** The times of parts as dates. Series of one request mostly share their times, and so their dates. */
export class PartDates {
  readonly #known = new Map<readonly EpochSeconds[], { readonly part: PagePart; readonly dates: Date[] }>()

  of(times: readonly EpochSeconds[], part: PagePart): Date[] {
    const known = this.#known.get(times)
    if (known !== undefined && known.part.from === part.from && known.part.to === part.to) return known.dates
    const dates = cut(times, part).map(at => new Date(at * 1000))
    this.#known.set(times, { part, dates })
    return dates
  }
}
