import { epochMillis, type EpochMillis } from '../base/time.ts'

/** A `seq` is the milliseconds of ingestion times this, plus a counter. */
export const SEQ_PER_MILLI = 1_048_576n

export const ingestedAt = (seq: bigint): EpochMillis => epochMillis(Number(seq / SEQ_PER_MILLI))

/** Where an event is: its group's number, its timestamp in milliseconds, its `seq`. */
export interface LogEventPlace {
  readonly group: number
  readonly timestamp: EpochMillis
  readonly seq: bigint
}

/** AWS's `eventId`: 56 decimal digits, in the order of the events. */
export const eventIdOf = ({ group, timestamp, seq }: LogEventPlace): string =>
  `3${String(timestamp).padStart(17, '0')}${String(seq).padStart(20, '0')}${String(group).padStart(10, '0')}00000000`

/** AWS's `@ptr`, opaque to callers; in SQL: `base64Encode(concat(toString(grp), '-', toString(ts), '-', toString(seq)))`. */
export const pointerOf = ({ group, timestamp, seq }: LogEventPlace): string => Buffer.from(`${group}-${timestamp}-${seq}`).toString('base64')

/** Whoever resolves it checks whose group it names. Undefined for what is no pointer. */
export const readPointer = (text: string): LogEventPlace | undefined => {
  const [, group, timestamp, seq] = /^(\d{1,10})-(\d{1,16})-(\d{1,20})$/.exec(Buffer.from(text, 'base64').toString('latin1')) ?? []
  if (group === undefined || timestamp === undefined || seq === undefined) return undefined
  return { group: Number(group), timestamp: epochMillis(Number(timestamp)), seq: BigInt(seq) }
}
