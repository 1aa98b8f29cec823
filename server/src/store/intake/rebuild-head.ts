import { epochSeconds, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import type { Head } from '../head/head.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { SeriesRow } from '../metrics/point-block.ts'
import type { RecentRows } from '../metrics/recent-rows.ts'

/** What a start reads back from the store. */
export interface RecentTables {
  loadSeries(): Promise<readonly SeriesRow[]>
  countRecent(since: EpochSeconds): Promise<number>
  recent(since: EpochSeconds): AsyncGenerator<RecentRows>
}

const REACH_SECONDS = 3 * 3600
const PROBE_SECONDS = 120
/**
 * About a second of loading, twice that on a busy machine: with it a killed server is back within five. After heavy traffic the head
 * reaches back less far, and the store answers for the rest.
 */
const MAX_ROWS = 1_000_000
const BATCH = 8192

/** Fills an empty head from the store, as far back as is quick. */
export const rebuildHead = async (tables: RecentTables, index: SeriesIndex, head: Head, now: EpochMillis): Promise<void> => {
  const rows = await tables.countRecent(epochSeconds(toSeconds(now) - PROBE_SECONDS))
  const reach = Math.min(REACH_SECONDS, (MAX_ROWS / Math.max(1, rows)) * PROBE_SECONDS)
  // After a flood nothing of the past is loaded, but what is stored for times to come still is. Otherwise the minute in which the
  // reach begins is loaded whole: a dashboard asks for the last three hours from there.
  const minute = reach < PROBE_SECONDS ? Math.ceil(toSeconds(now) / 60) : Math.floor((toSeconds(now) - reach) / 60)
  const since = epochSeconds(minute * 60)
  head.reachBack(since)
  const numbers = index.numbersById()
  const columns = new MetricColumns()
  for await (const rows of tables.recent(since)) {
    for (let from = 0; from < rows.block.length; from += BATCH) {
      columns.clear()
      fill(columns, rows, from, Math.min(from + BATCH, rows.block.length), numbers)
      head.apply(columns)
    }
  }
}

const fill = (columns: MetricColumns, rows: RecentRows, from: number, to: number, numbers: ReadonlyMap<bigint, number>): void => {
  const { kind, resolution, block } = rows
  // The rows of a series follow one another: an object for each id is made once a series, not once a row.
  const halves = new Uint32Array(block.series.buffer, block.series.byteOffset, block.length * 2)
  let series: number | undefined
  for (let row = from; row < to; row++) {
    if (row === from || halves[row * 2] !== halves[row * 2 - 2] || halves[row * 2 + 1] !== halves[row * 2 - 1]) series = numbers.get(block.series[row]!)
    // A series that the series table lost cannot be told to anybody.
    if (series === undefined) continue
    const seconds = block.seconds[row]!
    if (kind === 'points') columns.addPoint(series, seconds, resolution, block.value[row]!, block.count[row]!)
    else columns.addSet(series, seconds, resolution, block.count[row]!, block.sum[row]!, block.minimum[row]!, block.maximum[row]!)
  }
}
