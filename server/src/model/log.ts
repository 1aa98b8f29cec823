import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'
import type { OnceMark } from './once-mark.ts'

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'ESSENTIALS' | 'DELIVERY'

export interface LogGroup {
  readonly tenant: Tenant
  /** The group in every store; never used again, so that one which is made anew under the same name shows nothing of the old one. */
  readonly id: number
  readonly name: string
  /** Without `:*` at its end. */
  readonly arn: Arn
  readonly class: LogGroupClass
  /** What the group itself says (`LogRetention` is what holds); undefined: events never expire. */
  readonly retentionDays: number | undefined
  /** Recorded and shown. */
  readonly kmsKeyId: string | undefined
  readonly deletionProtected: boolean
  /** Whether the HTTP endpoints take events from callers with bearer tokens. */
  readonly bearerTokens: boolean
  readonly createdAt: EpochMillis
}

/** For how long a group's events are kept; undefined: they never expire. Its account's policy that says so goes before what the group says itself. */
export interface LogRetention {
  readonly days: number | undefined
  readonly policyName: string | undefined
}

/** As it is now. */
export type RetentionOf = (group: LogGroup) => LogRetention

/** What transformers make of the messages of a stream: JSON, or undefined where one cannot be read. Undefined: nothing is transformed. */
export type TransformOf = (group: LogGroup, stream: string) => ((message: string) => string | undefined) | undefined

export interface LogStream {
  readonly group: number
  readonly name: string
  readonly createdAt: EpochMillis
  /** Timestamps of the oldest and the newest event that it ever got, and when the last one came; undefined: none yet. */
  readonly activity: LogStreamActivity | undefined
}

export interface LogStreamActivity {
  readonly firstEvent: EpochMillis
  readonly lastEvent: EpochMillis
  readonly lastIngestion: EpochMillis
}

/** An event on its way in. */
export interface LogEvent {
  readonly timestamp: EpochMillis
  readonly message: string
}

/** An event as it is kept. Events of a group are in the order of (timestamp, seq). */
export interface StoredLogEvent extends LogEvent {
  readonly stream: string
  /** Ingestion milliseconds · 2^20 + a counter; no two events of a server have the same. */
  readonly seq: bigint
}

/** Events of one stream that have just become durable and are not acknowledged yet, in the order of their timestamps. */
export interface LogArrival {
  readonly group: LogGroup
  readonly stream: string
  readonly ingestedAt: EpochMillis
  /** The `seq` of the first event; each further one has the next. */
  readonly firstSeq: bigint
  readonly timestamps: readonly EpochMillis[]
  /** As everybody may see them: masked where the group's data protection asks for it. */
  readonly messages: readonly string[]
  /** Bytes of all messages in UTF-8; absent: count them. */
  readonly textBytes?: number
  /** False when none of the messages has the text in it, which is cheaper to ask than to look through them; absent: look. */
  readonly mayHold?: (text: string) => boolean
  /** The source named an entity of its own, so that none is to be made of the events. */
  readonly hasEntity: boolean
  /** By message, what data protection found in it; absent where nothing was found, or nobody is to be told. */
  readonly findings?: readonly (readonly LogFinding[] | undefined)[] | undefined
  /** The events are claimed, or come of claimed ones, and may have been told of before: what comes of them is to be marked, and comes once. */
  readonly claimed?: OnceMark
}

/** Sensitive data in a message: the identifier that found it, and where, in UTF-16 units (`end` exclusive). */
export interface LogFinding {
  readonly identifier: string
  readonly start: number
  readonly end: number
}

/** What a message is for everybody, and why. */
export interface MaskedMessage {
  readonly masked: string
  readonly findings: readonly LogFinding[]
}

/** Undefined: the message stays as it is. */
export type MaskMessage = (message: string) => MaskedMessage | undefined

/** How messages of a group are masked: as its policies are now or, of events of the past, as they were. */
export type MaskOf = (group: LogGroup, at?: EpochMillis) => MaskMessage | undefined
