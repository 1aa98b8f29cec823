import type { EpochMillis } from '../base/time.ts'
import type { LogMessages } from './log-messages.ts'
import type { LogArrival, LogGroup } from './log.ts'
import type { OnceMark } from './once-mark.ts'

/** Events as columns of equal length. */
export interface LogEventColumns {
  readonly timestamps: readonly EpochMillis[]
  readonly messages: readonly string[]
}

/** The same, with the messages as they are stored. */
export interface EncodedLogEvents {
  readonly timestamps: readonly EpochMillis[]
  readonly messages: LogMessages
  /** A member of the request that had to be there and is not: `logEvents`, `logEvents.2.member.message`. */
  readonly absent?: string | undefined
}

/** In which form events came: a PutLogEvents body in AWS JSON or CBOR, or the house's own list. */
export type LogForm = 'json' | 'cbor' | 'list'
export type LogEncoding = 'identity' | 'gzip'

/** A request's body as it came. */
export interface LogBody {
  readonly form: LogForm
  readonly encoding: LogEncoding
  readonly bytes: Uint8Array
}

/** Events of one stream, whatever the source; the group and the stream are there. */
export interface PutLogs {
  readonly group: LogGroup
  readonly stream: string
  readonly timestamps: readonly EpochMillis[]
  /** As they are at hand. */
  readonly messages: readonly string[] | LogMessages
  /** The source named an entity of its own. */
  readonly hasEntity?: boolean
  /** They are a report of the house on other events: what is found in them is masked, and nothing is reported of that. */
  readonly isReport?: boolean
  /** Called with the `seq` of the first event before any of them can be anywhere; what it throws refuses them. */
  readonly claim?: (firstSeq: bigint) => Promise<void>
  /** What they come of, where they come of claimed events; events that are claimed themselves come of nothing. */
  readonly cause?: OnceMark | undefined
  /** The request that they came in, where there is one: events from number `from` on. It is what the journal keeps. */
  readonly body?: (LogBody & { readonly from: number }) | undefined
}

/** All events of a request's body, in their order, whether or not they were accepted. Throws for what cannot be read. */
export type DecodeLogBody = (body: LogBody) => EncodedLogEvents

/** Where events are told of before they are acknowledged. What it throws is logged and harms nobody, unless the stores have no room for what it wanted kept. */
export type ArrivalListener = (arrival: LogArrival) => Promise<void> | void
