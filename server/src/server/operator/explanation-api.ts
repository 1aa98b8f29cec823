import { z } from 'zod'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, isoTime, toMillis, type EpochMillis } from '../../base/time.ts'
import type { ExplainedPoint, Explanation } from '../../engines/explain/explanation.ts'
import type { WireReply } from '../../wire/protocol.ts'
import type { Caller } from '../aws/authenticate.ts'
import { json, refusal } from './json-reply.ts'

interface ExplanationReads {
  explain(tenant: Tenant, name: string, at: EpochMillis): Promise<Explanation | undefined>
}

const Query = z.object({
  name: z.string().min(1).max(255),
  at: z.iso.datetime({ offset: true }).optional(),
})

/** The alarm that an explanation is asked for; undefined: the query names none. For authorisation. */
export const explainedAlarm = (query: string): string | undefined => new URLSearchParams(query).get('name') ?? undefined

/** `GET /api/alarms/explanation`: why an alarm was what it was. The caller has been authorised. */
export const explainAlarm = async (explanations: ExplanationReads, caller: Caller, query: string, now: EpochMillis): Promise<WireReply> => {
  const parsed = Query.safeParse(Object.fromEntries(new URLSearchParams(query)))
  if (!parsed.success) return refusal(400, parsed.error.issues.map(issue => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  const { name, at } = parsed.data
  const instant = at === undefined ? now : epochMillis(Date.parse(at))
  if (instant > now) return refusal(400, 'at: nobody knows the future')
  const explanation = await explanations.explain(caller.tenant, name, instant)
  return explanation === undefined ? refusal(404, `There is no alarm ${name}.`) : json(200, shown(name, explanation))
}

const shown = (name: string, { instant, stateThen, points, ...rest }: Explanation): Readonly<Record<string, unknown>> => ({
  alarm: name,
  at: isoTime(toMillis(instant)),
  ...rest,
  state: stateThen && { value: stateThen.value, since: stateThen.since && isoTime(stateThen.since), reason: stateThen.reason },
  points: points.map(point),
})

const point = ({ at, ...rest }: ExplainedPoint): Readonly<Record<string, unknown>> => ({ at: isoTime(toMillis(at)), ...rest })
