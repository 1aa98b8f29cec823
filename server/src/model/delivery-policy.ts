/** How retries to http and https endpoints are spaced; AWS's default. Times in seconds. */
const DEFAULT_RETRY_POLICY = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
}
const DEFAULT_REQUEST_POLICY = { headerContentType: 'text/plain; charset=UTF-8' }

type JsonObject = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
const parse = (text: string | undefined): JsonObject => {
  if (text === undefined || text === '') return {}
  const value: unknown = JSON.parse(text)
  return isObject(value) ? value : {}
}
const member = (object: JsonObject, name: string): JsonObject | undefined => {
  const value = object[name]
  return isObject(value) ? value : undefined
}

/** `EffectiveDeliveryPolicy` of a topic, as JSON text, from its `DeliveryPolicy` (validated when it was set). */
export const effectiveTopicPolicy = (topicPolicy: string | undefined): string => {
  const http = member(parse(topicPolicy), 'http') ?? {}
  const throttle = member(http, 'defaultThrottlePolicy')
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...DEFAULT_RETRY_POLICY, ...member(http, 'defaultHealthyRetryPolicy') },
      disableSubscriptionOverrides: http['disableSubscriptionOverrides'] === true,
      ...(throttle === undefined ? {} : { defaultThrottlePolicy: throttle }),
      defaultRequestPolicy: { ...DEFAULT_REQUEST_POLICY, ...member(http, 'defaultRequestPolicy') },
    },
  })
}

/** SNS writes a policy's members in its own order, whatever the order they came in. */
const retryPolicy = (given: JsonObject): JsonObject =>
  Object.fromEntries(Object.keys(DEFAULT_RETRY_POLICY).flatMap(name => (given[name] === undefined ? [] : [[name, given[name]]])))

/** A topic's `DeliveryPolicy` as SNS gives it back: nulls are gone, and the switch is always there. */
export const shownTopicPolicy = (topicPolicy: string): string => {
  const http = member(parse(topicPolicy), 'http') ?? {}
  const given = (name: string): JsonObject => (isObject(http[name]) ? { [name]: http[name] } : {})
  const retries = member(http, 'defaultHealthyRetryPolicy')
  return JSON.stringify({
    http: {
      ...(retries === undefined ? {} : { defaultHealthyRetryPolicy: retryPolicy(retries) }),
      ...given('defaultSicklyRetryPolicy'),
      disableSubscriptionOverrides: http['disableSubscriptionOverrides'] === true,
      ...given('defaultThrottlePolicy'),
      ...given('defaultRequestPolicy'),
    },
  })
}

/** A subscription's `DeliveryPolicy` as SNS gives it back: every part is there, null where it was not given. */
export const shownSubscriptionPolicy = (ownPolicy: string): string => {
  const own = parse(ownPolicy)
  const retries = member(own, 'healthyRetryPolicy')
  return JSON.stringify({
    healthyRetryPolicy: retries === undefined ? null : retryPolicy(retries),
    sicklyRetryPolicy: member(own, 'sicklyRetryPolicy') ?? null,
    throttlePolicy: member(own, 'throttlePolicy') ?? null,
    requestPolicy: member(own, 'requestPolicy') ?? null,
    guaranteed: own['guaranteed'] === true,
  })
}

/** `EffectiveDeliveryPolicy` of an http(s) subscription: its own policy over the topic's, unless the topic forbids that. */
export const effectiveSubscriptionPolicy = (topicPolicy: string | undefined, ownPolicy: string | undefined): string => {
  const http = member(parse(topicPolicy), 'http') ?? {}
  const own = http['disableSubscriptionOverrides'] === true ? {} : parse(ownPolicy)
  return JSON.stringify({
    healthyRetryPolicy: {
      ...DEFAULT_RETRY_POLICY,
      ...(member(own, 'healthyRetryPolicy') ?? member(http, 'defaultHealthyRetryPolicy')),
    },
    sicklyRetryPolicy: null,
    throttlePolicy: member(own, 'throttlePolicy') ?? member(http, 'defaultThrottlePolicy') ?? null,
    requestPolicy: { ...DEFAULT_REQUEST_POLICY, ...(member(own, 'requestPolicy') ?? member(http, 'defaultRequestPolicy')) },
    guaranteed: false,
  })
}
