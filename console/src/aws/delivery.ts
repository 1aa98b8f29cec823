/** One try to hand a message over, and what came back. */
export interface DeliveryAttempt {
  /** ISO 8601. */
  readonly at: string
  readonly durationMillis: number
  readonly outcome: 'delivered' | 'failed'
  readonly retryable?: boolean
  readonly status?: number
  readonly detail: string
}

/** A message on its way to one subscription. */
export interface Delivery {
  readonly id: string
  readonly messageId: string
  readonly topicArn: string
  readonly subscriptionArn: string
  readonly protocol: string
  /** For display: never holds a secret. */
  readonly destination: string
  readonly state: 'pending' | 'delivered' | 'dead'
  /** ISO 8601. */
  readonly createdAt: string
  readonly nextAttemptAt?: string
  readonly subject?: string
  readonly attempts: readonly DeliveryAttempt[]
}

export interface DeliveryPage {
  readonly deliveries: readonly Delivery[]
  readonly cursor?: string
}
