import { z } from 'zod'
import { epochMillis, type EpochMillis } from '../../base/time.ts'

const DAY = 86_400_000

const time = z.string().transform((text, context): EpochMillis => {
  const at = /^\d{1,11}$/.test(text) ? Number(text) * 1000 : /^\d{12,15}$/.test(text) ? Number(text) : Date.parse(text)
  if (Number.isFinite(at)) return epochMillis(at)
  context.addIssue('must be ISO 8601 or epoch seconds or milliseconds')
  return z.NEVER
})

const Query = z.strictObject({
  serviceName: z.string().min(1).max(255).optional(),
  metricName: z.string().min(1).max(255).optional(),
  startTime: time.optional(),
  endTime: time.optional(),
  /** GetMetricData checks which there are. */
  statistic: z.string().min(1).max(64).optional(),
  period: z.coerce.number().int().min(1).max(DAY).optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
  nextToken: z.string().max(128).optional(),
})

export interface MetricsQuery {
  readonly serviceName: string | undefined
  readonly metricName: string | undefined
  readonly start: EpochMillis
  /** Exclusive. */
  readonly end: EpochMillis
  /** Undefined: the datapoints themselves. */
  readonly aggregate: { readonly statistic: string; readonly period: number } | undefined
  readonly limit: number
  readonly nextToken: string | undefined
}

/** What GET /metrics asks for, or what is wrong with it. Left out, the range is the last hour. */
export const readQuery = (query: string, now: EpochMillis): MetricsQuery | string => {
  const read = Query.safeParse(Object.fromEntries(new URLSearchParams(query)))
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`).join('; ')
  const { serviceName, metricName, endTime: end = epochMillis(now + 1), statistic, period, limit, nextToken } = read.data
  const start = read.data.startTime ?? epochMillis(end - DAY / 24)
  if (start >= end) return 'startTime: must be before endTime'
  if (statistic === undefined && period !== undefined) return 'statistic: is needed where there is a period'
  const aggregate = statistic === undefined ? undefined : { statistic, period: period ?? 60 }
  return { serviceName, metricName, start, end, aggregate, limit, nextToken }
}
