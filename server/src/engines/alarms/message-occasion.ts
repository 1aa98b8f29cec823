import type { AlarmContributor } from '../../model/alarm.ts'
import type { Tags } from './facts.ts'

/** What a message tells besides the alarm and its change. */
export interface MessageOccasion {
  /** The contributor that changed; the records' states are then its states. */
  readonly contributor?: AlarmContributor | undefined
  /** The change itself was muted; it is told of now because it still stands. */
  readonly afterMuteWindow?: boolean | undefined
  /** Of the query that a log alarm stands on. */
  readonly lines?: readonly string[] | undefined
  /** Undefined: the alarm keeps its tags to itself. */
  readonly tags?: Tags | undefined
}
