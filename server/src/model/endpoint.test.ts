import { expect, test } from 'vitest'
import { channelOf, destinationOf, displayEndpoint } from './endpoint.ts'

const WEBHOOK = 'https://hooks.slack.com/services/T000/B000/secretsecret'
const KEY = '0123456789abcdef0123456789abcdef'

test.each([
  ['https', WEBHOOK, 'slack', 'slack https://hooks.slack.com', 'https://hooks.slack.com/…cret'],
  ['slack', 'http://127.0.0.1:9000/hook/secret', 'slack', 'slack http://127.0.0.1:9000', 'http://127.0.0.1:9000/…cret'],
  ['https', 'https://events.pagerduty.com/v2/enqueue', 'pagerduty', 'pagerduty https://events.pagerduty.com', 'https://events.pagerduty.com/…ueue'],
  ['pagerduty', KEY, 'pagerduty', 'pagerduty', '…cdef'],
  ['http', 'http://user:word@example.com/', 'http', 'http http://example.com', 'http://example.com/'],
  ['http', 'http://hooks.slack.com/x', 'http', 'http http://hooks.slack.com', 'http://hooks.slack.com/x'],
  ['https', 'https://example.com/?k=1', 'http', 'http https://example.com', 'https://example.com/…?k=1'],
  ['email', 'Ann@example.com', 'email', 'email ann@example.com', 'Ann@example.com'],
  ['sqs', 'arn:aws:sqs:us-east-1:1:q', undefined, 'sqs', 'arn:aws:sqs:us-east-1:1:q'],
])('%s %s', (protocol, endpoint, channel, destination, display) => {
  expect(channelOf(protocol, endpoint)).toBe(channel)
  expect(destinationOf(protocol, endpoint)).toBe(destination)
  expect(displayEndpoint(protocol, endpoint)).toBe(display)
})
