import { createHash } from 'node:crypto'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { TierTable } from './tier-tables.ts'

/*
 * Whether an insert is already in a table, asked of the table itself. Each insert goes into one partition, therefore becomes
 * one part, and carries one row of its own: series 0, the partition's start, and a 106-bit hash of the insert's token. The
 * engine shows a part wholly or not at all, so the row is there exactly when the others are. The engine's own deduplication
 * tokens cannot promise that: it notes a token before it renames the part into place, and a kill between the two makes it
 * refuse the repetition of rows that it does not have.
 */

/** The two numbers that stand for a token; integers that a double holds exactly. */
export type Mark = readonly [number, number]

export const markOf = (token: string): Mark => {
  const hash = createHash('sha256').update(token).digest()
  return [hash.readUIntBE(0, 6) * 32 + (hash[6]! & 31), hash.readUIntBE(8, 6) * 32 + (hash[14]! & 31)]
}

/** Whether the insert with this mark is in the partition that starts at `start`. Runs behind every insert sent before it. */
export const isInserted = async (telemetry: Telemetry, table: TierTable, start: number, [first, second]: Mark): Promise<boolean> => {
  const [a, b] = table.markColumns
  const rows = await telemetry.query(
    'write',
    `SELECT 1 FROM ${table.name} WHERE series = 0 AND ts = toDateTime({start:UInt32}, 'UTC') AND ${a} = {first:Float64} AND ${b} = {second:Float64} LIMIT 1`,
    { start, first, second },
  )
  return rows.length > 0
}
