import type { LogGroup } from '../../model/log.ts'
import type { Parameters, Telemetry } from '../telemetry/telemetry.ts'
import type { LogReads } from './log-reads.ts'

/** Messages of one window that come to the same text. */
interface PatternRow {
  readonly text: string
  readonly count: number
  /** The first of them, and when it was. */
  readonly sample: string
  readonly sampleAt: number
}

interface Replacement {
  readonly pattern: string
  readonly mark: string
}

/** Texts of one window, the most frequent ones. */
const TEXTS = 2_000
/** Of a message, as AWS analyses it. */
const CHARACTERS = 1_500

/** What messages of a group come to when what varies in them is replaced. */
export class PatternReads {
  readonly #telemetry: Telemetry
  readonly #reads: LogReads

  constructor(telemetry: Telemetry, reads: LogReads) {
    this.#telemetry = telemetry
    this.#reads = reads
  }

  /** By the windows' begins, for windows of `period` milliseconds on the grid of that period; without those that have no events. */
  async windows(group: LogGroup, from: number, to: number, period: number, replacements: readonly Replacement[]): Promise<ReadonlyMap<number, readonly PatternRow[]>> {
    await this.#reads.settled([group.id])
    const [scope] = this.#reads.scopes([group], from, to)
    const parameters: Record<string, Parameters[string]> = { group: group.id, from: scope!.from, to: scope!.to, period }
    const gone = scope!.deleted.map(({ stream, upTo }, index) => {
      parameters[`gone${index}`] = stream
      parameters[`gone${index}UpTo`] = upTo
      return `AND NOT (stream = {gone${index}:String} AND seq <= {gone${index}UpTo:UInt64})`
    })
    const text = replacements.reduce((inner, { pattern, mark }, index) => {
      parameters[`pattern${index}`] = pattern
      parameters[`mark${index}`] = mark
      return `replaceRegexpAll(${inner}, {pattern${index}:String}, {mark${index}:String})`
    }, `substringUTF8(message, 1, ${CHARACTERS})`)
    const sql = `SELECT intDiv(ts, {period:Int64}) AS window, ${text} AS text, count() AS n, argMin(substringUTF8(message, 1, ${CHARACTERS}), (ts, seq)) AS sample, min(ts) AS at
      FROM log_events WHERE grp = {group:UInt32} AND ts >= {from:Int64} AND ts < {to:Int64} ${gone.join(' ')}
      GROUP BY window, text ORDER BY window, n DESC, text LIMIT ${TEXTS} BY window`
    const rows = await this.#telemetry.query<Readonly<Record<'window' | 'text' | 'n' | 'sample' | 'at', string>>>('long', sql, parameters)
    const found = new Map<number, PatternRow[]>()
    for (const { window, text: normalised, n, sample, at } of rows) {
      const begin = Number(window) * period
      const row = { text: normalised, count: Number(n), sample, sampleAt: Number(at) }
      const others = found.get(begin)
      if (others === undefined) found.set(begin, [row])
      else others.push(row)
    }
    return found
  }
}
