import type { LogScope } from '../../model/log-scope.ts'
import type { LogGroup } from '../../model/log.ts'
import type { Parameters, Telemetry } from '../telemetry/telemetry.ts'
import { BRIEF_THREADS } from '../telemetry/lane.ts'
import type { LogReads } from './log-reads.ts'

type Row = Readonly<Record<string, string | null>>

/** So many are counted byte by byte: that takes some milliseconds. */
const COUNTED_EVENTS = 1_000_000
const SAMPLED_EVENTS = 200_000
const STRETCHES = 32

/** What searches of log events ask of the store: statements that may take long, and what they will read. */
export class SearchReads {
  readonly #telemetry: Telemetry
  readonly #reads: LogReads

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

  /** How many events there are in the scopes, those of deleted streams included: told by the index alone. */
  async records(scopes: readonly LogScope[]): Promise<number> {
    if (scopes.length === 0) return 0
    const { where, parameters } = condition(scopes)
    const [row] = await this.#telemetry.query<{ readonly records: string }>('quick', `SELECT count() AS records FROM log_events WHERE ${where}`, parameters)
    return Number(row!.records)
  }

  /** Bytes of their messages: counted, or, of many, reckoned from those in short stretches all over the range. */
  async bytes(scopes: readonly LogScope[], records: number, tag: string): Promise<number> {
    if (records === 0) return 0
    const { where, parameters } = condition(scopes)
    const sum = async (part: string): Promise<{ readonly bytes: number; readonly records: number }> => {
      const sql = `SELECT sum(message.size) AS bytes, count() AS records FROM log_events WHERE (${where})${part}`
      const [row] = await this.#telemetry.query<{ readonly bytes: string; readonly records: string }>('long', sql, parameters, tag)
      return { bytes: Number(row!.bytes), records: Number(row!.records) }
    }
    if (records > COUNTED_EVENTS) {
      const [from, to] = await this.#extent(where, parameters)
      const length = Math.ceil((to - from + 1) / STRETCHES)
      const stretch = Math.max(1, Math.ceil(length * (SAMPLED_EVENTS / records)))
      const stretches = Array.from({ length: STRETCHES }, (_, index) => from + index * length)
      const sample = await sum(` AND (${stretches.map(start => `ts >= ${start} AND ts < ${start + stretch}`).join(' OR ')})`)
      if (sample.records >= SAMPLED_EVENTS / 4) return Math.round((sample.bytes / sample.records) * records)
    }
    return (await sum('')).bytes
  }

  async #extent(where: string, parameters: Parameters): Promise<readonly [number, number]> {
    const at = async (order: string): Promise<number> => {
      const [row] = await this.#telemetry.query<{ readonly ts: string }>('quick', `SELECT ts FROM log_events WHERE ${where} ORDER BY ts${order} LIMIT 1`, parameters)
      return Number(row?.ts ?? 0)
    }
    return [await at(''), await at(' DESC')]
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
    parameters[`groups${index}`] = groups
    parameters[`from${index}`] = from
    parameters[`to${index}`] = to
    return `(grp IN {groups${index}:Array(UInt32)} AND ts >= {from${index}:Int64} AND ts < {to${index}:Int64})`
  })
  return { where: parts.join(' OR '), parameters }
}
