import type { MessageData } from '@aws-sdk/client-cloudwatch'
import { epochSeconds, floorTo, type EpochMillis } from '../../../base/time.ts'
import type { Call } from '../../operation.ts'
import type { Series } from '../ports.ts'
import { defaultLabels } from './default-labels.ts'
import { dynamicLabel } from './dynamic-labels.ts'
import type { Query, StoredQuery } from './queries.ts'
import { bucketsIn, EPOCH, readSeries, type ReadRange, type SeriesReads, type Wanted } from './stored-series.ts'
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

/** At most so many series are read at a time: with percentiles, all of their samples are in memory. */
const BATCH = 100

/** A query and what it is called when it was given no label. */
export interface LabelledQuery {
  readonly query: StoredQuery
  readonly fallback: string
}

/**
 * The lines that return data, in the order of the queries, from the `from`-th on. They are read together as far as they
 * may fill a page with `room` for so many datapoints: what it cannot take is not read for it.
 */
export async function* storedLines(
  reads: SeriesReads,
  queries: readonly Query[],
  range: Range,
  { from, room }: { readonly from: number; readonly room: number },
): AsyncGenerator<Line> {
  const labelled = withLabels(queries.filter(query => query.kind === 'stored' && query.returnData) as readonly StoredQuery[])
  const within = readRange(range)
  for (let start = from; start < labelled.length; ) {
    let end = start
    for (let possible = 0; end < labelled.length && end - start < BATCH && possible < room; end++) {
      possible += bucketsIn(within, labelled[end]!.query.period)
    }
    yield* await readLines(reads, labelled.slice(start, end), range)
    start = end
  }
}

export const withLabels = (queries: readonly StoredQuery[]): readonly LabelledQuery[] => {
  const labels = defaultLabels(queries)
  return queries.map((query, index) => ({ query, fallback: labels[index]! }))
}

/** The lines of stored metrics, read together. */
export const readLines = async (reads: SeriesReads, queries: readonly LabelledQuery[], range: Range): Promise<readonly Line[]> => {
  const visible = queries.filter(({ query }) => !isForeign(query, range))
  const series = await readSeries(reads, visible.map(({ query }) => query), readRange(range))
  const found = new Map(visible.map(({ query }, index) => [query, series[index]!]))
  return queries.map(({ query, fallback }) => {
    const { id, label } = query
    const read = found.get(query)
    if (read === undefined) return { id, label: label ?? fallback, timestamps: [], values: [], messages: [], forbidden: true }
    const { timestamps, values, units } = read
    return {
      id,
      label: label === undefined ? fallback : dynamicLabel(label, {
        label: fallback, series: read, now: range.now, timezone: range.timezone, properties: propertiesOf(query, range),
      }),
      timestamps,
      values,
      messages: units.length < 2 ? [] : [{ Code: 'MultipleUnits', Value: `Multiple units returned: '[${units.join(', ')}]'` }],
      forbidden: false,
    }
  })
}

/** There are no linked accounts here. */
export const isForeign = ({ account }: { readonly account: string | undefined }, { call }: Range): boolean =>
  account !== undefined && account !== call.tenant.account

/** The first bucket is read whole, also when StartTime falls inside it: its value does not depend on who asks. */
export const readRange = ({ call, start, end, now }: Range): ReadRange => ({
  tenant: call.tenant,
  startOf: period => epochSeconds(Math.max(floorTo(roundStart(start, period, now), period), oldestStart(period, now, EPOCH))),
  end: endSecond(end),
})

/** What `${PROP('…')}` of a metric's own label can name. */
export const propertiesOf = ({ metric, period, statistic }: Wanted, { call }: Range): Readonly<Record<string, string>> => ({
  AccountId: call.tenant.account,
  AccountLabel: call.tenant.account,
  MetricName: metric.name,
  Namespace: metric.namespace,
  Period: String(period),
  Region: call.tenant.region,
  Stat: statistic.text,
  ...Object.fromEntries(metric.dimensions.map(({ name, value }) => [`Dim.${name}`, value])),
})
