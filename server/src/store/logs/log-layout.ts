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
    const days = await this.#telemetry.query<{ readonly day: string }>('upkeep', WITHOUT_WORDS)
    const day = days.find(one => !this.#tried.has(one.day))?.day
    if (day === undefined) return false
    this.#tried.add(day)
    await this.#telemetry.command(`OPTIMIZE TABLE log_events PARTITION ID '${day}' FINAL`, {}, 'upkeep')
    return true
  }
}

/** Merged parts have some 8,192 bytes of token filter a granule. */
const WITHOUT_WORDS = `SELECT DISTINCT partition_id AS day FROM system.parts WHERE database = currentDatabase() AND active AND table = 'log_events'
  AND level > 0 AND secondary_indices_uncompressed_bytes < 1000 * marks ORDER BY toInt64(day) DESC`
