import { epochSeconds, type EpochSeconds, type Seconds } from '../../base/time.ts'
import type { Bucket } from '../../model/metric.ts'
import type { Block } from '../telemetry/native-read.ts'
import { BlockSamples, EXACT, OPAQUE, SKETCHED } from './block-samples.ts'
import { BucketFold } from './bucket-fold.ts'
import { BRIEF_THREADS } from '../telemetry/lane.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'
import type { TierExtents } from './tier-extents.ts'
import { POINTS_1, POINTS_60, reachOf, ROLLUP_300, ROLLUP_3600, SETS_1, SETS_60, type TierTable } from './tier-tables.ts'

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

/** Takes the sums of a bucket, or a part of them: a bucket may lie in several tiers. */
export type TakeSums = (series: bigint, start: number, count: number, sum: number, minimum: number, maximum: number) => void

/**
 * The non-empty buckets of each series that has any, oldest first. Every row is in exactly one tier, so all of them are read
 * and added up; what is too old for the period is left out, as CloudWatch does.
 */
export const readBuckets = async (
  telemetry: Telemetry, extents: TierExtents, read: BucketRead, now: EpochSeconds,
): Promise<ReadonlyMap<bigint, readonly Bucket[]>> => {
  const fold = new BucketFold()
  await eachBlock(telemetry, extents, read, now, (block, origin) => addBlock(fold, block, read.samples, origin, read.period))
  return fold.finish()
}

/** As {@link readBuckets}, but sums alone, handed over as they come. */
export const readSums = async (
  telemetry: Telemetry, extents: TierExtents, read: Omit<BucketRead, 'samples'>, now: EpochSeconds, take: TakeSums,
): Promise<void> =>
  eachBlock(telemetry, extents, { ...read, samples: false }, now, (block, origin) => {
    const series = block.uint64('series')
    const bucket = block.uint32('bucket')
    const [count, sum, minimum, maximum] = [block.float64('n'), block.float64('total'), block.float64('low'), block.float64('high')]
    for (let row = 0; row < block.length; row++) {
      take(series[row]!, origin + bucket[row]! * read.period, count[row]!, sum[row]!, minimum[row]!, maximum[row]!)
    }
  })

/** One statement for all series, all tiers in it. The buckets of a block are counted from the origin that comes with it. */
const eachBlock = async (
  telemetry: Telemetry, extents: TierExtents, read: BucketRead, now: EpochSeconds, take: (block: Block, origin: number) => void,
): Promise<void> => {
  const start = Math.max(read.start, now - reachOf(read.period))
  const end = Math.min(read.end, LAST_SECOND)
  if (read.series.length === 0 || start >= end) return
  // The engine's division rounds towards zero: counting from an origin at or before the start keeps the numbers positive.
  const origin = read.origin - Math.max(0, Math.ceil((read.origin - start) / read.period)) * read.period
  const cost = read.series.length * (end - start)
  const lane = cost > QUICK_SERIES_SECONDS ? 'slow' : 'quick'
  const threads = cost > QUICK_SERIES_SECONDS && cost <= BRIEF_SERIES_SECONDS ? `\nSETTINGS max_threads = ${BRIEF_THREADS}` : ''
  // Each table named costs a millisecond or two, even an empty one.
  const selects = SELECTS.filter(([table]) => extents.mayHold(table, start, end)).map(([table, select]) => select(table.name, read.samples))
  if (selects.length === 0) return
  for (let from = 0; from < read.series.length; from += IDS_PER_STATEMENT) {
    const parameters = { ids: read.series.slice(from, from + IDS_PER_STATEMENT), start, end, origin, period: read.period }
    for (const block of await telemetry.columns(lane, selects.join('\nUNION ALL\n') + threads, parameters)) take(block, origin)
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

const addBlock = (fold: BucketFold, block: Block, samples: boolean, origin: number, period: number): void => {
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


const RANGE =
  'series IN {ids:Array(UInt64)} AND ts >= toDateTime({start:UInt32}, \'UTC\') AND ts < toDateTime({end:UInt32}, \'UTC\')'
const BUCKET = 'toUInt32(intDiv(toInt64(toUnixTimestamp(ts)) - {origin:Int64}, {period:Int64})) AS bucket'
const NO_SINGLES = '[]::Array(Float64) AS singles'
const NO_SAMPLES = `${NO_SINGLES}, []::Array(Float64) AS sample_values, []::Array(Float64) AS sample_weights`
/** Most points stand for one sample: their weights need not be gathered. */
const SAMPLES = `groupArrayIf(value, count = 1) AS singles,
    groupArrayIf(value, count != 1) AS sample_values, groupArrayIf(count, count != 1) AS sample_weights`

const points = (table: string, samples: boolean): string => `
  SELECT series, ${BUCKET}, toUInt8(${EXACT}) AS kind, sum(count) AS n, sum(value * count) AS total, min(value) AS low, max(value) AS high
  ${samples ? `, ${SAMPLES}` : ''}
  FROM ${table} WHERE ${RANGE} GROUP BY series, bucket`

const sets = (table: string, samples: boolean): string => `
  SELECT series, ${BUCKET}, toUInt8(${OPAQUE}) AS kind, sum(count) AS n, sum(sum) AS total, min(minimum) AS low, max(maximum) AS high
  ${samples ? `, ${NO_SAMPLES}` : ''}
  FROM ${table} WHERE ${RANGE} GROUP BY series, bucket`

const rollups = (table: string, samples: boolean): string => `
  SELECT series, ${BUCKET}, toUInt8(${samples ? `if(max(empty(keys)), ${OPAQUE}, ${SKETCHED})` : OPAQUE}) AS kind,
    sum(count) AS n, sum(sum) AS total, min(minimum) AS low, max(maximum) AS high
  ${samples ? `, ${NO_SINGLES}, sumMap(keys, weights).1::Array(Float64) AS sample_values, sumMap(keys, weights).2 AS sample_weights` : ''}
  FROM ${table} WHERE ${RANGE} GROUP BY series, bucket`

/** What one tier answers; all of them in the same columns. */
const SELECTS: readonly (readonly [TierTable, (table: string, samples: boolean) => string])[] = [
  [POINTS_1, points], [POINTS_60, points], [SETS_1, sets], [SETS_60, sets], [ROLLUP_300, rollups], [ROLLUP_3600, rollups],
]
