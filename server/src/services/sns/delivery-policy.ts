import { failedToParse } from '../../engines/filter-policy/parse.ts'
import { invalidParameter } from './faults.ts'

type JsonObject = Readonly<Record<string, unknown>>

// https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html, times in seconds.
const MAX_RETRIES = 100
const MAX_DELAY = 3_600
const MAX_TOTAL = 3_600
const BACKOFF = ['arithmetic', 'exponential', 'geometric', 'linear']
const ENVELOPE_TYPES = ['application/json', 'text/plain']
const RAW_TYPES = [
  'text/css', 'text/csv', 'text/html', 'text/xml', 'application/atom+xml', 'application/octet-stream', 'application/soap+xml',
  'application/x-www-form-urlencoded', 'application/xhtml+xml', 'application/xml',
]

/** Refuses a topic's `DeliveryPolicy`; the empty text takes the policy away. */
export const checkTopicDeliveryPolicy = (text: string, prefix = ''): void => {
  if (text === '') return
  const check = checker(prefix)
  const policy = check.object(parse(text, check), 'policy', ['http'])
  const http = check.object(policy['http'] ?? {}, 'http', [
    'defaultHealthyRetryPolicy', 'defaultSicklyRetryPolicy', 'defaultThrottlePolicy', 'defaultRequestPolicy',
    'disableSubscriptionOverrides',
  ])
  checkRetries(http['defaultHealthyRetryPolicy'], 'http.defaultHealthyRetryPolicy', check)
  checkThrottle(http['defaultThrottlePolicy'], 'http.defaultThrottlePolicy', check)
  checkRequest(http['defaultRequestPolicy'], 'http.defaultRequestPolicy', check)
  const overrides = http['disableSubscriptionOverrides'] ?? false
  check.that(typeof overrides === 'boolean', 'http.disableSubscriptionOverrides must be true or false')
}

/** Refuses a subscription's `DeliveryPolicy`; the empty text takes the policy away. */
export const checkSubscriptionDeliveryPolicy = (text: string, prefix = ''): void => {
  if (text === '') return
  const check = checker(prefix)
  const policy = check.object(parse(text, check), 'policy', [
    'healthyRetryPolicy', 'sicklyRetryPolicy', 'throttlePolicy', 'requestPolicy', 'guaranteed',
  ])
  checkRetries(policy['healthyRetryPolicy'], 'healthyRetryPolicy', check)
  checkThrottle(policy['throttlePolicy'], 'throttlePolicy', check)
  checkRequest(policy['requestPolicy'], 'requestPolicy', check)
}

interface Checker {
  that(holds: boolean, problem: string): void
  object(value: unknown, path: string, known: readonly string[]): JsonObject
}

const checker = (prefix: string): Checker => {
  const that = (holds: boolean, problem: string): void => {
    if (!holds) throw invalidParameter(`${prefix}DeliveryPolicy: ${problem}`)
  }
  return {
    that,
    object(value, path, known) {
      that(typeof value === 'object' && value !== null && !Array.isArray(value), `${path} must be an object`)
      const object = value as JsonObject
      const inside = path === 'policy' ? '' : `${path}.`
      for (const name of Object.keys(object)) that(known.includes(name), `unexpected JSON member: ${inside}${name}`)
      return object
    },
  }
}

const parse = (text: string, check: Checker): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    check.that(false, failedToParse(text))
    return undefined
  }
}

const COUNTS = ['numNoDelayRetries', 'numMinDelayRetries', 'numMaxDelayRetries'] as const

const checkRetries = (value: unknown, path: string, check: Checker): void => {
  if (value === undefined || value === null) return
  const policy = check.object(value, path, ['minDelayTarget', 'maxDelayTarget', 'numRetries', ...COUNTS, 'backoffFunction'])
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const given = policy[name] ?? fallback
    check.that(Number.isInteger(given), `${path}.${name} must be an integer`)
    check.that(Number(given) >= least, `${path}.${name} must be greater than or equal to ${least}`)
    check.that(Number(given) <= most, `${path}.${name} must be less than or equal to ${most}`)
    return Number(given)
  }
  const maximum = whole('maxDelayTarget', 20, 1, MAX_DELAY)
  const minimum = whole('minDelayTarget', Math.min(20, maximum), 1, MAX_DELAY)
  const retries = whole('numRetries', 3, 0, MAX_RETRIES)
  const [immediate = 0, early = 0, late = 0] = COUNTS.map(name => whole(name, 0, 0, MAX_RETRIES))
  check.that(maximum >= minimum, `${path}.maxDelayTarget must be greater than or equal to minDelayTarget`)
  const backoff = retries - immediate - early - late
  check.that(backoff >= 0, `${path}.numRetries must be greater than or equal to total of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries`)
  const total = early * minimum + late * maximum + (backoff * (minimum + maximum)) / 2
  check.that(total <= MAX_TOTAL, `${path} must not retry for longer than ${MAX_TOTAL} seconds`)
  const shape = policy['backoffFunction'] ?? 'linear'
  check.that(typeof shape === 'string' && BACKOFF.includes(shape), `${path}.backoffFunction must be one of ${BACKOFF.join(', ')}`)
}

const checkThrottle = (value: unknown, path: string, check: Checker): void => {
  if (value === undefined || value === null) return
  const rate = check.object(value, path, ['maxReceivesPerSecond'])['maxReceivesPerSecond']
  if (rate === undefined || rate === null) return
  check.that(Number.isInteger(rate) && Number(rate) >= 1, `${path}.maxReceivesPerSecond must be >= 1`)
}

const checkRequest = (value: unknown, path: string, check: Checker): void => {
  if (value === undefined || value === null) return
  const given = check.object(value, path, ['headerContentType'])['headerContentType']
  if (given === undefined || given === null) return
  const isText = typeof given === 'string' && /^[\x20-\x7e]{1,200}$/.test(given)
  const type = isText ? (given.split(';')[0] ?? '').trim().toLowerCase() : ''
  check.that([...ENVELOPE_TYPES, ...RAW_TYPES].includes(type), `${path}.headerContentType is not supported`)
}
