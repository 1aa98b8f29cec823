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

/**
 * A discovered field's columns in `log_events`, by the group's number. Groups that are missing here have no column for it, but their
 * messages may hold it: there it is read out of the message.
 */
export type LogFieldColumns = ReadonlyMap<number, string>
