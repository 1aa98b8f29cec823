import type { Entropy } from '../../base/entropy.ts'
import { epochMillis, millis, type EpochMillis, type Millis } from '../../base/time.ts'
import type { Delivery, DeliveryOutcome, NextDelivery, RetryClass } from '../../model/notification.ts'
import { parseDeliveryPolicy } from './delivery-policy.ts'
import { DEFAULT_SCHEDULES, HTTP_ALARM, retryDelay, type RetrySchedule } from './retry-schedule.ts'

/** A receiver may throttle for this long after the message was published before it counts as a failure like others. */
const THROTTLE_PATIENCE = millis(6 * 60 * 60 * 1000)
/** Without a Retry-After. */
const THROTTLE_DELAY = millis(10_000)
/** Receivers that came back must not be met by everybody at the same moment: ±10 %. */
const JITTER = 0.2

/** What follows an attempt. Throttled ones (429) are queued again without using up a retry, as SNS does it. */
export const nextStep = (
  delivery: Delivery, outcome: DeliveryOutcome, retryClass: RetryClass, now: EpochMillis, entropy: Entropy,
): NextDelivery => {
  if (outcome.kind === 'delivered') return { kind: 'delivered' }
  if (!outcome.retryable) return { kind: 'dead' }
  if (outcome.status === 429 && now - delivery.publication.publishedAt < THROTTLE_PATIENCE) {
    return { kind: 'retry', at: notBefore(outcome.retryAt, now, jittered(THROTTLE_DELAY, entropy)), counts: false }
  }
  const delay = retryDelay(scheduleOf(delivery, retryClass), delivery.attempts + 1)
  if (delay === undefined) return { kind: 'dead' }
  const at = epochMillis(Math.max(now + jittered(delay, entropy), outcome.retryAt ?? now))
  return { kind: 'retry', at, counts: true }
}

const scheduleOf = ({ publication, subscription }: Delivery, retryClass: RetryClass): RetrySchedule => {
  if (retryClass !== 'http') return DEFAULT_SCHEDULES[retryClass]
  const custom = parseDeliveryPolicy(subscription.deliveryPolicy).schedule
  return custom ?? (publication.alarm === undefined ? DEFAULT_SCHEDULES.http : HTTP_ALARM)
}

const notBefore = (asked: EpochMillis | undefined, now: EpochMillis, otherwise: Millis): EpochMillis =>
  asked !== undefined && asked > now ? asked : epochMillis(now + otherwise)

const jittered = (delay: Millis, entropy: Entropy): Millis => millis(Math.round(delay * (1 - JITTER / 2 + JITTER * entropy.fraction())))
