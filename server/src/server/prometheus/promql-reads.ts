import { sleep, type Clock } from '../../base/clock.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, floorTo, millis, seconds, toMillis, type EpochMillis, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type { Budget } from '../../engines/promql/budget.ts'
import type { Inputs } from '../../engines/promql/evaluation.ts'
import { reachesOf, type Plan, type Selector } from '../../engines/promql/plan.ts'
import { PromqlError } from '../../engines/promql/promql-error.ts'
import type { SeriesData } from '../../engines/promql/value.ts'
import type { MetricSums } from '../../model/metric.ts'
import { SampleColumns } from './sample-columns.ts'
import { selectSeries, type MetricDirectory } from './series-selection.ts'

/** Prometheus's: so old may a sample be that an instant selector still takes. */
const LOOKBACK = millis(300_000)

/** The finest period that everything so young is kept at: seconds for three hours, minutes for 15 days, and so on. */
const PERIODS: readonly (readonly [reach: number, period: Seconds])[] = [
  [3 * 3600, seconds(1)], [15 * 86_400, seconds(60)], [63 * 86_400, seconds(300)], [Infinity, seconds(3600)],
]

/** The longest that anything is kept, and how far ahead of the clock a datum may be, with an hour's room; milliseconds. */
const KEPT = 456 * 86_400_000
const AHEAD = 3 * 3_600_000

/** So many series may one selector find. */
const SERIES_LIMIT = 10_000
/** So many slots are read before others get their turn: some 10 ms. */
const SLOTS_AT_A_STRETCH = 1_000_000

export interface PromqlSources {
  readonly directory: MetricDirectory
  readonly sums: MetricSums
  readonly clock: Clock
}

/** Reads what a plan needs to be evaluated at the instants from `first` to `last`. */
export const readInputs = async (
  sources: PromqlSources, tenant: Tenant, plan: Plan, first: EpochMillis, last: EpochMillis, budget: Budget,
): Promise<Inputs> => {
  const reaches = reachesOf(plan, LOOKBACK)
  const now = sources.clock.now()
  const oldest = Math.min(first, ...reaches.map(({ earliest }) => first - earliest))
  const period = periodOf(epochMillis(oldest), now)
  // Where samples are further apart than the lookback, an instant selector has to reach back to the one before.
  const lookback = Math.max(LOOKBACK, period * 1000)
  const series = new Map<Selector, readonly SeriesData[]>()
  for (const { selector, earliest, latest } of reachesOf(plan, lookback)) {
    const within = slotsOf(Math.max(first - earliest, now - KEPT), Math.min(last - latest, now + AHEAD), period)
    if (within.end > within.start) series.set(selector, await readSelector(sources, tenant, selector, within, budget))
  }
  return { lookback, series: selector => series.get(selector) ?? [] }
}

const periodOf = (oldest: EpochMillis, now: EpochMillis): Seconds =>
  PERIODS.find(([reach]) => oldest >= now - reach * 1000)![1]

interface Slots {
  readonly start: EpochSeconds
  /** Exclusive. */
  readonly end: EpochSeconds
  readonly period: Seconds
}

/** The slots from the one that holds `from` to the one that holds `to` (milliseconds). */
const slotsOf = (from: number, to: number, period: Seconds): Slots => ({
  start: floorTo(epochSeconds(Math.floor(from / 1000)), period),
  end: epochSeconds(floorTo(epochSeconds(Math.floor(to / 1000)), period) + period),
  period,
})

const readSelector = async (
  { directory, sums, clock }: PromqlSources, tenant: Tenant, { matchers }: Selector, { start, end, period }: Slots, budget: Budget,
): Promise<readonly SeriesData[]> => {
  const found = await selectSeries(directory, tenant, matchers, toMillis(start))
  if (found.length > SERIES_LIMIT) throw new PromqlError(`a selector finds ${found.length} series; the limit is ${SERIES_LIMIT}`)
  const slots = (end - start) / period
  const batch = Math.max(1, Math.floor(SLOTS_AT_A_STRETCH / slots))
  const read: SeriesData[] = []
  for (let from = 0; from < found.length; from += batch) {
    if (from > 0) await sleep(clock, millis(0))
    const some = found.slice(from, from + batch)
    const columns = new SampleColumns(some.length, samples => budget.spend(samples))
    budget.nextInstant()
    await sums.sumMany({ tenant, metrics: some.map(({ metric }) => metric), start, period, slots }, columns)
    for (const [place, { labels }] of some.entries()) {
      const { times, values } = columns.of(place, slot => (start + slot * period) * 1000)
      if (times.length > 0) read.push({ labels, times, values })
    }
  }
  return read
}
