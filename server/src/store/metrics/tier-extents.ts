import type { Telemetry } from '../telemetry/telemetry.ts'
import { TIERS, type TierTable } from './tier-tables.ts'

/**
 * Which stretch of time each tier may hold data of, so that reads can leave tables out. Never too narrow for what this process
 * wrote; with a cluster, whose other writers it does not see, every table counts as full.
 */
export class TierExtents {
  readonly #telemetry: Telemetry
  readonly #known: boolean
  readonly #extents = new Map<string, { from: number; to: number }>()

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry
    this.#known = telemetry.status().embedded
  }

  /** Undefined when it is empty, or not known. */
  of(table: TierTable): { readonly from: number; readonly to: number } | undefined {
    return this.#extents.get(table.name)
  }

  mayHold(table: TierTable, from: number, to: number): boolean {
    if (!this.#known) return true
    const extent = this.#extents.get(table.name)
    return extent !== undefined && from < extent.to && to > extent.from
  }

  /** Rows between the two times are about to be there. */
  cover(table: TierTable, from: number, to: number): void {
    const extent = this.#extents.get(table.name)
    this.#extents.set(table.name, { from: Math.min(from, extent?.from ?? from), to: Math.max(to, extent?.to ?? to) })
  }

  /** Asks the engine anew; while nobody writes. */
  async refresh(): Promise<void> {
    if (!this.#known) return
    const sql = `SELECT table, toUInt32(min(min_time)) AS first, toUInt32(max(max_time)) AS last
      FROM system.parts WHERE database = currentDatabase() AND active AND table IN {tables:Array(String)} GROUP BY table`
    const rows = await this.#telemetry.query<{ readonly table: string; readonly first: number; readonly last: number }>(
      'upkeep', sql, { tables: TIERS.map(table => table.name) })
    this.#extents.clear()
    for (const row of rows) this.#extents.set(row.table, { from: row.first, to: row.last + 1 })
  }
}
