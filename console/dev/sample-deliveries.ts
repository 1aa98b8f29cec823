import type { Delivery, DeliveryAttempt } from '../src/aws/delivery.ts'
import { TOPIC } from './sample-alarms.ts'

const failed = (at: string, status: number | undefined, detail: string, durationMillis = 240): DeliveryAttempt => ({
  at, durationMillis, outcome: 'failed', retryable: true, detail, ...(status !== undefined && { status }),
})

type Progress = Pick<Delivery, 'state' | 'attempts' | 'nextAttemptAt'>

/** Deliveries of one alarm in every state that a delivery can be in. */
export const sampleDeliveries = (now: number): Delivery[] => {
  const iso = (secondsAgo: number): string => new Date((now - secondsAgo) * 1000).toISOString()
  const of = (id: string, protocol: string, destination: string, more: Progress): Delivery => ({
    id, messageId: '6f1d7d1e-4a0c-4f43-9d1c-1f6f0a2b7c11', topicArn: TOPIC, subscriptionArn: `${TOPIC}:${id}`, protocol, destination,
    createdAt: iso(480), subject: 'ALARM: "Database CPU > 75%" in US East (N. Virginia)', ...more,
  })
  return [
    of(
      'd1', 'slack', 'hooks.slack.com/services/T0…/…',
      { state: 'delivered', attempts: [{ at: iso(479), durationMillis: 312, outcome: 'delivered', status: 200, detail: 'ok' }] },
    ),
    of('d2', 'pagerduty', 'events.pagerduty.com', {
      state: 'delivered',
      attempts: [
        failed(iso(479), 429, 'Too many requests; Retry-After 2 s'),
        { at: iso(476), durationMillis: 198, outcome: 'delivered', status: 202, detail: 'Event processed' },
      ],
    }),
    of('d3', 'https', 'https://ops.example.com/hook', {
      state: 'pending', nextAttemptAt: new Date((now + 95) * 1000).toISOString(),
      attempts: [
        failed(iso(479), undefined, 'connect ECONNREFUSED 203.0.113.7:443', 3), failed(iso(459), 503, 'Service Unavailable'),
        failed(iso(399), undefined, 'No answer within 15 s', 15_000),
      ],
    }),
    of(
      'd4', 'email', 'on-call@example.com',
      {
        state: 'dead',
        attempts: [{ at: iso(479), durationMillis: 84, outcome: 'failed', retryable: false, status: 550, detail: '550 No such mailbox' }],
      },
    ),
  ]
}
