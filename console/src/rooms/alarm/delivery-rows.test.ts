import { expect, test } from 'vitest'
import type { Delivery, DeliveryAttempt } from '../../aws/delivery.ts'
import { answerOf, attemptRows, deliveryRow } from './delivery-rows.ts'

const attempt = (detail: string, status?: number): DeliveryAttempt => ({
  at: '2026-11-21T09:00:00Z', durationMillis: 5, outcome: 'failed', detail, ...(status !== undefined && { status }),
})

test('every attempt is a row below its delivery, and has none below itself', () => {
  const delivery: Delivery = {
    id: 'd1', messageId: 'm', topicArn: 't', subscriptionArn: 's', protocol: 'https', destination: 'x', state: 'pending',
    createdAt: '2026-11-21T09:00:00Z',
    attempts: [attempt('refused'), attempt('busy', 503)],
  }
  const rows = attemptRows(deliveryRow(delivery))
  expect(rows.map(row => row.kind === 'attempt' && [row.id, row.number])).toEqual([['d1/0', 1], ['d1/1', 2]])
  expect(rows.flatMap(attemptRows)).toEqual([])
})

test.each([[attempt('ok', 200), '200 ok'], [attempt('550 No such mailbox', 550), '550 No such mailbox'], [attempt('refused'), 'refused']])(
  'an answer in one line', (made, line) => {
    expect(answerOf(made)).toBe(line)
  },
)
