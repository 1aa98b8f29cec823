import type { LogGroup } from '../../model/log.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { LogIntake } from './log-intake.ts'
import type { SeqSource } from './seq-source.ts'

interface Counted {
  bytes: number
  /** Events up to this `seq` are in the figure. */
  upTo: bigint
}

/** What there is in groups. What was counted once is kept in mind: only what came since is looked at. */
export class LogFigures {
  readonly #telemetry: Telemetry
  readonly #intake: LogIntake
  readonly #seq: SeqSource
  readonly #counted = new Map<number, Counted>()

  constructor(telemetry: Telemetry, intake: LogIntake, seq: SeqSource) {
    this.#telemetry = telemetry
    this.#intake = intake
    this.#seq = seq
  }

  /** Bytes by the group's number, counted as PutLogEvents counts them. */
  async storedBytes(groups: readonly LogGroup[]): Promise<ReadonlyMap<number, number>> {
    const ids = groups.map(({ id }) => id)
    if (ids.length === 0) return new Map()
    await this.#intake.settled(ids)
    const upTo = this.#seq.take(1)
    const since = ids.map(id => this.#counted.get(id)?.upTo ?? 0n)
    const least = since.reduce((one, other) => (one < other ? one : other))
    const rows = await this.#telemetry.query<{ readonly grp: number; readonly bytes: string }>(
      'slow',
      `SELECT grp, sum(message.size + 26) AS bytes FROM log_events
        WHERE grp IN {ids:Array(UInt32)} AND seq > {least:UInt64} AND seq <= {upTo:UInt64} AND seq > {since:Array(UInt64)}[indexOf({ids:Array(UInt32)}, grp)]
        GROUP BY grp`,
      { ids, least, upTo, since },
    )
    const more = new Map(rows.map(({ grp, bytes }) => [grp, Number(bytes)]))
    return new Map(
      ids.map((id, index) => {
        const counted = this.#counted.get(id)
        // Another call may have counted meanwhile.
        const current = counted === undefined || counted.upTo === since[index] ? { bytes: (counted?.bytes ?? 0) + (more.get(id) ?? 0), upTo } : counted
        this.#counted.set(id, current)
        return [id, current.bytes]
      }),
    )
  }

  /** Counts anew: something was removed. */
  forget(): void {
    this.#counted.clear()
  }
}
