import type { Tenant } from '../../base/tenancy.ts'
import { epochSeconds, floorTo, toSeconds, type EpochMillis, type Seconds } from '../../base/time.ts'
import type { History } from '../../engines/bands/points.ts'
import { compile } from '../../engines/expressions/compile.ts'
import { parseStatistic } from '../../engines/statistics/parse.ts'
import type { AlarmQuery } from '../../model/alarm.ts'
import type { DetectorSource } from '../../model/anomaly-detector.ts'
import type { MetricIdentity, MetricReads, Unit } from '../../model/metric.ts'

/** AWS learns from as much at most. */
const HISTORY_DAYS = 14
const DAY = 86_400

interface Range {
  readonly tenant: Tenant
  readonly now: EpochMillis
  readonly period: Seconds
}

/** What a detector learns from: up to two weeks that end with the newest complete period. Throws `ExpressionError`. */
export const historyOf = (reads: Pick<MetricReads, 'read'>, source: DetectorSource, range: Range): Promise<History> =>
  source.kind === 'metric'
    ? storedHistory(reads, { ...source, unit: undefined }, range)
    : computedHistory(reads, source.queries, range)

const emptyHistory = ({ now, period }: Range): History => {
  const length = Math.floor((HISTORY_DAYS * DAY) / period)
  const start = epochSeconds(floorTo(toSeconds(now), period) - length * period)
  return { start, period, values: new Float64Array(length).fill(Number.NaN) }
}

interface StoredSeries {
  readonly metric: MetricIdentity
  readonly statistic: string
  readonly unit: Unit | undefined
}

const storedHistory = async (reads: Pick<MetricReads, 'read'>, { metric, statistic: text, unit }: StoredSeries, { tenant, now, period }: Range): Promise<History> => {
  const { start, values } = emptyHistory({ tenant, now, period })
  const end = epochSeconds(start + values.length * period)
  const parsed = parseStatistic(text)
  if (parsed.ok) {
    const { statistic } = parsed
    // The alphabetically first unit that has data, as GetMetricData and alarms choose it.
    const [first] = await reads.read({ tenant, metric, unit, start, end, period, origin: epochSeconds(0), samples: statistic.samples })
    for (const bucket of first?.buckets ?? []) values[(bucket.start - start) / period] = statistic.compute(bucket) ?? Number.NaN
  }
  return { start, period, values }
}

const computedHistory = async (reads: Pick<MetricReads, 'read'>, queries: readonly AlarmQuery[], range: Range): Promise<History> => {
  const program = compile(
    queries.flatMap(({ id, stored }) => (stored === undefined ? [] : [{ id, period: range.period }])),
    queries.flatMap(({ id, expression }) => (expression === undefined ? [] : [{ id, expression, period: range.period }])),
  )
  const histories = new Map<string, History>()
  for (const { id, stored } of queries) if (stored !== undefined) histories.set(id, await storedHistory(reads, stored, range))
  const result = queries.find(({ returnData }) => returnData)
  const empty = emptyHistory(range)
  if (result === undefined) return empty
  const grid = { start: empty.start, period: empty.period, length: empty.values.length }
  const [line] = program.evaluate(result.id, {
    grid,
    metric: id => ({ label: id, values: histories.get(id)!.values }),
    // A band takes no expression that searches or asks others, so there is nothing to find.
    need: () => [],
  })
  return line === undefined ? empty : { start: empty.start, period: empty.period, values: line.values.slice() }
}
