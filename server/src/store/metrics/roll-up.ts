import { SOURCE_SQL } from './roll-up-sql.ts'
import { isInserted, markOf, type Mark } from './insert-ledger.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { TierLock } from './tier-lock.ts'
import {
  KEPT_1, KEPT_300, KEPT_3600, KEPT_60, POINTS_1, POINTS_60, ROLLUP_300, ROLLUP_3600, SETS_1, SETS_60, type TierTable,
} from './tier-tables.ts'

/** Fine tables whose closed partitions become one part of a coarser one. */
interface RollUp {
  readonly sources: readonly TierTable[]
  readonly target: TierTable
  /** A partition is closed when its end is older than this, in seconds: nothing is read from it or added to it any more. */
  readonly closedAfter: number
}

/** Points of the last seconds before the limit may still be on their way through the journal. */
const LATECOMERS = 600

const ROLL_UPS: readonly RollUp[] = [
  { sources: [POINTS_1], target: POINTS_60, closedAfter: KEPT_1 + LATECOMERS },
  { sources: [SETS_1], target: SETS_60, closedAfter: KEPT_1 + LATECOMERS },
  { sources: [POINTS_60, SETS_60], target: ROLLUP_300, closedAfter: KEPT_60 + LATECOMERS },
  { sources: [ROLLUP_300], target: ROLLUP_3600, closedAfter: KEPT_300 + LATECOMERS },
]

/** Hears when data begins and ceases to be in two tiers at once; while it is, {@link finishRollUps} is due. */
export interface RollUpProgress {
  unsettled(): void
  settled(): Promise<void>
}

/** A source partition as the engine has it now. */
interface Partition {
  readonly table: TierTable
  readonly id: string
  readonly start: number
  readonly rows: number
  /** Changes with every insert into the partition, and with nothing else: merges keep the range of block numbers. */
  readonly mark: Mark
}

/** So many rows are grouped at once; keeps a roll-up's memory within some 300 MB. */
const ROWS_PER_SLICE = 500_000

/**
 * Rolls up every closed partition, oldest first; answers how many. A kill at any point neither loses nor doubles: the coarse
 * part is put together in a staging table, carries the marks of its sources, and enters its tier by one rename.
 */
export const rollUpClosed = async (telemetry: Telemetry, lock: TierLock, now: number, progress: RollUpProgress): Promise<number> => {
  let rolled = 0
  for (const rollUp of ROLL_UPS) {
    const byStart = Map.groupBy(await partitions(telemetry, rollUp.sources), partition => partition.start)
    for (const start of [...byStart.keys()].sort((a, b) => a - b)) {
      const { end } = rollUp.sources[0]!.partition(start)
      if (end + rollUp.closedAfter > now) break
      if (await rollUpOne(telemetry, lock, rollUp, byStart.get(start)!, progress)) rolled++
    }
  }
  return rolled
}

/** Drops what a killed process had rolled up but not yet dropped. Must run before anything is read or written. */
export const finishRollUps = async (telemetry: Telemetry): Promise<void> => {
  for (const { sources, target } of ROLL_UPS) {
    for (const partition of await partitions(telemetry, sources)) {
      if (await isInserted(telemetry, target, partition.start, partition.mark)) await drop(telemetry, partition)
    }
  }
}

