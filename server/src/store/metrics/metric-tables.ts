import type { Clock } from '../../base/clock.ts'
import { toSeconds, type EpochSeconds } from '../../base/time.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { SeriesBuckets } from './bucket-fold.ts'
import { ClosedSums } from './closed-sums.ts'
import { readBuckets, readSums, type BucketRead, type StoredTiers, type SumsRead, type TakeSums } from './bucket-reads.ts'
import type { PointBlock, Resolution, SeriesRow, SetBlock } from './point-block.ts'
import { countRecent, readRecent, type RecentRows } from './recent-rows.ts'
import { dropExpired, finishRollUps, rollUpClosed } from './roll-up.ts'
import { readSeriesRows, writeSeriesRows } from './series-table.ts'
import { TierExtents } from './tier-extents.ts'
import { TierLock } from './tier-lock.ts'
import { KEPT_3600, POINTS_1, POINTS_60, SETS_1, SETS_60, type TierTable } from './tier-tables.ts'
import { writeTier, type TierRows } from './tier-writes.ts'

/** What the stored points take. */
export interface MetricFootprint {
  readonly points: number
  readonly bytes: number
}

/** Metrics in the telemetry store: series, points in their tiers, and the way from one tier to the next. */
export class MetricTables {
  readonly #telemetry: Telemetry
  readonly #clock: Clock
  readonly #lock = new TierLock()
  readonly #extents: TierExtents
  readonly #closed: ClosedSums
  /** False while a roll-up may have left the same data in two tiers. */
  #settled = false

  private constructor(telemetry: Telemetry, clock: Clock) {
    this.#telemetry = telemetry
    this.#clock = clock
    this.#extents = new TierExtents(telemetry)
    this.#closed = new ClosedSums(telemetry, this.#lock, this.#extents)
  }

  static async open(telemetry: Telemetry, clock: Clock): Promise<MetricTables> {
    const tables = new MetricTables(telemetry, clock)
    await tables.#settle()
    return tables
  }

  /** Adds series, or moves their first and last times apart. May be repeated freely. */
  writeSeries(rows: readonly SeriesRow[], token: string): Promise<void> {
    return writeSeriesRows(this.#telemetry, rows, token)
  }

  /** Durable when it resolves; writes once however often it is repeated with the same token and block, also after a kill. */
  writePoints(resolution: Resolution, block: PointBlock, token: string): Promise<void> {
    return this.#write(resolution === 1 ? POINTS_1 : POINTS_60, { ...block, values: [block.value, block.count] }, token)
  }

  /** As {@link writePoints}, for statistic sets without a known distribution. */
  writeSets(resolution: Resolution, block: SetBlock, token: string): Promise<void> {
    const values = [block.count, block.sum, block.minimum, block.maximum]
    return this.#write(resolution === 1 ? SETS_1 : SETS_60, { ...block, values }, token)
  }

  loadSeries(): Promise<readonly SeriesRow[]> {
    return readSeriesRows(this.#telemetry)
  }

  /** How many rows {@link recent} answers. */
  countRecent(since: EpochSeconds): Promise<number> {
    return countRecent(this.#telemetry, since)
  }

  /** All stored points and sets since then, in batches of about a quarter of a million rows. */
  recent(since: EpochSeconds): AsyncGenerator<RecentRows> {
    return readRecent(this.#telemetry, since)
  }

  /** Non-empty buckets by series id. */
  async buckets(read: BucketRead): Promise<SeriesBuckets> {
    return this.#steady(() => readBuckets(this.#stored, read, toSeconds(this.#clock.now())))
  }

  /** As {@link buckets}, but sums alone, handed over as they come: a bucket in several parts, in any order. */
  async sums(read: SumsRead, take: TakeSums): Promise<void> {
    return this.#steady(() => readSums(this.#stored, read, toSeconds(this.#clock.now()), take))
  }

  /** Moves closed partitions to the next tier; answers how many. One call at a time. */
  async rollUp(now: EpochSeconds): Promise<number> {
    await this.#settle()
    await this.#closed.expire(now)
    const progress = { unsettled: () => void (this.#settled = false), settled: () => this.#settledNow() }
    return rollUpClosed(this.#telemetry, this.#lock, now, progress)
  }

  /** Sums up a stretch of closed hours, so that sums of many series need not read their points; answers whether there was one. Not beside {@link rollUp}. */
  async sumUp(now: EpochSeconds): Promise<boolean> {
    await this.#settle()
    return this.#closed.fill(now)
  }

  /** Removes what CloudWatch would no longer keep; answers how many months of points went. */
  async expire(now: EpochSeconds): Promise<number> {
    const before = { before: now - KEPT_3600 }
    const [old] = await this.#telemetry.query<{ readonly n: string }>('slow', 'SELECT count() AS n FROM metric_series FINAL WHERE last_seen < {before:UInt32}', before)
    if (old!.n !== '0') await this.#telemetry.command('ALTER TABLE metric_series DELETE WHERE last_seen < {before:UInt32}', before, 'upkeep')
    return dropExpired(this.#telemetry, this.#lock, now)
  }

  /** Rows and bytes on disk of the point tables; bytes / points is the figure to watch. */
  async footprint(): Promise<MetricFootprint> {
    const sql = `SELECT sum(rows) AS points, sum(bytes_on_disk) AS bytes FROM system.parts
      WHERE database = currentDatabase() AND active AND table IN {tables:Array(String)}`
    const [row] = await this.#telemetry.query<{ readonly points: string; readonly bytes: string }>('quick', sql, { tables: [POINTS_1.name, POINTS_60.name] })
    return { points: Number(row!.points), bytes: Number(row!.bytes) }
  }

  async #write(table: TierTable, rows: TierRows, token: string): Promise<void> {
    if (rows.length === 0) return
    await this.#steady(async () => {
      await this.#closed.spoil(rows.seconds, rows.length, toSeconds(this.#clock.now()))
      await writeTier(this.#telemetry, this.#extents, table, rows, token)
    })
  }

  get #stored(): StoredTiers {
    return { telemetry: this.#telemetry, extents: this.#extents, closed: this.#closed }
  }

  /** Runs beside other readers and writers, at a moment when all data is in exactly one tier. */
  async #steady<Result>(act: () => Promise<Result>): Promise<Result> {
    for (;;) {
      const done = await this.#lock.shared(async () => (this.#settled ? { result: await act() } : undefined))
      if (done !== undefined) return done.result
      await this.#settle()
    }
  }

  /** After a start or a roll-up that broke off: drops the fine data whose coarse form is in place. */
  async #settle(): Promise<void> {
    if (this.#settled) return
    await this.#lock.exclusive(async () => {
      if (this.#settled) return
      await finishRollUps(this.#telemetry)
      await this.#settledNow()
    })
  }

  /** All data is in exactly one tier, and nobody writes. */
  async #settledNow(): Promise<void> {
    await this.#extents.refresh()
    await this.#closed.refresh()
    this.#settled = true
  }
}
