import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

export type MessageAttribute =
  | { readonly type: string; readonly text: string; readonly binary?: never }
  | { readonly type: string; readonly text?: never; readonly binary: Uint8Array }

/** P1…P4 and Info, from the alarm's `Severity` tag. */
export type Severity = 'P1' | 'P2' | 'P3' | 'P4' | 'Info'

/** What a message for people needs to know of an alarm's transition; kept with the message, beside AWS's own JSON. */
export interface AlarmFacts {
  readonly arn: Arn
  readonly name: string
  readonly description: string | undefined
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
  readonly previousState: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'
  readonly reason: string
  readonly changedAt: EpochMillis
  /** When the state that ended now had begun. */
  readonly previousSince: EpochMillis
  /** Undefined for all but alarms on one stored metric; the same holds of `statistic` and `unit`. */
  readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: readonly { readonly name: string; readonly value: string }[] } | undefined
  readonly statistic: string | undefined
  readonly unit: string | undefined
  /** In seconds. Undefined for what is not evaluated M of N periods (PromQL, composite); so are the next two. */
  readonly period: number | undefined
  readonly evaluationPeriods: number | undefined
  readonly datapointsToAlarm: number | undefined
  /** Undefined for what has no limit (PromQL, composite). */
  readonly comparison: string | undefined
  /** Undefined also where the limit is a band. */
  readonly threshold: number | undefined
  /** The band's newest limits; NaN never. */
  readonly band?: { readonly lower: number | undefined; readonly upper: number | undefined }
  /** What stands in the metric's place: a metric-math or Insights expression, a PromQL query, a composite alarm's rule. */
  readonly formula?: { readonly kind: 'expression' | 'query' | 'rule'; readonly text: string; readonly label?: string }
  /** What an alarm on logs has looked at, and the newest lines of it where it shows some. */
  readonly logs?: QueriedLogs
  /** The alarms that a composite alarm stands on, those in ALARM first; of old rows the one that changed it. */
  readonly children?: readonly ChildFacts[]
  /** The one series of many that changed: what tells it from the others. */
  readonly contributor?: Readonly<Record<string, string>>
  /** Newest evaluated value; undefined when data is missing. */
  readonly value: number | undefined
  /** Values of the evaluated datapoints, oldest first; null where missing. */
  readonly recent: readonly (number | null)[]
  /** Start of the oldest evaluated datapoint that led to the state: since when it has been so. */
  readonly since: EpochMillis
  readonly severity: Severity | undefined
  readonly action: string | undefined
  readonly runbook: string | undefined
  readonly team: string | undefined
}

/** A search of log events: what the alarm's query looked at when it ran last. */
export interface QueriedLogs {
  /** Names or ARNs. */
  readonly groups: readonly string[]
  readonly query: string
  /** Both inclusive. */
  readonly start: EpochMillis
  readonly end: EpochMillis
  /** As everybody may see them. */
  readonly lines: readonly string[]
}

/** One of a composite alarm's children when the message was made: what its state stands on, where that is a value and a limit. */
export interface ChildFacts
  extends Partial<Pick<AlarmFacts, 'metric' | 'statistic' | 'unit' | 'comparison' | 'threshold' | 'band' | 'formula' | 'value' | 'since'>> {
  readonly name: string
  readonly state: string
}

/** Something published to a topic, before it is spread over the subscriptions. */
export interface Publication {
  readonly tenant: Tenant
  readonly topicArn: string
  /** A UUID; stays the same on every repeat. */
  readonly messageId: string
  readonly subject: string | undefined
  readonly message: string
  readonly structure: 'json' | undefined
  readonly attributes: Readonly<Record<string, MessageAttribute>>
  readonly publishedAt: EpochMillis
  readonly alarm: AlarmFacts | undefined
  /** MessageGroupId as given: messages of one group go out in their order. */
  readonly groupId?: string | undefined
}

export type MessageType = 'Notification' | 'SubscriptionConfirmation' | 'UnsubscribeConfirmation'

/** One message on its way to one subscription: a row of the outbox. */
export interface Delivery {
  readonly id: string
  readonly tenant: Tenant
  readonly type: MessageType
  readonly publication: Publication
  readonly subscription: DeliveryTarget
  /** Confirmation token, for the two confirmation types. */
  readonly token: string | undefined
  /** Attempts already made, those aside that the receiver throttled (429): they do not use up retries. */
  readonly attempts: number
}

/** What a channel may know of the subscription. */
export interface DeliveryTarget {
  readonly arn: string
  readonly topicArn: string
  readonly topicDisplayName: string
  /** SNS protocol as subscribed: http, https, email, email-json, slack, pagerduty. */
  readonly protocol: string
  readonly endpoint: string
  readonly rawMessageDelivery: boolean
  /** SNS signature version of the topic. */
  readonly signatureVersion: '1' | '2'
  /** Effective delivery policy, JSON text; undefined for the defaults. */
  readonly deliveryPolicy: string | undefined
}

/** A message to one receiver that no topic knows. */
export interface DirectMessage {
  readonly publication: Publication
  readonly target: DeliveryTarget
}

/** What came of one attempt. Every answer is kept: it is shown to the operator. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly status: number | undefined; readonly detail: string }
  | {
      readonly kind: 'failed'
      readonly retryable: boolean
      readonly status: number | undefined
      /** Says what happened; never holds a secret (webhook URL, key). */
      readonly detail: string
      /** When the receiver said to come back (Retry-After). */
      readonly retryAt: EpochMillis | undefined
    }

/** How stubbornly a kind of receiver is tried again; the schedules are the delivery job's. */
export type RetryClass = 'http' | 'mail' | 'page'

export interface DeliveryAttempt {
  readonly at: EpochMillis
  readonly durationMillis: number
  readonly outcome: DeliveryOutcome
}

export type DeliveryState = 'pending' | 'delivered' | 'dead'

/** A leased delivery, with what the queue needs to know of it. */
export interface LeasedDelivery {
  readonly delivery: Delivery
  /** Deliveries of one destination go out one queue; a slow one delays no other. */
  readonly destination: string
  /** Within a destination, equal keys go out strictly one after the other (a resolve never overtakes its trigger). */
  readonly orderKey: string
}

/**
 * What follows an attempt. A throttled one (`counts` false: the receiver said 429) is kept with the others, but leaves
 * `Delivery.attempts` as it was.
 */
export type NextDelivery =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'retry'; readonly at: EpochMillis; readonly counts: boolean }
  | { readonly kind: 'dead' }

/** What an operator may see of a delivery; the endpoint is shown without its secrets. */
export interface DeliveryRecord {
  readonly id: string
  readonly tenant: Tenant
  readonly type: MessageType
  readonly topicArn: string
  readonly subscriptionArn: string
  readonly protocol: string
  readonly endpoint: string
  readonly alarmArn: string | undefined
  readonly messageId: string
  readonly subject: string | undefined
  readonly publishedAt: EpochMillis
  readonly state: DeliveryState
  /** When the next attempt is made; undefined once it is delivered or dead. */
  readonly dueAt: EpochMillis | undefined
  readonly finishedAt: EpochMillis | undefined
  /** Oldest first. */
  readonly attempts: readonly DeliveryAttempt[]
}

export interface DeliveryFilter {
  readonly tenant: Tenant
  readonly alarmArn?: string | undefined
  readonly topicArn?: string | undefined
  readonly state?: DeliveryState | undefined
  readonly limit: number
  /** The `next` of the page before. */
  readonly cursor?: string | undefined
}

/** Newest first. */
export interface DeliveryPage {
  readonly deliveries: readonly DeliveryRecord[]
  readonly next: string | undefined
}
