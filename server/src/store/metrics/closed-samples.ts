import { epochSeconds } from '../../base/time.ts'
import type { Block } from '../telemetry/native-read.ts'
import type { BucketFold } from './bucket-fold.ts'
import { SampleMemory, spanOf, type SampleRows, type SampleSource } from './sample-buckets.ts'

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
  const rows = new ClosedRows(block)
  const halves = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length)
  // Rows of a series lie together.
  for (let from = 0; from < block.length; ) {
    let to = from + 1
    while (to < block.length && halves[2 * to] === halves[2 * from] && halves[2 * to + 1] === halves[2 * from + 1]) to++
    fold.addSamples(ids[from]!, rows.run(from, to))
    for (const { bucket, sums: [count, sum, minimum, maximum] } of rows.unknown(from, to)) {
      fold.add(ids[from]!, { start: epochSeconds(origin + bucket * period), count: count!, sum: sum!, minimum: minimum!, maximum: maximum! })
    }
    from = to
  }
}

/** The columns of a block; a series' samples are made of them when they are asked for. */
class ClosedRows {
  readonly #kinds: Uint8Array
  readonly #buckets: Uint32Array
  readonly #minima: Float64Array
  readonly #steps: ReturnType<Block['uint32Arrays']>
  readonly #more: ReturnType<Block['floatArrays']>

  constructor(block: Block) {
    this.#kinds = block.uint8('kind')
    this.#buckets = block.uint32('bucket')
    this.#minima = block.float64('minimum')
    this.#steps = block.uint32Arrays('steps')
    this.#more = block.floatArrays('more')
  }

  /** Of rows [from, to). */
  run(from: number, to: number): SampleSource {
    const room = this.#lengthOf(this.#steps, from, to) + this.#lengthOf(this.#more, from, to)
    const [first, last] = spanOf(this.#buckets, from, to)
    return { room, first, last, rows: memory => this.#decode(from, to, memory ?? new SampleMemory(room)) }
  }

  /** The rows among [from, to) whose samples nobody knows. */
  unknown(from: number, to: number): readonly { readonly bucket: number; readonly sums: Float64Array }[] {
    const found: { bucket: number; sums: Float64Array }[] = []
    for (let row = from; row < to; row++) {
      if (this.#kinds[row] !== UNKNOWN) continue
      found.push({ bucket: this.#buckets[row]!, sums: this.#more.values.subarray(startOf(this.#more, row), Number(this.#more.ends[row])) })
    }
    return found
  }

  #lengthOf(arrays: Arrays, from: number, to: number): number {
    return Number(arrays.ends[to - 1]) - startOf(arrays, from)
  }

  #decode(from: number, to: number, memory: SampleMemory): SampleRows {
    const { values, buckets } = memory
    const [steps, more] = [this.#steps, this.#more]
    let weights: Float64Array | undefined
    let [at, step, other] = [0, startOf(steps, from), startOf(more, from)]
    for (let row = from; row < to; row++) {
      const [kind, stepsEnd, othersEnd, start] = [this.#kinds[row]!, Number(steps.ends[row]), Number(more.ends[row]), at]
      if (kind < PLAIN) {
        const power = POWERS[kind & (WEIGHTED - 1)]!
        let units = Math.round(this.#minima[row]! * power)
        while (step < stepsEnd) {
          units += steps.values[step++]!
          values[at++] = units / power
        }
      } else if (kind !== UNKNOWN) {
        const plain = (kind & WEIGHTED) === 0 ? othersEnd : other + (othersEnd - other) / 2
        while (other < plain) values[at++] = more.values[other++]!
      }
      buckets.fill(this.#buckets[row]!, start, at)
      if (kind !== UNKNOWN && (kind & WEIGHTED) !== 0) {
        weights ??= new Float64Array(values.length).fill(1)
        weights.set(more.values.subarray(other, othersEnd), start)
      }
      other = othersEnd
    }
    return { length: at, values, buckets, weights }
  }
}

interface Arrays {
  readonly ends: BigUint64Array
}

const startOf = ({ ends }: Arrays, row: number): number => (row === 0 ? 0 : Number(ends[row - 1]))
