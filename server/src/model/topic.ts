import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

export interface Topic {
  readonly tenant: Tenant
  readonly arn: Arn
  readonly name: string
  /** Settable attributes, as given (Policy, DisplayName, DeliveryPolicy, KmsMasterKeyId, SignatureVersion …). */
  readonly attributes: Readonly<Record<string, string>>
  readonly createdAt: EpochMillis
}

export interface Subscription {
  readonly tenant: Tenant
  readonly arn: Arn
  readonly topicArn: Arn
  readonly protocol: string
  readonly endpoint: string
  /** The principal that subscribed, as an ARN. */
  readonly owner: string
  /** A deleted one is kept while its goodbye's link can still bring it back. */
  readonly status: 'pending' | 'confirmed' | 'deleted'
  /** Secret of the confirmation link; valid until `tokenExpiresAt`. */
  readonly token: string
  readonly tokenExpiresAt: EpochMillis
  readonly confirmationWasAuthenticated: boolean
  readonly authenticateOnUnsubscribe: boolean
  /** DeliveryPolicy, FilterPolicy, FilterPolicyScope, RawMessageDelivery, RedrivePolicy … as given. */
  readonly attributes: Readonly<Record<string, string>>
  readonly createdAt: EpochMillis
}

/** What a filter policy looks at. */
export type FilterPolicyScope = 'MessageAttributes' | 'MessageBody'
