import { z } from 'zod'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { parseStatistic } from '../../engines/statistics/parse.ts'
import { isQueryPeriod } from '../../services/cloudwatch/data/time-range.ts'

const DAY = 86_400_000

/** A day, or a time of day with or without its zone: without one it is UTC, wherever the server is. */
const isoTimes = z.union([z.iso.datetime({ offset: true, local: true }), z.iso.date()])

const time = z.string().transform((text, context): EpochMillis => {
  if (/^\d{1,11}$/.test(text)) return epochMillis(Number(text) * 1000)
  if (/^\d{12,15}$/.test(text)) return epochMillis(Number(text))
  const at = isoTimes.safeParse(text).success ? Date.parse(/T.*(?:Z|[+-]\d\d:?\d\d)$|^[\d-]+$/.test(text) ? text : `${text}Z`) : Number.NaN
  if (Number.isFinite(at)) return epochMillis(at)
  context.addIssue('must be ISO 8601 or epoch seconds or milliseconds')
  return z.NEVER
})

const whole = (least: number, most: number) =>
  z.string().refine(text => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, `must be a whole number from ${least} to ${most}`).transform(Number)

export const MOST_DATAPOINTS = 1_000

const name = z.string().refine(text => text.length >= 1 && text.length <= 255, 'must be 1 to 255 characters')

const Query = z.strictObject({
  serviceName: name.optional(),
  metricName: name.optional(),
  startTime: time.optional(),
  endTime: time.optional(),
  statistic: z.string().refine(text => text.length <= 64 && parseStatistic(text).ok, 'is no statistic of CloudWatch, such as Average, Sum or p99').optional(),
  period: whole(1, DAY / 1000).refine(isQueryPeriod, 'must be 1, 5, 10, 20, 30 or a multiple of 60').optional(),
  limit: whole(1, MOST_DATAPOINTS).default(100),
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
  const given = [...new URLSearchParams(query)]
  const twice = given.find(([key], index) => given.findIndex(([other]) => other === key) < index)
  if (twice !== undefined) return `${twice[0]}: is given twice`
  const read = Query.safeParse(Object.fromEntries(given))
  if (!read.success) return read.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`).join('; ')
  const { serviceName, metricName, endTime: end = epochMillis(now + 1), statistic, period, limit, nextToken } = read.data
  const start = read.data.startTime ?? epochMillis(end - DAY / 24)
  if (start >= end) return 'startTime: must be before endTime'
  if (statistic === undefined && period !== undefined) return 'statistic: is needed where there is a period'
  const aggregate = statistic === undefined ? undefined : { statistic, period: period ?? 60 }
  return { serviceName, metricName, start, end, aggregate, limit, nextToken }
}
