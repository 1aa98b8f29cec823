import { epochSeconds } from '../../base/time.ts'
import type { Block } from '../telemetry/native-read.ts'
import type { BucketFold } from './bucket-fold.ts'

/*
 * The samples of five minutes as one row of the copy that closed-sums.ts makes, exact and in ascending order. Most are decimals: then
 * `kind` is the number of their decimals, and `steps` lead from the minimum to each sample in units of the last one, small numbers that take
 * 1.2 bytes where a two-decimal gauge takes 2.7. Other samples are PLAIN, in `more`. WEIGHTED ones, of which any stands for more or less than
 * one, have their weights at the end of `more`. The samples of a row with a negative one or with a statistic set are UNKNOWN: no
 * statistic needs them, and `more` holds the row's four sums.
 */
const [WEIGHTED, PLAIN, UNKNOWN] = [64, 128, 255]
const MOST_DECIMALS = 4
const POWERS = Array.from({ length: MOST_DECIMALS + 1 }, (_, decimals) => 10 ** decimals)
/** Below it a decimal and its multiple stand for each other exactly. */
const EXACT = '1e14'
const MAX_STEP = 2 ** 32

const isDecimal = (power: number): string =>
  `high * ${power} < ${EXACT} AND (high - low) * ${power} < ${MAX_STEP} AND arrayAll(v -> round(v * ${power}) / ${power} = v, vs)`

/**
 * What enters the copy from points and statistic sets, {@link POINT_PARTS} and {@link SET_PARTS} of them; in the order of the table's columns.
 */
export const closedRowsSql = (parts: readonly string[]): string => `
  SELECT series, t, n, total, low, high, kind,
    if(kind >= ${PLAIN}, [], arrayDifference(arrayMap(v -> toInt64(round(v * exp10(bitAnd(kind, ${WEIGHTED - 1})))), vs))::Array(UInt32)),
    multiIf(kind = ${UNKNOWN}, [n, total, low, high], arrayConcat(if(kind >= ${PLAIN}, vs, []), if(bitAnd(kind, ${WEIGHTED}) = 0, [], ws)))
  FROM (
    SELECT *, if(opaque, ${UNKNOWN}, base + if(single, 0, ${WEIGHTED}))::UInt8 AS kind, if(single, [], arraySort((w, v) -> v, counts, samples)) AS ws
    FROM (
      SELECT *, arraySort(samples) AS vs, multiIf(opaque, 0, ${POWERS.map((power, decimals) => `${isDecimal(power)}, ${decimals}`).join(', ')}, ${PLAIN}) AS base
      FROM (
        SELECT series, t, sum(c) AS n, sum(s) AS total, min(l) AS low, max(h) AS high, min(l) < 0 OR max(is_set) AS opaque, min(c) = 1 AND max(c) = 1 AS single,
          groupArrayIf(l, NOT is_set) AS samples, groupArrayIf(c, NOT is_set) AS counts
        FROM (${parts.join(' UNION ALL ')}) GROUP BY series, t
      )
    )
  )`

export const POINT_PARTS = 'count AS c, value * count AS s, value AS l, value AS h, false AS is_set'
export const SET_PARTS = 'count AS c, sum AS s, minimum AS l, maximum AS h, true AS is_set'

/** Rows of the copy for {@link addClosedRows}. */
export const closedSamplesSql = (table: string, bucket: string, where: string): string =>
  `SELECT series, ${bucket} AS bucket, kind, minimum, steps, more FROM ${table} WHERE ${where}`

/** The rows of {@link closedSamplesSql}; the fold's buckets. */
export const addClosedRows = (block: Block, { origin, period }: { readonly origin: number; readonly period: number }, fold: BucketFold): void => {
  const ids = block.uint64('series')
  const { starts, values, buckets, weights, unknown } = decode(block)
  const halves = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length)
  // Rows of a series lie together.
  for (let from = 0; from < block.length; ) {
    let to = from + 1
    while (to < block.length && halves[2 * to] === halves[2 * from] && halves[2 * to + 1] === halves[2 * from + 1]) to++
    const [first, end] = [starts[from]!, starts[to]!]
    fold.addSamples(ids[from]!, {
      length: end - first, values: values.subarray(first, end), buckets: buckets.subarray(first, end), weights: weights?.subarray(first, end),
    })
    from = to
  }
  for (const { row, bucket, sums: [count, sum, minimum, maximum] } of unknown) {
    fold.add(ids[row]!, { start: epochSeconds(origin + bucket * period), count: count!, sum: sum!, minimum: minimum!, maximum: maximum! })
  }
}

/** The samples of each row, one after the other: those of row k lie in [starts[k], starts[k + 1]). */
interface Decoded {
  readonly starts: Uint32Array
  readonly values: Float64Array
  readonly buckets: Uint32Array
  /** Undefined: all are 1. */
  readonly weights: Float64Array | undefined
  readonly unknown: readonly { readonly row: number; readonly bucket: number; readonly sums: Float64Array }[]
}

const decode = (block: Block): Decoded => {
  const [kinds, numbers, minima] = [block.uint8('kind'), block.uint32('bucket'), block.float64('minimum')]
  const [steps, more] = [block.uint32Arrays('steps'), block.floatArrays('more')]
  const room = steps.values.length + more.values.length
  const [starts, values, buckets] = [new Uint32Array(block.length + 1), new Float64Array(room), new Uint32Array(room)]
  const unknown: { row: number; bucket: number; sums: Float64Array }[] = []
  let weights: Float64Array | undefined
  let [at, step, other] = [0, 0, 0]
  for (let row = 0; row < block.length; row++) {
    const [kind, bucket, stepsEnd, othersEnd, start] = [kinds[row]!, numbers[row]!, Number(steps.ends[row]), Number(more.ends[row]), at]
    if (kind === UNKNOWN) {
      unknown.push({ row, bucket, sums: more.values.subarray(other, othersEnd) })
    } else {
      if (kind < PLAIN) {
        const power = POWERS[kind & (WEIGHTED - 1)]!
        let units = Math.round(minima[row]! * power)
        while (step < stepsEnd) {
          units += steps.values[step++]!
          values[at++] = units / power
        }
      } else {
        const plain = (kind & WEIGHTED) === 0 ? othersEnd : other + (othersEnd - other) / 2
        while (other < plain) values[at++] = more.values[other++]!
      }
      buckets.fill(bucket, start, at)
      if ((kind & WEIGHTED) !== 0) {
        weights ??= new Float64Array(room).fill(1)
        weights.set(more.values.subarray(other, othersEnd), start)
      }
    }
    starts[row + 1] = at
    other = othersEnd
  }
  return { starts, values, buckets, weights, unknown }
}
