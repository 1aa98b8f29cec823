import type { LogExtent, LogScope } from '../../model/log-scope.ts'
import type { LogGroup } from '../../model/log.ts'
import type { Parameters, Telemetry } from '../telemetry/telemetry.ts'
import { BRIEF_THREADS } from '../telemetry/lane.ts'
import type { LogReads } from './log-reads.ts'

type Row = Readonly<Record<string, string | null>>

/** So many are counted byte by byte, in one statement with them: that takes some milliseconds. */
const COUNTED_EVENTS = 500_000
const SAMPLED_EVENTS = 100_000
const KEPT_MEANS = 1_000

/** What searches of log events ask of the store: statements that may take long, and what they will read. */
export class SearchReads {
  readonly #telemetry: Telemetry
  readonly #reads: LogReads
  /** Bytes of an event of groups, and how many of them there were. */
  readonly #means = new Map<string, { readonly of: number; readonly mean: number }>()

  constructor(telemetry: Telemetry, reads: LogReads) {
    this.#telemetry = telemetry
    this.#reads = reads
  }

  /** Resolves when everything that these groups accepted before is in the store. */
  settled(groups: readonly number[]): Promise<void> {
    return this.#reads.settled(groups)
  }

  /** What can be seen of groups in a range of timestamps (`to` exclusive). */
  scopes(groups: readonly LogGroup[], from: number, to: number): readonly LogScope[] {
    return this.#reads.scopes(groups, from, to)
  }

  /** Rows of texts. A brief statement may use all of the machine. {@link cancel} ends it by its tag. */
  rows(sql: string, parameters: Parameters, { brief, tag }: { readonly brief: boolean; readonly tag: string }): Promise<readonly Row[]> {
    return this.#telemetry.query<Row>('long', brief ? `${sql}\nSETTINGS max_threads = ${BRIEF_THREADS}` : sql, parameters, tag)
  }

  cancel(tag: string): Promise<void> {
    return this.#telemetry.cancel(tag)
  }

  /** What there is in the scopes, events of deleted streams included. */
  async extent(scopes: readonly LogScope[], tag: string): Promise<LogExtent> {
    if (scopes.length === 0) return { records: 0, bytes: 0 }
    const key = scopes.map(({ group }) => group).join(' ')
    const known = this.#means.get(key)
    if (known === undefined) {
      const first = await this.#sizes(scopes, COUNTED_EVENTS + 1, tag)
      return first.records <= COUNTED_EVENTS ? first : this.#reckoned(key, await this.#count(scopes), first)
    }
    // There were many of them before: most probably there still are.
    const records = await this.#count(scopes)
    if (records <= COUNTED_EVENTS) {
      this.#means.delete(key)
      return this.#sizes(scopes, COUNTED_EVENTS, tag)
    }
    if (Math.abs(records - known.of) < known.of / 10) return { records, bytes: Math.round(known.mean * records) }
    return this.#reckoned(key, records, await this.#sizes(scopes, SAMPLED_EVENTS, tag))
  }

  #reckoned(key: string, records: number, sample: LogExtent): LogExtent {
    const mean = sample.bytes / Math.max(1, sample.records)
    this.#means.set(key, { of: records, mean })
    const [oldest] = this.#means.keys()
    if (this.#means.size > KEPT_MEANS && oldest !== undefined) this.#means.delete(oldest)
    return { records, bytes: Math.round(mean * records) }
  }

  /** Told by the index alone. */
  async #count(scopes: readonly LogScope[]): Promise<number> {
    const { where, parameters } = condition(scopes)
    const [row] = await this.#telemetry.query<{ readonly records: string }>('quick', `SELECT count() AS records FROM log_events WHERE ${where}`, parameters)
    return Number(row!.records)
  }

  /** Of so many of them at most. */
  async #sizes(scopes: readonly LogScope[], most: number, tag: string): Promise<LogExtent> {
    const { where, parameters } = condition(scopes)
    const sql = `SELECT sum(size) AS bytes, count() AS records FROM (SELECT message.size AS size FROM log_events WHERE ${where} LIMIT ${most})`
    const [row] = await this.#telemetry.query<{ readonly bytes: string; readonly records: string }>('long', sql, parameters, tag)
    return { records: Number(row!.records), bytes: Number(row!.bytes) }
  }

  /** Events of each hour in the scopes, the newest first; hours without any are left out. */
  async hours(scopes: readonly LogScope[], tag: string): Promise<readonly { readonly start: number; readonly records: number }[]> {
    const { where, parameters } = condition(scopes)
    const sql = `SELECT intDiv(ts, 3600000) AS hour, count() AS records FROM log_events WHERE ${where} GROUP BY hour ORDER BY hour DESC`
    const rows = await this.#telemetry.query<{ readonly hour: string; readonly records: string }>('long', sql, parameters, tag)
    return rows.map(({ hour, records }) => ({ start: Number(hour) * 3_600_000, records: Number(records) }))
  }
}

/** Groups of one range are asked for at once. */
const condition = (scopes: readonly LogScope[]): { readonly where: string; readonly parameters: Parameters } => {
  const ranges = new Map<string, { readonly from: number; readonly to: number; readonly groups: number[] }>()
  for (const { group, from, to } of scopes) {
    const same = ranges.get(`${from} ${to}`)
    if (same === undefined) ranges.set(`${from} ${to}`, { from, to, groups: [group] })
    else same.groups.push(group)
  }
  const parameters: Record<string, Parameters[string]> = {}
  const parts = [...ranges.values()].map(({ from, to, groups }, index) => {
    const [only] = groups
    // A plain equality is half the work for the index of one that looks into an array.
    parameters[`groups${index}`] = groups.length === 1 ? only! : groups
    parameters[`from${index}`] = from
    parameters[`to${index}`] = to
    const group = groups.length === 1 ? `grp = {groups${index}:UInt32}` : `grp IN {groups${index}:Array(UInt32)}`
    return `(${group} AND ts >= {from${index}:Int64} AND ts < {to${index}:Int64})`
  })
  return { where: parts.join(' OR '), parameters }
}
