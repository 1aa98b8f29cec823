import type { Telemetry } from '../telemetry/telemetry.ts'
import { writeBlock, type Column } from '../telemetry/native-write.ts'
import { isInserted, markOf, type Mark } from './insert-ledger.ts'
import type { TierExtents } from './tier-extents.ts'
import type { TierTable } from './tier-tables.ts'

/** Rows of a tier as columns: the key, and the values in the order of the table's columns. */
export interface TierRows {
  readonly length: number
  readonly series: BigUint64Array
  readonly seconds: Uint32Array
  readonly values: readonly Float64Array[]
}

/**
 * Writes the rows once, however often it is called with the same token and rows: each partition is one insert with its mark,
 * and one that is there already is left alone. Durable when it resolves.
 */
export const writeTier = async (telemetry: Telemetry, extents: TierExtents, table: TierTable, rows: TierRows, token: string): Promise<void> => {
  const mark = markOf(token)
  for (const [start, part] of byPartition(table, rows)) {
    extents.cover(table, start, table.partition(start).end)
    if (await isInserted(telemetry, table, start, mark)) continue
    const id = `${table.name}-${start}-${mark[0].toString(36)}${mark[1].toString(36)}`
    await telemetry.insert(table.name, table.columns, encode(table, part, start, mark), id)
  }
}

const encode = (table: TierTable, rows: TierRows, start: number, mark: Mark): readonly Uint8Array[] => {
  // The mark's row comes first: series 0 keeps the block sorted.
  const columns: Column[] = [
    { name: 'series', data: { type: 'UInt64', first: BigUint64Array.of(0n), values: rows.series } },
    { name: 'ts', data: { type: 'DateTime', first: Uint32Array.of(start), values: rows.seconds } },
  ]
  for (const [index, name] of table.columns.slice(2).entries()) {
    const first = Float64Array.of(mark[table.markColumns.indexOf(name)] ?? 0)
    columns.push({ name, data: { type: 'Float64', first, values: rows.values[index]! } })
  }
  return writeBlock(columns, rows.length + 1)
}

/** The rows of each partition with its start; the rows themselves when, as nearly always, they lie in one. */
const byPartition = (table: TierTable, rows: TierRows): ReadonlyMap<number, TierRows> => {
  let first = Infinity
  let last = 0
  for (let row = 0; row < rows.length; row++) {
    const at = rows.seconds[row]!
    if (at < first) first = at
    if (at > last) last = at
  }
  const whole = table.partition(first)
  if (last < whole.end) return new Map([[whole.start, rows]])
  const indexes = new Map<number, number[]>()
  let current = { start: 0, end: 0 }
  let list: number[] = []
  for (let row = 0; row < rows.length; row++) {
    const at = rows.seconds[row]!
    if (at < current.start || at >= current.end) {
      current = table.partition(at)
      list = indexes.get(current.start) ?? []
      indexes.set(current.start, list)
    }
    list.push(row)
  }
  return new Map(Array.from(indexes, ([start, picked]) => [start, pick(rows, picked)]))
}

const pick = (rows: TierRows, indexes: readonly number[]): TierRows => ({
  length: indexes.length,
  series: BigUint64Array.from(indexes, index => rows.series[index]!),
  seconds: Uint32Array.from(indexes, index => rows.seconds[index]!),
  values: rows.values.map(column => Float64Array.from(indexes, index => column[index]!)),
})
