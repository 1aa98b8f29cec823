import { z } from 'zod'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { isoTime } from '../../base/time.ts'
import type { DeliveryAttempt, DeliveryFilter, DeliveryPage, DeliveryRecord } from '../../model/notification.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Authentication } from '../aws/authenticate.ts'
import { authorise } from '../aws/authorise.ts'
import { bareFault } from '../aws/bare-fault.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { isReading } from '../house-door.ts'
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

interface Parts {
  readonly authentication: Authentication
  readonly deliveries: DeliveryReads
  readonly clock: Clock
  readonly log: Log
}

/** `GET /api/deliveries`: what was sent where, every attempt and its answer. */
export class DeliveriesApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    return request.path === '/api/deliveries' && isReading(request) ? this.#list(request) : undefined
  }

  async #list(request: ReceivedRequest): Promise<WireReply> {
    const { authentication, deliveries, clock, log } = this.#parts
    try {
      const caller = await authentication.caller(request, request.body, undefined)
      authorise({ ...caller, action: 'tocsin:ListDeliveries', resources: ['*'], conditions: {}, received: request, now: clock.now() })
      const parsed = Query.safeParse(Object.fromEntries(new URLSearchParams(request.query)))
      if (!parsed.success) return refusal(400, parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '))
      const page = await deliveries.list({ tenant: caller.tenant, ...parsed.data })
      return json(200, { deliveries: page.deliveries.map(shown), cursor: page.next })
    } catch (error) {
      return bareFault(faultOf(error, 'deliveries', log))
    }
  }
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
