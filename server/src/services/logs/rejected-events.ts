import type { RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs'
import type { EpochMillis } from '../../base/time.ts'
import { invalidParameter } from './faults.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Documented: two hours ahead, fourteen days back, and what is left within a day. */
const FUTURE_MILLIS = 2 * HOUR
const PAST_MILLIS = 14 * DAY
const SPAN_MILLIS = DAY

interface Sorted {
  /** What is stored: from here up to before `to`. */
  readonly from: number
  readonly to: number
  readonly rejected: RejectedLogEventsInfo | undefined
}

/** Which events of a request (in the order of their times) are stored. Throws when those span more than a day. */
export const rejectedEvents = (timestamps: readonly EpochMillis[], retentionDays: number | undefined, now: EpochMillis): Sorted => {
  const tooOld = firstAtOrAfter(timestamps, now - PAST_MILLIS)
  const expired = retentionDays === undefined ? 0 : firstAtOrAfter(timestamps, now - retentionDays * DAY)
  const from = Math.max(tooOld, expired)
  const to = Math.max(from, firstAtOrAfter(timestamps, now + FUTURE_MILLIS + 1))
  if (to > from && timestamps[to - 1]! - timestamps[from]! > SPAN_MILLIS) {
    throw invalidParameter('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
  if (from === 0 && to === timestamps.length) return { from, to, rejected: undefined }
  return {
    from,
    to,
    rejected: {
      ...(to < timestamps.length ? { tooNewLogEventStartIndex: to } : {}),
      ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
      ...(expired > tooOld ? { expiredLogEventEndIndex: expired } : {}),
    },
  }
}

const firstAtOrAfter = (timestamps: readonly EpochMillis[], limit: number): number => {
  const found = timestamps.findIndex(at => at >= limit)
  return found < 0 ? timestamps.length : found
}
