import { z } from 'zod'
import { isoTime } from '../../base/time.ts'
import type { DeliveryAttempt, DeliveryFilter, DeliveryPage, DeliveryRecord } from '../../model/notification.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Caller } from '../aws/authenticate.ts'
import { json, refusal } from './json-reply.ts'

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

/** `GET /api/deliveries`: what was sent where, every attempt and its answer. The caller has been authorised. */
export const listDeliveries = async (log: DeliveryReads, caller: Caller, query: string): Promise<WireReply> => {
  const parsed = Query.safeParse(Object.fromEntries(new URLSearchParams(query)))
  if (!parsed.success) return refusal(400, parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  const { deliveries, next } = await log.list({ tenant: caller.tenant, ...parsed.data })
  return json(200, { deliveries: deliveries.map(shown), cursor: next })
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
