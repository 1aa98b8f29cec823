import { z } from 'zod'
import { alarmArn } from '../../base/arn.ts'
import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, isoTime, toMillis, type EpochMillis } from '../../base/time.ts'
import type { ExplainedPoint, Explanation } from '../../engines/explain/explanation.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Authentication } from '../aws/authenticate.ts'
import { authorise } from '../aws/authorise.ts'
import { bareFault } from '../aws/bare-fault.ts'
import { faultOf } from '../aws/fault-of.ts'
import type { ReceivedRequest } from '../aws/received-request.ts'
import { isReading } from '../house-door.ts'
import { json, refusal } from './json-reply.ts'

interface ExplanationReads {
  explain(tenant: Tenant, name: string, at: EpochMillis): Promise<Explanation | undefined>
}

const Query = z.object({
  name: z.string().min(1).max(255),
  at: z.iso.datetime({ offset: true }).optional(),
})

interface Parts {
  readonly authentication: Authentication
  readonly explanations: ExplanationReads
  readonly clock: Clock
  readonly log: Log
}

/** `GET /api/alarms/explanation`: why an alarm was what it was. */
export class ExplanationApi {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  answer(request: ReceivedRequest): Promise<WireReply> | undefined {
    return request.path === '/api/alarms/explanation' && isReading(request) ? this.#explain(request) : undefined
  }

  async #explain(request: ReceivedRequest): Promise<WireReply> {
    const { authentication, explanations, clock, log } = this.#parts
    try {
      const caller = await authentication.caller(request, request.body, undefined)
      const asked = new URLSearchParams(request.query)
      const resources = [asked.has('name') ? alarmArn(caller.tenant, asked.get('name')!) : '*']
      const now = clock.now()
      authorise({ ...caller, action: 'tocsin:ExplainAlarm', resources, conditions: {}, received: request, now })
      const parsed = Query.safeParse(Object.fromEntries(asked))
      if (!parsed.success) return refusal(400, parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '))
      const { name, at } = parsed.data
      const instant = at === undefined ? now : epochMillis(Date.parse(at))
      if (instant > now) return refusal(400, 'at: nobody knows the future')
      const explanation = await explanations.explain(caller.tenant, name, instant)
      return explanation === undefined ? refusal(404, `There is no alarm ${name}.`) : json(200, shown(name, explanation))
    } catch (error) {
      return bareFault(faultOf(error, 'explanation', log))
    }
  }
}

const shown = (name: string, { instant, stateThen, points, ...rest }: Explanation): Readonly<Record<string, unknown>> => ({
  alarm: name,
  at: isoTime(toMillis(instant)),
  ...rest,
  state: stateThen && { value: stateThen.value, since: stateThen.since && isoTime(stateThen.since), reason: stateThen.reason },
  points: points.map(point),
})

const point = ({ at, ...rest }: ExplainedPoint): Readonly<Record<string, unknown>> => ({ at: isoTime(toMillis(at)), ...rest })
