import { epochSeconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type { Aggregate } from '../../model/unit-sums.ts'
import type { Block } from '../telemetry/native-read.ts'
import { BlockSamples, OPAQUE, SKETCHED } from './block-samples.ts'
import { BucketFold, type SeriesBuckets } from './bucket-fold.ts'
import { addClosedRows, closedSamplesSql } from './closed-samples.ts'
import { BRIEF_THREADS } from '../telemetry/lane.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import { addSampleRows, samplesSql } from './sample-reads.ts'
import { SeriesPlaces } from './series-places.ts'
import type { ClosedSums, Span } from './closed-sums.ts'
import type { TierExtents } from './tier-extents.ts'
import { POINTS_1, POINTS_60, reachOf, ROLLUP_300, ROLLUP_3600, SETS_1, SETS_60, SUMS_300, type TierTable } from './tier-tables.ts'

/** What reads are answered from. */
export interface StoredTiers {
  readonly telemetry: Telemetry
  readonly extents: TierExtents
  readonly closed: ClosedSums
}

export interface BucketRead {
  readonly series: readonly bigint[]
  /** Inclusive. */
  readonly start: EpochSeconds
  /** Exclusive. */
  readonly end: EpochSeconds
  readonly period: Seconds
  /** Buckets begin at `origin + k·period`, k of either sign. */
  readonly origin: EpochSeconds
  readonly samples: boolean
}

export interface SumsRead extends Omit<BucketRead, 'samples'> {
  readonly wanted: ReadonlySet<Aggregate>
}

/**
 * Takes the sums of a bucket, or a part of them: a bucket may lie in several tiers. `place` is that of the series in the read; what is
 * not wanted is 0.
 */
export type TakeSums = (place: number, start: number, count: number, sum: number, minimum: number, maximum: number) => void

/**
 * The non-empty buckets of each series that has any, oldest first. Every row is in exactly one tier, so all of them are read
 * and added up; what is too old for the period is left out, as CloudWatch does.
 */
export const readBuckets = async (stored: StoredTiers, read: BucketRead, now: EpochSeconds): Promise<SeriesBuckets> => {
  const { period, samples } = read
  const grid = { origin: -leadOf(read), period }
  const fold = new BucketFold(grid.origin, period)
  const each = (tiers: readonly Tier[], take: (block: Block) => void): Promise<void> => eachBlock(stored, read, { period, wanted: ALL, samples }, tiers, now, take)
  if (samples) {
    await each(POINT_TIERS, block => addSampleRows(block, fold))
    await each([CLOSED_SAMPLES], block => addClosedRows(block, grid, fold))
  }
  await each(samples ? WITHOUT_POINTS : ALL_TIERS, block => addBlock(fold, block, samples, grid))
  return fold
}

/** As {@link readBuckets}, but sums alone, of distinct series, handed over as they come. */
export const readSums = async (stored: StoredTiers, read: SumsRead, now: EpochSeconds, take: TakeSums): Promise<void> => {
  const { period, wanted } = read
  await eachBlock(stored, read, { period, wanted, samples: false }, ALL_TIERS, now, (block, { origin, ids, from }) => {
    const places = new SeriesPlaces(ids).of(block.uint64('series'))
    const bucket = block.uint32('bucket')
    const count = block.float64('n')
    const column = (aggregate: Aggregate, name: string): Float64Array => (wanted.has(aggregate) ? block.float64(name) : new Float64Array(block.length))
    const [sum, minimum, maximum] = [column('sum', 'total'), column('minimum', 'low'), column('maximum', 'high')]
    for (let row = 0; row < block.length; row++) {
      take(from + places[row]!, origin + bucket[row]! * period, count[row]!, sum[row]!, minimum[row]!, maximum[row]!)
    }
  })
}

interface Asked {
  readonly period: Seconds
  readonly wanted: ReadonlySet<Aggregate>
  readonly samples: boolean
}

/** What a block is about. */
interface Share {
  /** Buckets are counted from here. */
  readonly origin: number
  /** The series of the statement, and the place of the first in the read. */
  readonly ids: readonly bigint[]
  readonly from: number
}

/** Unsigned numbers only: buckets are counted from the last that begins at or before the epoch, so many seconds before it. */
const leadOf = ({ period, origin }: Pick<BucketRead, 'period' | 'origin'>): number => (period - (origin % period)) % period

/** One statement for all series, all of the tiers in it. */
const eachBlock = async (
  { telemetry, extents, closed }: StoredTiers, read: Omit<BucketRead, 'samples'>, asked: Asked, tiers: readonly Tier[], now: EpochSeconds,
  take: (block: Block, share: Share) => void,
): Promise<void> => {
  const start = Math.max(read.start, now - reachOf(read.period))
  const end = Math.min(read.end, LAST_SECOND)
  if (read.series.length === 0 || start >= end) return
  const lead = leadOf(read)
  const summed = read.period % SUMMED !== 0 || lead % SUMMED !== 0 ? [] : closed.covered(start, end, now)
  const rest = gaps({ from: start, to: end }, summed)
  const cost = read.series.length * (secondsOf(rest) + secondsOf(summed) / SUMMED_SAVES)
  const lane = cost > QUICK_SERIES_SECONDS ? 'slow' : 'quick'
  const threads = cost > QUICK_SERIES_SECONDS && cost <= BRIEF_SERIES_SECONDS ? `\nSETTINGS max_threads = ${BRIEF_THREADS}` : ''
  const ranges = new Ranges()
  // Each table named costs a millisecond or two, even an empty one.
  const spansOf = { 'as taken': rest, copied: summed, 'rolled up': [{ from: start, to: end }] }
  const selects = tiers.flatMap(([table, select, kind]) => {
    const held = spansOf[kind].filter(({ from, to }) => kind === 'copied' || extents.mayHold(table, from, to))
    return held.length === 0 ? [] : [select(table.name, asked, ranges.sql(held))]
  })
  if (selects.length === 0) return
  for (let from = 0; from < read.series.length; from += IDS_PER_STATEMENT) {
    const ids = read.series.slice(from, from + IDS_PER_STATEMENT)
    const parameters = { ids, lead, period: read.period, ...ranges.parameters }
    for (const block of await telemetry.columns(lane, selects.join('\nUNION ALL\n') + threads, parameters)) take(block, { origin: -lead, ids, from })
  }
}

/** The last that the engine's DateTime holds, in 2106. */
const LAST_SECOND = 2 ** 32 - 1
/** 20 digits each: well below a cluster's limit for URLs. */
const IDS_PER_STATEMENT = 5_000
/** 50 series over a day: what a short read may cost. */
const QUICK_SERIES_SECONDS = 50 * 86_400
/** 150 series over a day: a graph that somebody waits for, and soon over; it may use every core. */
const BRIEF_SERIES_SECONDS = 150 * 86_400

const addBlock = (
  fold: BucketFold, block: Block, samples: boolean, { origin, period }: { readonly origin: number; readonly period: number },
): void => {
  const series = block.uint64('series')
  const bucket = block.uint32('bucket')
  const [count, sum, minimum, maximum] = [block.float64('n'), block.float64('total'), block.float64('low'), block.float64('high')]
  const sampled = samples ? new BlockSamples(block) : undefined
  for (let row = 0; row < block.length; row++) {
    const sums = {
      start: epochSeconds(origin + bucket[row]! * period), count: count[row]!, sum: sum[row]!, minimum: minimum[row]!, maximum: maximum[row]!,
    }
    const found = sampled?.take(row, sums.minimum, sums.maximum)
    fold.add(series[row]!, found === undefined ? sums : { ...sums, values: found.values, weights: found.weights })
  }
}

/** Sums of five minutes; points every minute are five times as many rows. */
const SUMMED = 300
const SUMMED_SAVES = 5

/** What is left of the whole; the taken spans are within it, oldest first. */
const gaps = ({ from, to }: Span, taken: readonly Span[]): readonly Span[] => {
  const bounds = [from, ...taken.flatMap(span => [span.from, span.to]), to]
  return Array.from({ length: taken.length + 1 }, (_, index) => ({ from: bounds[2 * index]!, to: bounds[2 * index + 1]! })).filter(gap => gap.from < gap.to)
}

const secondsOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0)

