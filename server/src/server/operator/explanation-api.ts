import { z } from 'zod'
import { alarmArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, isoTime, toMillis, type EpochMillis } from '../../base/time.ts'
import type { ExplainedPoint, Explanation } from '../../engines/explain/explanation.ts'
import { json, refusal } from './json-reply.ts'
import type { OperatorCalls } from './operator-api.ts'

interface ExplanationReads {
  explain(tenant: Tenant, name: string, at: EpochMillis): Promise<Explanation | undefined>
}

const Query = z.object({
  name: z.string().min(1).max(255),
  at: z.iso.datetime({ offset: true }).optional(),
})

/** `GET /api/alarms/explanation`: why an alarm was what it was. */
export const EXPLANATION_API: OperatorCalls<ExplanationReads> = {
  '/api/alarms/explanation': {
    GET: {
      action: 'ExplainAlarm',
      resources: ({ caller, query }) => [query.has('name') ? alarmArn(caller.tenant, query.get('name')!) : '*'],
      run: async (explanations, { caller, query, clock }) => {
        const { name, at } = Query.parse(Object.fromEntries(query))
        const now = clock.now()
        const instant = at === undefined ? now : epochMillis(Date.parse(at))
        if (instant > now) return refusal(400, 'at: nobody knows the future')
        const explanation = await explanations.explain(caller.tenant, name, instant)
        return explanation === undefined ? refusal(404, `There is no alarm ${name}.`) : json(200, shown(name, explanation))
      },
    },
  },
}

const shown = (name: string, { instant, stateThen, points, ...rest }: Explanation): Readonly<Record<string, unknown>> => ({
  alarm: name,
  at: isoTime(toMillis(instant)),
  ...rest,
  state: stateThen && { value: stateThen.value, since: stateThen.since && isoTime(stateThen.since), reason: stateThen.reason },
  points: points.map(point),
})

const point = ({ at, ...rest }: ExplainedPoint): Readonly<Record<string, unknown>> => ({ at: isoTime(toMillis(at)), ...rest })
