import type { Clock } from '../../base/clock.ts'
import type { RetentionOf } from '../../model/log.ts'
import type { Parameters, Telemetry } from '../telemetry/telemetry.ts'
import type { LogDirectory } from './log-directory.ts'
import type { LogFigures } from './log-figures.ts'
import type { LogTables } from './log-tables.ts'

const DAY_MILLIS = 86_400_000

/**
 * Removes what nobody can see any more: expired events by whole days, and what was in deleted groups and streams. Reads leave all of it
 * out from the first moment; this gives its room back.
 */
export class LogUpkeep {
  readonly #telemetry: Telemetry
  readonly #tables: LogTables
  readonly #directory: LogDirectory
  readonly #figures: LogFigures
  readonly #retentionOf: RetentionOf
  readonly #clock: Clock

  constructor(telemetry: Telemetry, tables: LogTables, directory: LogDirectory, figures: LogFigures, retentionOf: RetentionOf, clock: Clock) {
    this.#telemetry = telemetry
    this.#tables = tables
    this.#directory = directory
    this.#figures = figures
    this.#retentionOf = retentionOf
    this.#clock = clock
  }

  /** Cleans one day's events; answers true when there may be more. One call at a time. */
  async run(): Promise<boolean> {
    const removals = this.#directory.removals
    const { where, parameters } = this.#gone()
    if (where === '') return false
    const day = await this.#dayWithGone(where, parameters)
    if (day !== undefined) {
      await this.#clean(day, where, parameters)
      this.#figures.forget()
      return true
    }
    for (const removal of removals) await this.#directory.removed(removal)
    return false
  }

  /** What has to go, as a condition; empty when nothing has. */
  #gone(): { readonly where: string; readonly parameters: Parameters } {
    const conditions: string[] = []
    const parameters: Record<string, Parameters[string]> = {}
    const bind = (type: string, value: Parameters[string]): string => {
      const name = `p${Object.keys(parameters).length}`
      parameters[name] = value
      return `{${name}:${type}}`
    }
    const removals = this.#directory.removals
    const groups = removals.flatMap(({ group, stream }) => (stream === undefined ? [group] : []))
    if (groups.length > 0) conditions.push(`grp IN ${bind('Array(UInt32)', groups)}`)
    for (const { group, stream, upTo } of removals) {
      if (stream !== undefined) conditions.push(`(grp = ${bind('UInt32', group)} AND stream = ${bind('String', stream)} AND seq <= ${bind('UInt64', upTo)})`)
    }
    const byRetention = new Map<number, number[]>()
    for (const group of this.#directory.all()) {
      const { days } = this.#retentionOf(group)
      if (days !== undefined) byRetention.set(days, [...(byRetention.get(days) ?? []), group.id])
    }
    for (const [days, ids] of byRetention) {
      // Whole days, so that each day's events are rewritten once for it.
      const before = (Math.floor(this.#clock.now() / DAY_MILLIS) - days) * DAY_MILLIS
      conditions.push(`(grp IN ${bind('Array(UInt32)', ids)} AND ts < ${bind('Int64', before)})`)
    }
    return { where: conditions.join(' OR '), parameters }
  }

  async #dayWithGone(where: string, parameters: Parameters): Promise<number | undefined> {
    const [row] = await this.#telemetry.query<{ readonly day: string }>('slow', `SELECT intDiv(ts, ${DAY_MILLIS}) AS day FROM log_events WHERE ${where} LIMIT 1`, parameters)
    return row === undefined ? undefined : Number(row.day)
  }

  async #clean(day: number, where: string, parameters: Parameters): Promise<void> {
    const ofDay = `ts >= ${day * DAY_MILLIS} AND ts < ${(day + 1) * DAY_MILLIS}`
    // Nothing may arrive between the look and the drop.
    const dropped = await this.#tables.alone(async () => {
      const kept = await this.#telemetry.query('slow', `SELECT 1 FROM log_events WHERE ${ofDay} AND NOT (${where}) LIMIT 1`, parameters)
      if (kept.length === 0) await this.#telemetry.command(`ALTER TABLE log_events DROP PARTITION ID '${day}'`, {}, 'upkeep')
      return kept.length === 0
    })
    if (dropped) return
    await this.#telemetry.command(`ALTER TABLE log_events DELETE WHERE ${ofDay} AND (${where}) SETTINGS mutations_sync = 1`, parameters, 'upkeep')
  }
}