/** Conditions of a statement, and its parameters. */
class Ranges {
  readonly parameters: Record<string, number> = {}
  readonly #known = new Map<string, string>()

  sql(spans: readonly Span[]): string {
    return `series IN {ids:Array(UInt64)} AND (${spans.map(span => this.#within(span)).join(' OR ')})`
  }

  #within({ from, to }: Span): string {
    const key = `${from} ${to}`
    const number = this.#known.size
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.parameters[`from${number}`] = from
    this.parameters[`to${number}`] = to
    const sql = `ts >= toDateTime({from${number}:UInt32}, 'UTC') AND ts < toDateTime({to${number}:UInt32}, 'UTC')`
    this.#known.set(key, sql)
    return sql
  }
}

/** In 32 bits: a division of 64 was a seventh of the statement. */
const BUCKET = 'intDiv(toUInt32(toUnixTimestamp(ts) + {lead:UInt32}), {period:UInt32})'
const NO_SAMPLES = '[]::Array(Float64) AS sample_values, []::Array(Float64) AS sample_weights'

const ALL: ReadonlySet<Aggregate> = new Set(['sum', 'minimum', 'maximum'])
const sums = (wanted: ReadonlySet<Aggregate>, sum: string, minimum: string, maximum: string): string =>
  (wanted.has('sum') ? `, sum(${sum}) AS total` : '') +
  (wanted.has('minimum') ? `, min(${minimum}) AS low` : '') +
  (wanted.has('maximum') ? `, max(${maximum}) AS high` : '')

