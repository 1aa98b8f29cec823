import type { EpochSeconds } from '../../base/time.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { PointBlock, Resolution, SetBlock } from './point-block.ts'
import { slicesOf } from './roll-up.ts'
import { POINTS_1, POINTS_60, SETS_1, SETS_60 } from './tier-tables.ts'

/** A batch of stored rows, sorted by (series, seconds) within itself; no series is in two batches of the same kind and resolution. */
export type RecentRows =
  | { readonly kind: 'points'; readonly resolution: Resolution; readonly block: PointBlock }
  | { readonly kind: 'sets'; readonly resolution: Resolution; readonly block: SetBlock }

const ROWS_PER_BATCH = 250_000
const SINCE = 'ts >= toDateTime({since:UInt32}, \'UTC\') AND series != 0'

/** How many rows {@link readRecent} would read; without reading them. */
export const countRecent = async (telemetry: Telemetry, since: EpochSeconds): Promise<number> => {
  const counts = await Promise.all([POINTS_1, POINTS_60, SETS_1, SETS_60].map(({ name }) => countRows(telemetry, name, since)))
  return counts.reduce((sum, rows) => sum + rows, 0)
}

const countRows = async (telemetry: Telemetry, table: string, since: EpochSeconds): Promise<number> => {
  const [counted] = await telemetry.query<{ readonly rows: string }>('slow', `SELECT count() AS rows FROM ${table} WHERE ${SINCE}`, { since })
  return Number(counted!.rows)
}

/** All points and statistic sets not older than `since`, from which the head is rebuilt. */
export async function* readRecent(telemetry: Telemetry, since: EpochSeconds): AsyncGenerator<RecentRows> {
  for (const [table, resolution] of [[POINTS_1, 1], [POINTS_60, 60]] as const) {
    for await (const block of read(telemetry, table.name, ['value', 'count'], since)) {
      yield { kind: 'points', resolution, block: { ...block, value: block.columns[0]!, count: block.columns[1]! } }
    }
  }
  for (const [table, resolution] of [[SETS_1, 1], [SETS_60, 60]] as const) {
    for await (const block of read(telemetry, table.name, ['count', 'sum', 'minimum', 'maximum'], since)) {
      const [count, sum, minimum, maximum] = block.columns
      yield { kind: 'sets', resolution, block: { ...block, count: count!, sum: sum!, minimum: minimum!, maximum: maximum! } }
    }
  }
}

interface Rows {
  readonly length: number
  readonly series: BigUint64Array
  readonly seconds: Uint32Array
  readonly columns: readonly Float64Array[]
}

async function* read(telemetry: Telemetry, table: string, columns: readonly string[], since: EpochSeconds): AsyncGenerator<Rows> {
  const slices = Math.ceil((await countRows(telemetry, table, since)) / ROWS_PER_BATCH)
  for (const slice of slices === 0 ? [] : slicesOf(slices)) {
    const sql = `SELECT series, ts, ${columns.join(', ')} FROM ${table}
      WHERE series BETWEEN {from:UInt64} AND {to:UInt64} AND ${SINCE} ORDER BY series, ts`
    const blocks = await telemetry.columns('slow', sql, { since, ...slice })
    const length = blocks.reduce((sum, block) => sum + block.length, 0)
    if (length === 0) continue
    const rows = {
      length,
      series: new BigUint64Array(length),
      seconds: new Uint32Array(length),
      columns: columns.map(() => new Float64Array(length)),
    }
    let at = 0
    for (const block of blocks) {
      rows.series.set(block.uint64('series'), at)
      rows.seconds.set(block.uint32('ts'), at)
      for (const [index, name] of columns.entries()) rows.columns[index]!.set(block.float64(name), at)
      at += block.length
    }
    yield rows
  }
}
