import { seconds, type Seconds } from '../../base/time.ts'

/** A table of one tier and how its partitions lie in time (UTC). */
export interface TierTable {
  readonly name: string
  readonly staging: string
  readonly columns: readonly string[]
  /** The columns that hold an insert's mark in rows of series 0. */
  readonly markColumns: readonly [string, string]
  /** The start of the partition that holds the given second, and its end; both in epoch seconds. */
  partition(at: number): { readonly start: number; readonly end: number }
}

const HOUR = 3_600
const DAY = 86_400

const by = (length: number) => (at: number) => {
  const start = Math.floor(at / length) * length
  return { start, end: start + length }
}
const byMonth = (at: number): { readonly start: number; readonly end: number } => {
  const day = new Date(at * 1000)
  const month = (offset: number): number => Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + offset) / 1000
  return { start: month(0), end: month(1) }
}

const table = (name: string, columns: readonly string[], markColumns: readonly [string, string], partition: TierTable['partition']): TierTable =>
  ({ name, staging: `${name}_staging`, columns: ['series', 'ts', ...columns], markColumns, partition })

const SET = ['count', 'sum', 'minimum', 'maximum']

export const POINTS_1 = table('metric_points_1', ['value', 'count'], ['value', 'count'], by(HOUR))
export const POINTS_60 = table('metric_points_60', ['value', 'count'], ['value', 'count'], by(DAY))
export const SETS_1 = table('metric_sets_1', SET, ['count', 'sum'], by(HOUR))
export const SETS_60 = table('metric_sets_60', SET, ['count', 'sum'], by(DAY))
export const ROLLUP_300 = table('metric_rollup_300', [...SET, 'keys', 'weights'], ['count', 'sum'], by(DAY))
export const ROLLUP_3600 = table('metric_rollup_3600', [...SET, 'keys', 'weights'], ['count', 'sum'], byMonth)
/** A copy beside the tiers: sums and samples of points of the last 15 days. */
export const SUMS_300 = table('metric_sums_300', [...SET, 'kind', 'steps', 'more'], ['count', 'sum'], by(DAY))
export const TIERS: readonly TierTable[] = [POINTS_1, POINTS_60, SETS_1, SETS_60, ROLLUP_300, ROLLUP_3600]

/** How long each resolution can be read, by CloudWatch's documentation: 3 hours, 15, 63 and 455 days. */
export const KEPT_1 = seconds(3 * HOUR)
export const KEPT_60 = seconds(15 * DAY)
export const KEPT_300 = seconds(63 * DAY)
export const KEPT_3600 = seconds(455 * DAY)

/** How far back a period can be read: data that is older exists only in coarser steps and does not answer it. */
export const reachOf = (period: Seconds): Seconds => {
  if (period % 3_600 === 0) return KEPT_3600
  if (period % 300 === 0) return KEPT_300
  return period % 60 === 0 ? KEPT_60 : KEPT_1
}