const points = (table: string, { wanted, samples }: Asked, where: string): string => samples ? samplesSql(table, BUCKET, where) : `
  SELECT series, ${BUCKET} AS bucket, toUInt8(${OPAQUE}) AS kind, sum(count) AS n${sums(wanted, 'value * count', 'value', 'value')}
  FROM ${table} WHERE ${where} GROUP BY series, bucket`

const sets = (table: string, { wanted, samples }: Asked, where: string): string => `
  SELECT series, ${BUCKET} AS bucket, toUInt8(${OPAQUE}) AS kind, sum(count) AS n${sums(wanted, 'sum', 'minimum', 'maximum')}
  ${samples ? `, ${NO_SAMPLES}` : ''}
  FROM ${table} WHERE ${where} GROUP BY series, bucket`

/** The copy has one row of each five minutes: to group them would take a sixth of the statement. */
const copies = (table: string, asked: Asked, where: string): string => asked.period !== SUMMED ? sets(table, asked, where) : `
  SELECT series, ${BUCKET} AS bucket, toUInt8(${OPAQUE}) AS kind, count AS n${columns(asked.wanted)} FROM ${table} WHERE ${where}`
const columns = (wanted: ReadonlySet<Aggregate>): string =>
  (wanted.has('sum') ? ', sum AS total' : '') + (wanted.has('minimum') ? ', minimum AS low' : '') + (wanted.has('maximum') ? ', maximum AS high' : '')

const rollups = (table: string, { wanted, samples }: Asked, where: string): string => `
  SELECT series, ${BUCKET} AS bucket, toUInt8(${samples ? `if(max(empty(keys)), ${OPAQUE}, ${SKETCHED})` : OPAQUE}) AS kind,
    sum(count) AS n${sums(wanted, 'sum', 'minimum', 'maximum')}
  ${samples ? `, sumMap(keys, weights).1::Array(Float64) AS sample_values, sumMap(keys, weights).2 AS sample_weights` : ''}
  FROM ${table} WHERE ${where} GROUP BY series, bucket`

/** A table and what it is asked; with samples, points and their copy answer other columns than the rest. */
type Tier = readonly [TierTable, (table: string, asked: Asked, where: string) => string, 'as taken' | 'copied' | 'rolled up']
const POINT_TIERS: readonly Tier[] = [[POINTS_1, points, 'as taken'], [POINTS_60, points, 'as taken']]
const WITHOUT_POINTS: readonly Tier[] = [
  [SETS_1, sets, 'as taken'], [SETS_60, sets, 'as taken'], [ROLLUP_300, rollups, 'rolled up'], [ROLLUP_3600, rollups, 'rolled up'],
]
/** Answers in place of all that is as it was taken, where it can. */
const ALL_TIERS: readonly Tier[] = [[SUMS_300, copies, 'copied'], ...POINT_TIERS, ...WITHOUT_POINTS]
const CLOSED_SAMPLES: Tier = [SUMS_300, (table, _, where) => closedSamplesSql(table, BUCKET, where), 'copied']
