import type { MessageData } from '@aws-sdk/client-cloudwatch'
import { epochSeconds, floorTo, type EpochMillis } from '../../../base/time.ts'
import type { MetricReads } from '../../../model/metric.ts'
import type { Call } from '../../operation.ts'
import type { Series } from '../ports.ts'
import { defaultLabels } from './default-labels.ts'
import { dynamicLabel } from './dynamic-labels.ts'
import type { Query, StoredQuery } from './queries.ts'
import { EPOCH, readSeries } from './stored-series.ts'
import { endSecond, oldestStart, roundStart } from './time-range.ts'

/** A whole result of GetMetricData, oldest first, before it is cut into pages. */
export interface Line extends Series {
  readonly id: string
  readonly label: string
  readonly messages: readonly MessageData[]
  /** The metric belongs to an account that the caller cannot see. */
  readonly forbidden: boolean
}

export interface Range {
  readonly call: Call
  readonly start: EpochMillis
  readonly end: EpochMillis
  /** When the first page was asked for. */
  readonly now: EpochMillis
  /** Minutes ahead of UTC, for times in labels. */
  readonly timezone: number
}

/** At most so many series are read at a time. */
const BATCH = 50

/**
 * The lines that return data, in the order of the queries, from the `from`-th on. They are read together as far as they
 * may fill a page with `room` for so many datapoints: what it cannot take is not read for it.
 */
export async function* storedLines(
  reads: MetricReads,
  queries: readonly Query[],
  range: Range,
  { from, room }: { readonly from: number; readonly room: number },
): AsyncGenerator<Line> {
  const labelled = withLabels(queries.filter(query => query.kind === 'stored' && query.returnData) as readonly StoredQuery[])
  for (let start = from; start < labelled.length; ) {
    let end = start
    for (let possible = 0; end < labelled.length && end - start < BATCH && possible < room; end++) {
      possible += Math.ceil((range.end - range.start) / 1000 / labelled[end]!.query.period)
    }
    yield* await Promise.all(labelled.slice(start, end).map(({ query, fallback }) => storedLine(reads, query, fallback, range)))
    start = end
  }
}

export const withLabels = (queries: readonly StoredQuery[]): readonly { readonly query: StoredQuery; readonly fallback: string }[] => {
  const labels = defaultLabels(queries)
  return queries.map((query, index) => ({ query, fallback: labels[index]! }))
}

export const storedLine = async (reads: MetricReads, query: StoredQuery, fallback: string, range: Range): Promise<Line> => {
  const { id, unit, metric } = query
  const { tenant } = range.call
  if (query.account !== undefined && query.account !== tenant.account) {
    return { id, label: query.label ?? fallback, timestamps: [], values: [], messages: [], forbidden: true }
  }
  const { period } = query
  // The first bucket is read whole, also when StartTime falls inside it: its value does not depend on who asks.
  const start = floorTo(roundStart(range.start, period, range.now), period)
  const series = await readSeries(
    reads,
    {
      tenant,
      metric,
      unit,
      start: epochSeconds(Math.max(start, oldestStart(period, range.now, EPOCH))),
      end: endSecond(range.end),
      period,
      origin: EPOCH,
    },
    query.statistic,
  )
  return {
    id,
    label: query.label === undefined ? fallback : dynamicLabel(query.label, labelFacts(query, fallback, series, range)),
    timestamps: series.timestamps,
    values: series.values,
    messages: series.units.length < 2 ? [] : [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${series.units.join(', ')}]'` }],
    forbidden: false,
  }
}

const labelFacts = ({ metric, period, statistic }: StoredQuery, label: string, series: Series, { call, now, timezone }: Range) => ({
  label,
  series,
  now,
  timezone,
  properties: {
    AccountId: call.tenant.account,
    AccountLabel: call.tenant.account,
    MetricName: metric.name,
    Namespace: metric.namespace,
    Period: String(period),
    Region: call.tenant.region,
    Stat: statistic.text,
    ...Object.fromEntries(metric.dimensions.map(({ name, value }) => [`Dim.${name}`, value])),
  },
})
