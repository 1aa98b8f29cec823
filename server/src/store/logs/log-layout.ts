import type { Telemetry } from '../telemetry/telemetry.ts'

/** Writes days again whose events an earlier version stored without what searches go by now: each once, the newest first. */
export class LogLayout {
  readonly #telemetry: Telemetry
  /** Where there was no room for it, it is tried again after the next start. */
  readonly #tried = new Set<string>()

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry
  }

  /** One day; answers true when there may be more. */
  async run(): Promise<boolean> {
    const days = await this.#telemetry.query<{ readonly day: string }>('upkeep', OF_EARLIER_LAYOUT)
    const day = days.find(one => !this.#tried.has(one.day))?.day
    if (day === undefined) {
      // A server may have died in the middle of a day.
      if ((await this.#telemetry.query('upkeep', WHOLE_ROWS)).length > 0) await this.#byColumns(true)
      return false
    }
    this.#tried.add(day)
    // Column by column, a merge would keep the granules that there are.
    await this.#byColumns(false)
    try {
      await this.#telemetry.command(`OPTIMIZE TABLE log_events PARTITION ID '${day}' FINAL`, {}, 'upkeep')
    } finally {
      await this.#byColumns(true)
    }
    return true
  }

  #byColumns(on: boolean): Promise<void> {
    return this.#telemetry.command(`ALTER TABLE log_events MODIFY SETTING enable_vertical_merge_algorithm = ${on ? '1' : '0'}`)
  }
}

/** Merged parts have granules of 2,048 events at most, and some 12,288 bytes of token filter for each. */
const OF_EARLIER_LAYOUT = `SELECT DISTINCT partition_id AS day FROM system.parts WHERE database = currentDatabase() AND active AND table = 'log_events'
  AND level > 0 AND (rows > 4096 * marks OR secondary_indices_uncompressed_bytes < 1000 * marks) ORDER BY toInt64(day) DESC`
const WHOLE_ROWS = `SELECT 1 FROM system.tables WHERE database = currentDatabase() AND name = 'log_events'
  AND create_table_query LIKE '%enable_vertical_merge_algorithm = 0%'`
