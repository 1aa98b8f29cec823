import type { LogGroup } from '../../model/log.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

/** What there is in groups. */
export class LogFigures {
  readonly #telemetry: Telemetry

  constructor(telemetry: Telemetry) {
    this.#telemetry = telemetry
  }

  /** By the group's number. */
  async of(groups: readonly LogGroup[]): Promise<ReadonlyMap<number, { readonly storedBytes: number; readonly metricFilters: number }>> {
    const rows = await this.#telemetry.query<{ readonly grp: number; readonly bytes: string }>(
      'slow',
      'SELECT grp, sum(length(message) + 26) AS bytes FROM log_events WHERE grp IN {groups:Array(UInt32)} GROUP BY grp',
      { groups: groups.map(({ id }) => id) },
    )
    return new Map(rows.map(({ grp, bytes }) => [grp, { storedBytes: Number(bytes), metricFilters: 0 }]))
  }
}
