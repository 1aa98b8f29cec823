import type { Telemetry } from '../telemetry/telemetry.ts'
import { closedRowsSql, POINT_PARTS, SET_PARTS } from './closed-samples.ts'
import { quoteId, slicesOf } from './roll-up.ts'
import type { TierExtents } from './tier-extents.ts'
import type { TierLock } from './tier-lock.ts'
import { KEPT_60, POINTS_1, POINTS_60, SETS_1, SETS_60, SUMS_300, type TierTable } from './tier-tables.ts'

/*
 * What points and statistic sets of the last 15 days add up to in five minutes, with the samples in ascending order: a copy, hour by hour,
 * that answers graphs without reading the points. It may be wrong at no time, so it tells itself which hours it holds: each has a row of its own (series 0, the hour, 1)
 * in the same part as its sums, and a row (series 0, the hour, 2) from before something late is written to it. An hour counts when it has
 * one of the first kind and none of the second; any other is answered from points, until its day is summed up anew.
 */

/** A stretch of time, `to` exclusive; epoch seconds. */
export interface Span {
  readonly from: number
  readonly to: number
}

const HOUR = 3_600
const DAY = 86_400
const FIVE_MINUTES = 300
const [FILLED, SPOILT] = [1, 2]
/** An hour is summed up so long after its end: what comes later spoils it. Below the two hours after which the head may let go of its last minutes. */
const CLOSED_AFTER = 90 * 60
/** A day with late data is summed up anew when none came for so long. */
const QUIET = HOUR
/** Each is a condition of the statement. */
const MAX_SPANS = 8
/** So many rows are grouped at once, into at most as many sums. */
const ROWS_PER_SLICE = 2_000_000

const SOURCES: readonly TierTable[] = [POINTS_1, POINTS_60, SETS_1, SETS_60]

export class ClosedSums {
  readonly #telemetry: Telemetry
  readonly #lock: TierLock
  readonly #extents: TierExtents
  /** With a cluster others may write, of which nobody here hears. */
  readonly #used: boolean
  /** By the hour's start; undefined while it has to be asked for. */
  #hours: Map<number, 'whole' | 'spoilt'> | undefined
  /** The end of the last hour that is known or being summed up: writes after it need no look. */
  #limit = 0
  #filling: { readonly span: Span; spoilt: boolean } | undefined
  /** When late data last came, by the day's start. */
  readonly #spoiltAt = new Map<number, number>()

  constructor(telemetry: Telemetry, lock: TierLock, extents: TierExtents) {
    this.#telemetry = telemetry
    this.#lock = lock
    this.#extents = extents
    this.#used = telemetry.status().embedded
  }

