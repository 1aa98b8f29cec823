import { z } from 'zod'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import { FUTURE_MILLIS, isStorable, PAST_MILLIS } from '../../model/metric-limits.ts'
import { isDimensionValue, isMetricName } from '../../model/metric-names.ts'
import { UNITS } from '../../model/metric.ts'
import { RESERVED, type ServiceMetric } from './service-metric.ts'

/** Datapoints of one request, as PutMetricData has it. */
const MOST = 1_000
/** Of one datapoint, in characters of JSON. */
const MOST_METADATA = 8_192

export interface PostProblem {
  /** `metrics[3].value`, or `body`. */
  readonly at: string
  readonly message: string
}

export type Posted =
  | { readonly kind: 'metrics'; readonly metrics: readonly ServiceMetric[] }
  | { readonly kind: 'problems'; readonly problems: readonly PostProblem[] }

const Datapoint = z.strictObject({
  // A log stream's name as well.
  serviceName: z.string().max(255).refine(name => isDimensionValue(name) && !/[:*]/.test(name), 'must be 1 to 255 printable ASCII characters, without : and *'),
  metricName: z.string().refine(name => isMetricName(name) && !RESERVED.has(name), 'must be 1 to 255 characters and none of the reserved names'),
  value: z.number().refine(isStorable, 'must be between -2^360 and 2^360'),
  timestamp: z.union([z.number(), z.iso.datetime({ offset: true })]).optional(),
  unit: z.enum(UNITS).optional(),
  metadata: z.record(z.string(), z.unknown()).refine(data => JSON.stringify(data).length <= MOST_METADATA, `must not be longer than ${MOST_METADATA} characters`).optional(),
})

/** The datapoints of a body: one, a list of them, or `{"metrics": […]}`. All of them are right, or none is taken. */
export const readPosted = (body: Buffer, now: EpochMillis): Posted => {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (error) {
    return problems([{ at: 'body', message: `is no JSON: ${error instanceof Error ? error.message : String(error)}` }])
  }
  const listed = Array.isArray(parsed) ? parsed : (parsed as { readonly metrics?: unknown } | null)?.metrics
  const items: readonly unknown[] = Array.isArray(listed) ? listed : [parsed]
  if (items.length === 0 || items.length > MOST) return problems([{ at: 'body', message: `must hold 1 to ${MOST} metrics` }])
  const metrics: ServiceMetric[] = []
  const wrong: PostProblem[] = []
  for (const [index, item] of items.entries()) {
    const place = Array.isArray(listed) ? `metrics[${index}]` : 'body'
    const read = Datapoint.safeParse(item)
    if (!read.success) {
      wrong.push(...read.error.issues.map(({ path, message }) => ({ at: [place, ...path].join('.'), message })))
      continue
    }
    const { serviceName, metricName, value, unit = 'None', metadata = {} } = read.data
    const timestamp = timeOf(read.data.timestamp, now)
    if (timestamp >= now - PAST_MILLIS && timestamp <= now + FUTURE_MILLIS) metrics.push({ serviceName, metricName, timestamp, value, unit, metadata })
    else wrong.push({ at: `${place}.timestamp`, message: 'must be within the last two weeks, and not more than two hours ahead' })
  }
  return wrong.length === 0 ? { kind: 'metrics', metrics } : problems(wrong)
}

/** More would only say the same again. */
const MOST_PROBLEMS = 20

const problems = (all: readonly PostProblem[]): Posted => ({ kind: 'problems', problems: all.slice(0, MOST_PROBLEMS) })

/** Seconds have ten digits until 2286, milliseconds thirteen since 2001. */
const SECONDS_BELOW = 100_000_000_000

const timeOf = (timestamp: number | string | undefined, now: EpochMillis): EpochMillis => {
  if (timestamp === undefined) return now
  if (typeof timestamp === 'string') return epochMillis(Date.parse(timestamp))
  return epochMillis(Math.trunc(timestamp < SECONDS_BELOW ? timestamp * 1000 : timestamp))
}
