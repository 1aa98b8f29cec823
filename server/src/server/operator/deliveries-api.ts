import { z } from 'zod'
import { isoTime } from '../../base/time.ts'
import type { DeliveryAttempt, DeliveryFilter, DeliveryPage, DeliveryRecord } from '../../model/notification.ts'
import { json } from './json-reply.ts'
import type { OperatorCalls } from './operator-api.ts'

interface DeliveryReads {
  list(filter: DeliveryFilter): Promise<DeliveryPage>
}

const Query = z.object({
  alarmArn: z.string().max(2048).optional(),
  topicArn: z.string().max(2048).optional(),
  state: z.enum(['pending', 'delivered', 'dead']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().regex(/^\d{1,15}$/).optional(),
})

/** `GET /api/deliveries`: what was sent where, every attempt and its answer. */
export const DELIVERIES_API: OperatorCalls<DeliveryReads> = {
  '/api/deliveries': {
    GET: {
      action: 'ListDeliveries',
      run: async (deliveries, { caller, query }) => {
        const page = await deliveries.list({ tenant: caller.tenant, ...Query.parse(Object.fromEntries(query)) })
        return json(200, { deliveries: page.deliveries.map(shown), cursor: page.next })
      },
    },
  },
}

const shown = (delivery: DeliveryRecord): Readonly<Record<string, unknown>> => ({
  id: delivery.id,
  type: delivery.type,
  messageId: delivery.messageId,
  topicArn: delivery.topicArn,
  subscriptionArn: delivery.subscriptionArn,
  alarmArn: delivery.alarmArn,
  protocol: delivery.protocol,
  destination: delivery.endpoint,
  state: delivery.state,
  createdAt: isoTime(delivery.publishedAt),
  nextAttemptAt: delivery.dueAt === undefined ? undefined : isoTime(delivery.dueAt),
  finishedAt: delivery.finishedAt === undefined ? undefined : isoTime(delivery.finishedAt),
  subject: delivery.subject,
  attempts: delivery.attempts.map(attempt),
})

const attempt = ({ at, durationMillis, outcome }: DeliveryAttempt): Readonly<Record<string, unknown>> => ({
  at: isoTime(at),
  durationMillis,
  outcome: outcome.kind,
  retryable: outcome.kind === 'failed' ? outcome.retryable : undefined,
  status: outcome.status,
  detail: outcome.detail,
})