  /** Asks the table what it holds; while nobody writes. */
  async refresh(): Promise<void> {
    if (!this.#used) return
    this.#hours = undefined
    const sql = `SELECT toUInt32(ts) AS hour, toUInt32(countIf(count = ${FILLED})) AS filled, toUInt32(countIf(count = ${SPOILT})) AS spoilt
      FROM ${SUMS_300.name} WHERE series = 0 GROUP BY hour`
    const rows = await this.#telemetry.query<{ readonly hour: number; readonly filled: number; readonly spoilt: number }>('upkeep', sql)
    this.#hours = new Map(rows.map(({ hour, filled, spoilt }) => [hour, filled === 1 && spoilt === 0 ? 'whole' : 'spoilt']))
    this.#limit = rows.reduce((limit, { hour }) => Math.max(limit, hour + HOUR), this.#filling?.span.to ?? 0)
  }

  /** The parts of a read that the copy answers, oldest first. */
  covered(from: number, to: number, now: number): readonly Span[] {
    if (this.#hours === undefined) return []
    // What is older is, or soon will be, in a roll-up.
    const first = Math.ceil(Math.max(from, now - KEPT_60) / FIVE_MINUTES) * FIVE_MINUTES
    const last = Math.floor(Math.min(to, this.#limit) / FIVE_MINUTES) * FIVE_MINUTES
    const spans: { from: number; to: number }[] = []
    for (let hour = Math.floor(first / HOUR) * HOUR; hour < last; hour += HOUR) {
      if (this.#hours.get(hour) !== 'whole') continue
      const span = { from: Math.max(first, hour), to: Math.min(last, hour + HOUR) }
      const before = spans.at(-1)
      if (before?.to === span.from) before.to = span.to
      else spans.push(span)
    }
    const longest = spans.sort((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MAX_SPANS)
    return longest.sort((a, b) => a.from - b.from)
  }

  /** Must be through before points or sets of these times are written, at each attempt: from then on their hours are answered from points. */
  async spoil(seconds: Uint32Array, length: number, now: number): Promise<void> {
    if (!this.#used) return
    if (this.#hours === undefined) await this.refresh()
    const late = new Set<number>()
    for (let row = 0; row < length; row++) {
      const at = seconds[row]!
      if (at < this.#limit) late.add(at - (at % HOUR))
    }
    if (late.size === 0) return
    const filling = this.#filling
    const whole: number[] = []
    for (const hour of late) {
      if (filling !== undefined && hour >= filling.span.from && hour < filling.span.to) filling.spoilt = true
      if (this.#hours!.has(hour)) this.#spoiltAt.set(hour - (hour % DAY), now)
      if (this.#hours!.get(hour) === 'whole') whole.push(hour)
    }
    if (whole.length === 0) return
    await this.#telemetry.command(
      `INSERT INTO ${SUMS_300.name} (series, ts, count) SELECT 0, toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'), ${SPOILT}`, { hours: whole })
    for (const hour of whole) this.#hours?.set(hour, 'spoilt')
  }

  /** Lets go of days that are about to be rolled up. */
  async expire(now: number): Promise<void> {
    if (!this.#used) return
    const days = new Set([...(this.#hours?.keys() ?? [])].map(hour => hour - (hour % DAY)))
    for (const day of days) if (day + DAY + KEPT_60 <= now) await this.#lock.exclusive(() => this.#replace(day, undefined))
  }

  /** Sums up one stretch of closed hours, the newest first; answers whether it found any. Not beside a roll-up. */
  async fill(now: number): Promise<boolean> {
    if (!this.#used) return false
    if (this.#hours === undefined) await this.#lock.exclusive(() => this.refresh())
    const found = this.#next(now)
    if (found === undefined) return false
    const { span, anew } = found
    const filling = { span, spoilt: false }
    try {
      // Whoever writes now has not seen what is being summed up, and is not seen by it.
      await this.#lock.exclusive(async () => {
        this.#filling = filling
        this.#limit = Math.max(this.#limit, span.to)
      })
      await this.#stage(span)
      const entered = await this.#lock.exclusive(async () => {
        if (filling.spoilt) return false
        await this.#replace(span.from - (span.from % DAY), anew ? 'anew' : 'added')
        return true
      })
      await this.#telemetry.command(`TRUNCATE TABLE ${SUMS_300.staging}`, {}, 'upkeep')
      return entered
    } finally {
      this.#filling = undefined
    }
  }

  /** Hours of one day without a gap, or all of a day in which some are spoilt. */
  #next(now: number): { readonly span: Span; readonly anew: boolean } | undefined {
    const until = Math.floor((now - CLOSED_AFTER) / HOUR) * HOUR
    const extents = SOURCES.flatMap(table => this.#extents.of(table) ?? [])
    const first = Math.max(Math.min(...extents.map(({ from }) => from)), now - KEPT_60)
    const last = Math.min(until, Math.max(0, ...extents.map(({ to }) => to)))
    for (let day = last - (last % DAY); day + DAY > first; day -= DAY) {
      const end = Math.min(day + DAY, until)
      const hours = Array.from({ length: Math.max(0, (end - day) / HOUR) }, (_, index) => day + index * HOUR)
      const state = (hour: number) => this.#hours?.get(hour)
      if (hours.some(hour => state(hour) === 'spoilt')) {
        if (now - (this.#spoiltAt.get(day) ?? 0) >= QUIET) return { span: { from: day, to: end }, anew: true }
      }
      const from = hours.find(hour => state(hour) === undefined)
      if (from !== undefined) return { span: { from, to: hours.find(hour => hour > from && state(hour) !== undefined) ?? end }, anew: false }
    }
    return undefined
  }

  async #stage({ from, to }: Span): Promise<void> {
    const upkeep = (sql: string, parameters = {}): Promise<void> => this.#telemetry.command(sql, parameters, 'upkeep')
    await upkeep(`TRUNCATE TABLE ${SUMS_300.staging}`)
    const hours = Array.from({ length: (to - from) / HOUR }, (_, index) => from + index * HOUR)
    await upkeep(`INSERT INTO ${SUMS_300.staging} (series, ts, count) SELECT 0, toDateTime(arrayJoin({hours:Array(UInt32)}), 'UTC'), ${FILLED}`, { hours })
    const sources = SOURCES.filter(table => this.#extents.mayHold(table, from, to))
    if (sources.length > 0) {
      const sql = `INSERT INTO ${SUMS_300.staging} (${SUMS_300.columns.join(', ')}) ${closedRowsSql(sources.map(partSql))}`
      for (const slice of slicesOf(await this.#slices(sources, from, to))) await upkeep(sql, { start: from, end: to, ...slice })
    }
    await upkeep(`OPTIMIZE TABLE ${SUMS_300.staging} FINAL`)
  }

  async #slices(sources: readonly TierTable[], from: number, to: number): Promise<number> {
    const sql = `SELECT toUInt32(sum(rows)) AS total FROM system.parts WHERE database = currentDatabase() AND active
      AND table IN {tables:Array(String)} AND toUInt32(min_time) < {to:UInt32} AND toUInt32(max_time) >= {from:UInt32}`
    const [row] = await this.#telemetry.query<{ readonly total: number }>('upkeep', sql, { tables: sources.map(({ name }) => name), from, to })
    return Math.max(1, Math.ceil(row!.total / ROWS_PER_SLICE))
  }

  /** Alone. What it did is asked of the table: whatever fails on the way, nothing is believed that is not there. */
  async #replace(day: number, by: 'added' | 'anew' | undefined): Promise<void> {
    this.#hours = undefined
    const upkeep = (sql: string): Promise<void> => this.#telemetry.command(sql, {}, 'upkeep')
    const id = quoteId(new Date(day * 1000).toISOString().slice(0, 10).replaceAll('-', ''))
    if (by !== undefined) {
      const staged = await this.#telemetry.query<{ readonly id: string }>('upkeep', `SELECT partition_id AS id FROM system.parts
        WHERE database = currentDatabase() AND active AND table = {table:String}`, { table: SUMS_300.staging })
      if (staged.length !== 1 || quoteId(staged[0]!.id) !== id) throw new Error('sums of closed hours are not in one part of their day')
    }
    if (by !== 'added') await upkeep(`ALTER TABLE ${SUMS_300.name} DROP PARTITION ID ${id}`)
    if (by !== undefined) await upkeep(`ALTER TABLE ${SUMS_300.name} ATTACH PARTITION ID ${id} FROM ${SUMS_300.staging}`)
    await this.refresh()
  }
}

const partSql = (table: TierTable): string =>
  `SELECT series, toStartOfFiveMinutes(ts) AS t, ${table.columns.includes('value') ? POINT_PARTS : SET_PARTS} FROM ${table.name}
    WHERE series BETWEEN {from:UInt64} AND {to:UInt64} AND ts >= toDateTime({start:UInt32}, 'UTC') AND ts < toDateTime({end:UInt32}, 'UTC')`
