import { describe, expect, test } from 'vitest'
import { seededEntropy } from '../../base/entropy.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { AlarmFacts, Delivery, DeliveryOutcome } from '../../model/notification.ts'
import { nextStep } from './next-step.ts'

const NOW = epochMillis(1_000_000_000)
const entropy = seededEntropy(7)

const delivery = (
  attempts: number,
  changes: { readonly alarm?: AlarmFacts; readonly publishedAt?: EpochMillis; readonly deliveryPolicy?: string } = {},
): Delivery => ({
  id: 'd',
  tenant: { account: accountId('123456789012'), region: region('us-east-1') },
  type: 'Notification',
  publication: {
    tenant: { account: accountId('123456789012'), region: region('us-east-1') },
    topicArn: 't',
    messageId: 'm',
    subject: undefined,
    message: 'x',
    structure: undefined,
    attributes: {},
    publishedAt: changes.publishedAt ?? NOW,
    alarm: changes.alarm,
  },
  subscription: {
    arn: 's',
    topicArn: 't',
    topicDisplayName: '',
    protocol: 'http',
    endpoint: 'http://x/',
    rawMessageDelivery: false,
    signatureVersion: '1',
    deliveryPolicy: changes.deliveryPolicy,
  },
  token: undefined,
  attempts,
})
const failed = (changes: Partial<Extract<DeliveryOutcome, { kind: 'failed' }>> = {}): DeliveryOutcome => ({
  kind: 'failed',
  retryable: true,
  status: 500,
  detail: '',
  retryAt: undefined,
  ...changes,
})
const waits = (step: ReturnType<typeof nextStep>): number => (step.kind === 'retry' ? (step.at - NOW) / 1000 : Number.NaN)

describe('what follows an attempt', () => {
  test('delivered, or never worth a retry', () => {
    expect(nextStep(delivery(0), { kind: 'delivered', status: 200, detail: '' }, 'http', NOW, entropy)).toEqual({ kind: 'delivered' })
    expect(nextStep(delivery(0), failed({ retryable: false }), 'http', NOW, entropy)).toEqual({ kind: 'dead' })
  })

  test('a retry by the schedule, ten per cent early or late', () => {
    const all = Array.from({ length: 200 }, () => waits(nextStep(delivery(0), failed(), 'http', NOW, entropy)))
    expect(Math.min(...all)).toBeGreaterThanOrEqual(18)
    expect(Math.max(...all)).toBeLessThanOrEqual(22)
    expect(new Set(all).size).toBeGreaterThan(100)
  })

  test.each([
    [2, 'retry'],
    [3, 'dead'],
  ])('http after %i retries: %s', (attempts, kind) => {
    expect(nextStep(delivery(attempts), failed(), 'http', NOW, entropy).kind).toBe(kind)
  })

  test("an alarm goes on after SNS's three, unless the subscriber set a policy", () => {
    const alarm = {} as AlarmFacts
    expect(nextStep(delivery(3, { alarm }), failed(), 'http', NOW, entropy).kind).toBe('retry')
    expect(
      nextStep(delivery(3, { alarm, deliveryPolicy: '{"healthyRetryPolicy":{"numRetries":3}}' }), failed(), 'http', NOW, entropy).kind,
    ).toBe('dead')
  })

  test("a receiver's Retry-After is kept to, but never earlier than the schedule", () => {
    expect(waits(nextStep(delivery(0), failed({ retryAt: epochMillis(NOW + 90_000) }), 'http', NOW, entropy))).toBe(90)
    expect(waits(nextStep(delivery(0), failed({ retryAt: epochMillis(NOW + 1_000) }), 'http', NOW, entropy))).toBeGreaterThanOrEqual(18)
  })

  test('throttling does not count, for six hours', () => {
    const throttled = failed({ status: 429, retryAt: epochMillis(NOW + 5_000) })
    expect(nextStep(delivery(99), throttled, 'http', NOW, entropy)).toEqual({ kind: 'retry', at: NOW + 5_000, counts: false })
    expect(waits(nextStep(delivery(0), failed({ status: 429 }), 'http', NOW, entropy))).toBeCloseTo(10, -1)
    expect(nextStep(delivery(99, { publishedAt: epochMillis(NOW - 6 * 3_600_000) }), throttled, 'http', NOW, entropy)).toEqual({
      kind: 'dead',
    })
  })
})
