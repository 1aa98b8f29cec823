import type { EpochMillis } from '../base/time.ts'

/**
 * What a reader may see of a group, in a range of timestamps: `grp = group AND ts >= from AND ts < to`, less what is deleted. Expired
 * events are outside of the range already.
 */
export interface LogScope {
  readonly group: number
  readonly from: EpochMillis
  /** Exclusive. */
  readonly to: EpochMillis
  /** Deleted streams: rows of that `stream` with a `seq` up to `upTo` are gone for everybody. */
  readonly deleted: readonly DeletedStream[]
}

export interface DeletedStream {
  readonly stream: string
  readonly upTo: bigint
}

/** How much there is in scopes. */
export interface LogExtent {
  readonly records: number
  /** Of their messages; of many, reckoned from some of them. */
  readonly bytes: number
}

/**
 * Where a discovered field is in `log_events`, for one group. A row has the field in one of its columns, as a number or as text, or not
 * at all: both columns are Nullable. Fields without any column (too long, too many, unlike in each event: request ids) are read out of
 * the message, and so are fields that nobody has met yet: there every row's field is.
 */
export interface LogFieldColumns {
  /** A column of `Nullable(Float64)`. */
  readonly number: string | undefined
  /** A column of `LowCardinality(Nullable(String))`: texts, `true` and `false`, and numbers that a double would write differently. */
  readonly text: string | undefined
}