const rollUpOne = async (
  telemetry: Telemetry, lock: TierLock, rollUp: RollUp, sources: readonly Partition[], progress: RollUpProgress,
): Promise<boolean> => {
  const { target } = rollUp
  const upkeep = (sql: string, parameters = {}): Promise<void> => telemetry.command(sql, parameters, 'upkeep')
  await upkeep(`TRUNCATE TABLE ${target.staging}`)
  const slices = Math.max(1, Math.ceil(sources.reduce((sum, source) => sum + source.rows, 0) / ROWS_PER_SLICE))
  const { start, end } = rollUp.sources[0]!.partition(sources[0]!.start)
  const [first, second] = target.markColumns
  for (const { mark } of sources) {
    const marks = { start, a: mark[0], b: mark[1] }
    await upkeep(
      `INSERT INTO ${target.staging} (series, ts, ${first}, ${second}) SELECT 0, toDateTime({start:UInt32}, 'UTC'), {a:Float64}, {b:Float64}`, marks)
  }
  for (const slice of slicesOf(slices)) {
    await upkeep(`INSERT INTO ${target.staging} (${target.columns.join(', ')}) ${SOURCE_SQL[target.name]}`, { start, end, ...slice })
  }
  await upkeep(`OPTIMIZE TABLE ${target.staging} FINAL`)
  const parts = await telemetry.query<{ readonly partition_id: string }>(
    'upkeep', 'SELECT partition_id FROM system.parts WHERE database = currentDatabase() AND active AND table = {table:String}', { table: target.staging })
  if (parts.length !== 1) throw new Error(`the roll-up into ${target.name} is in ${parts.length} parts: it would not enter its tier in one step`)
  const [part] = parts
  const entered = await lock.exclusive(async () => {
    // A late batch may have come in meanwhile: then this roll-up is incomplete, and the next round makes it anew.
    const present = (await partitions(telemetry, rollUp.sources)).filter(partition => partition.start === sources[0]!.start)
    if (fingerprint(present) !== fingerprint(sources)) return false
    progress.unsettled()
    await upkeep(`ALTER TABLE ${target.name} ATTACH PARTITION ID ${quoteId(part!.partition_id)} FROM ${target.staging}`)
    for (const source of sources) await drop(telemetry, source)
    await progress.settled()
    return true
  })
  await upkeep(`TRUNCATE TABLE ${target.staging}`)
  return entered
}

const fingerprint = (partitions: readonly Partition[]): string =>
  partitions.map(({ table, id, mark }) => `${table.name}/${id}/${mark.join('/')}`).sort().join(' ')

const drop = (telemetry: Telemetry, { table, id }: Partition): Promise<void> =>
  telemetry.command(`ALTER TABLE ${table.name} DROP PARTITION ID ${quoteId(id)}`, {}, 'upkeep')

/** Partition ids cannot be bound; the engine makes them of digits and hexadecimal letters. */
export const quoteId = (id: string): string => {
  if (!/^[0-9a-zA-Z-]+$/.test(id)) throw new Error(`not a partition id: ${JSON.stringify(id)}`)
  return `'${id}'`
}

const partitions = async (telemetry: Telemetry, tables: readonly TierTable[]): Promise<readonly Partition[]> => {
  const sql = `SELECT table, partition_id AS id, toUInt32(min(min_time)) AS first, toUInt32(sum(rows)) AS total,
      toString(min(min_block_number)) AS low, toString(max(max_block_number)) AS high
    FROM system.parts WHERE database = currentDatabase() AND active AND table IN {tables:Array(String)} GROUP BY table, id`
  interface Row { readonly table: string; readonly id: string; readonly first: number; readonly total: number; readonly low: string; readonly high: string }
  const rows = await telemetry.query<Row>('upkeep', sql, { tables: tables.map(table => table.name) })
  return rows.map(row => {
    const table = tables.find(({ name }) => name === row.table)!
    return { table, id: row.id, start: table.partition(row.first).start, rows: row.total, mark: markOf(`${row.table}/${row.id}/${row.low}/${row.high}`) }
  })
}

/** Ranges of series ids, both ends inclusive: ids are hashes, so equal ranges hold about as many rows each. Never series 0. */
export const slicesOf = (count: number): readonly { readonly from: bigint; readonly to: bigint }[] => {
  const width = 2n ** 64n / BigInt(count)
  return Array.from({ length: count }, (_, index) => ({
    from: index === 0 ? 1n : BigInt(index) * width,
    to: index === count - 1 ? 2n ** 64n - 1n : BigInt(index + 1) * width - 1n,
  }))
}

/** Drops the months whose every hour is older than CloudWatch keeps anything. */
export const dropExpired = async (telemetry: Telemetry, lock: TierLock, now: number): Promise<number> => {
  const old = (await partitions(telemetry, [ROLLUP_3600])).filter(({ table, start }) => table.partition(start).end + KEPT_3600 <= now)
  for (const partition of old) await lock.exclusive(() => drop(telemetry, partition))
  return old.length
}
