import type { BackoffShape, RetrySchedule } from './retry-schedule.ts'

/** What a subscriber's or topic's delivery policy asks of the job. Undefined members: the defaults. */
export interface DeliveryPolicy {
  readonly schedule: RetrySchedule | undefined
  readonly maxReceivesPerSecond: number | undefined
}

const NONE: DeliveryPolicy = { schedule: undefined, maxReceivesPerSecond: undefined }

/**
 * Reads a `DeliveryPolicy` in the subscription's shape (`healthyRetryPolicy`, `throttlePolicy`) or the topic's
 * (`http.defaultHealthyRetryPolicy` …). It was validated when it was set; anything unreadable means the defaults.
 */
export const parseDeliveryPolicy = (text: string | undefined): DeliveryPolicy => {
  const policy = text === undefined ? undefined : parseObject(text)
  if (policy === undefined) return NONE
  const http = object(policy.http)
  const retry = object(policy.healthyRetryPolicy) ?? object(http?.defaultHealthyRetryPolicy)
  const throttle = object(policy.throttlePolicy) ?? object(http?.defaultThrottlePolicy)
  const rate = throttle?.maxReceivesPerSecond
  return {
    schedule: retry === undefined ? undefined : scheduleOf(retry),
    maxReceivesPerSecond: typeof rate === 'number' && rate > 0 ? rate : undefined,
  }
}

type Fields = Readonly<Record<string, unknown>>

const scheduleOf = (retry: Fields): RetrySchedule => {
  const first = bounded(retry.minDelayTarget, 20, 3_600)
  const last = Math.max(first, bounded(retry.maxDelayTarget, 20, 3_600))
  const total = bounded(retry.numRetries, 3, 100)
  const immediate = Math.min(total, bounded(retry.numNoDelayRetries, 0, 100))
  const before = Math.min(total - immediate, bounded(retry.numMinDelayRetries, 0, 100))
  const after = Math.min(total - immediate - before, bounded(retry.numMaxDelayRetries, 0, 100))
  const shape = SHAPES.find(name => name === retry.backoffFunction) ?? 'linear'
  return [
    { count: immediate, first: 0, last: 0, shape: 'linear' },
    { count: before, first, last: first, shape: 'linear' },
    { count: total - immediate - before - after, first, last, shape },
    { count: after, first: last, last, shape: 'linear' },
  ]
}

const SHAPES: readonly BackoffShape[] = ['linear', 'arithmetic', 'geometric', 'exponential']

const bounded = (value: unknown, fallback: number, limit: number): number =>
  typeof value === 'number' && value >= 0 ? Math.min(Math.floor(value), limit) : fallback

const object = (value: unknown): Fields | undefined => (typeof value === 'object' && value !== null ? { ...value } : undefined)

const parseObject = (text: string): Fields | undefined => {
  try {
    return object(JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
