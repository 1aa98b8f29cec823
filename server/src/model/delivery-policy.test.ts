import { expect, test } from 'vitest'
import { effectiveSubscriptionPolicy, effectiveTopicPolicy, shownSubscriptionPolicy, shownTopicPolicy } from './delivery-policy.ts'

const retries = (text: string): unknown => (JSON.parse(text) as { healthyRetryPolicy: { numRetries: number } }).healthyRetryPolicy.numRetries
const topic = (numRetries: number, disableSubscriptionOverrides = false): string =>
  JSON.stringify({ http: { defaultHealthyRetryPolicy: { numRetries }, disableSubscriptionOverrides } })
const own = (numRetries: number): string => JSON.stringify({ healthyRetryPolicy: { numRetries } })

test.each<[string, string | undefined, string | undefined, number]>([
  ['neither', undefined, undefined, 3],
  ['both taken away', '', '', 3],
  ['the topic alone', topic(5), undefined, 5],
  ['the subscription over the topic', topic(5), own(7), 7],
  ['the topic forbids', topic(5, true), own(7), 5],
  ['the topic forbids and says nothing', '{"http":{"disableSubscriptionOverrides":true}}', own(7), 3],
])('%s', (_name, topicPolicy, ownPolicy, expected) => {
  expect(retries(effectiveSubscriptionPolicy(topicPolicy, ownPolicy))).toBe(expected)
})

test('throttle and content type come from the topic where the subscription has none', () => {
  const policy = JSON.stringify({ http: { defaultThrottlePolicy: { maxReceivesPerSecond: 2 }, defaultRequestPolicy: { headerContentType: 'text/plain' } } })
  expect(JSON.parse(effectiveSubscriptionPolicy(policy, own(1)))).toMatchObject({
    throttlePolicy: { maxReceivesPerSecond: 2 },
    requestPolicy: { headerContentType: 'text/plain' },
  })
  expect(JSON.parse(effectiveTopicPolicy(policy))).toMatchObject({ http: { defaultThrottlePolicy: { maxReceivesPerSecond: 2 } } })
})

// Recorded from AWS.
test.each([
  ['{"http":{"defaultRequestPolicy":{"headerContentType":"application/json"}}}',
    '{"http":{"disableSubscriptionOverrides":false,"defaultRequestPolicy":{"headerContentType":"application/json"}}}'],
  ['{"http": {"defaultHealthyRetryPolicy": {"minDelayTarget": 5, "maxDelayTarget": 6, "numRetries": 1}}}',
    '{"http":{"defaultHealthyRetryPolicy":{"minDelayTarget":5,"maxDelayTarget":6,"numRetries":1},"disableSubscriptionOverrides":false}}'],
  ['{"http":{"defaultHealthyRetryPolicy":null}}', '{"http":{"disableSubscriptionOverrides":false}}'],
])('a topic that was given %s shows %s', (given, shown) => {
  expect(shownTopicPolicy(given)).toBe(shown)
})

test.each([
  ['{"requestPolicy":{"headerContentType":"text/csv"}}',
    '{"healthyRetryPolicy":null,"sicklyRetryPolicy":null,"throttlePolicy":null,"requestPolicy":{"headerContentType":"text/csv"},"guaranteed":false}'],
  ['{"throttlePolicy":{"maxReceivesPerSecond":1000},"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0}}',
    '{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0},"sicklyRetryPolicy":null,"throttlePolicy":{"maxReceivesPerSecond":1000},"requestPolicy":null,"guaranteed":false}'],
  ['{"healthyRetryPolicy":{"backoffFunction":"linear","numNoDelayRetries":0,"numMinDelayRetries":0,"numMaxDelayRetries":0,"numRetries":0,"maxDelayTarget":1,"minDelayTarget":1}}',
    '{"healthyRetryPolicy":{"minDelayTarget":1,"maxDelayTarget":1,"numRetries":0,"numMaxDelayRetries":0,"numNoDelayRetries":0,"numMinDelayRetries":0,"backoffFunction":"linear"},"sicklyRetryPolicy":null,"throttlePolicy":null,"requestPolicy":null,"guaranteed":false}'],
])('a subscription that was given %s shows %s', (given, shown) => {
  expect(shownSubscriptionPolicy(given)).toBe(shown)
})
