import { millis, type Millis } from '../../base/time.ts'
import type { RetryClass } from '../../model/notification.ts'

export type BackoffShape = 'linear' | 'arithmetic' | 'geometric' | 'exponential'

/** `count` retries whose delays go from `first` to `last` seconds. */
export interface RetryPhase {
  readonly count: number
  readonly first: number
  readonly last: number
  readonly shape: BackoffShape
}

/** Phases one after the other; SNS calls them immediate, pre-backoff, backoff and post-backoff. */
export type RetrySchedule = readonly RetryPhase[]

const constant = (count: number, delay: number): RetryPhase => ({ count, first: delay, last: delay, shape: 'linear' })

/** SNS's default for HTTP(S): 3 retries, 20 s apart. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
const HTTP: RetrySchedule = [constant(3, 20)]

/** SNS's for SMTP: 50 attempts over 6 hours. */
const MAIL: RetrySchedule = [constant(2, 10), { count: 10, first: 10, last: 600, shape: 'exponential' }, constant(38, 600)]

/** Ours for receivers that wake somebody: quick at first, then every 5 minutes, for about 6 hours. */
const PAGE: RetrySchedule = [constant(3, 2), { count: 10, first: 5, last: 300, shape: 'exponential' }, constant(66, 300)]

export const DEFAULT_SCHEDULES: Readonly<Record<RetryClass, RetrySchedule>> = { http: HTTP, mail: MAIL, page: PAGE }

/** Alarms on plain webhooks without a delivery policy of their own: SNS's three retries, then on as for pages. */
export const HTTP_ALARM: RetrySchedule = [...HTTP, { count: 10, first: 20, last: 300, shape: 'exponential' }, constant(66, 300)]

/** The delay before the retry of this number (1 is the first), without jitter; undefined when no retry is left. */
export const retryDelay = (schedule: RetrySchedule, retry: number): Millis | undefined => {
  let index = retry - 1
  for (const phase of schedule) {
    if (index < phase.count) return millis(Math.round(phaseDelay(phase, index) * 1000))
    index -= phase.count
  }
  return undefined
}

/** AWS names the shapes and publishes a drawing, not the formulas: exponential starts lowest, linear highest. */
const phaseDelay = ({ count, first, last, shape }: RetryPhase, index: number): number => {
  if (count < 2) return first
  const linear = first + ((last - first) * index) / (count - 1)
  const exponential = first <= 0 ? linear : first * (last / first) ** (index / (count - 1))
  switch (shape) {
    case 'linear':
      return linear
    case 'exponential':
      return exponential
    case 'arithmetic':
      return first + ((last - first) * index * (index + 1)) / ((count - 1) * count)
    case 'geometric':
      return Math.sqrt(linear * exponential)
  }
}
