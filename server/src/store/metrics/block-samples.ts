import { sketchValue } from '../../base/sketch.ts'
import { sortNumbers, sortTogether } from '../../base/sort-together.ts'
import type { Block } from '../telemetry/native-read.ts'

/** What a row's samples are: exact values, bucket keys of a sketch, or not known. */
export const [EXACT, SKETCHED, OPAQUE] = [0, 1, 2]

interface Samples {
  readonly values: Float64Array
  readonly weights: Float64Array
}

/**
 * The samples of a block's rows, taken row after row: single ones in `singles`, the others in `sample_values` with their weights. They are
 * put in order where they lie, and a bucket of single samples is a view on them: copies were most of the time of a percentile.
 */
export class BlockSamples {
  readonly #kind: Uint8Array
  readonly #singles: Column
  readonly #values: Column
  readonly #weights: Column

  constructor(block: Block) {
    this.#kind = block.uint8('kind')
    this.#singles = new Column(block.floatArrays('singles'))
    this.#values = new Column(block.floatArrays('sample_values'))
    this.#weights = new Column(block.floatArrays('sample_weights'))
  }

  /** In ascending order; undefined when they are not known, or when one is negative: then there are no extended statistics. */
  take(row: number, minimum: number, maximum: number): Samples | undefined {
    const [singles, values, weights] = [this.#singles, this.#values, this.#weights]
    singles.move(row)
    values.move(row)
    weights.move(row)
    const kind = this.#kind[row]
    if (kind === OPAQUE || minimum < 0) return undefined
    if (values.from === values.to) {
      sortNumbers(singles.all, singles.from, singles.to)
      return { values: singles.view(), weights: ones(singles.to - singles.from) }
    }
    const found = { values: joined(singles.view(), values.view()), weights: joined(ones(singles.to - singles.from), weights.view()) }
    if (kind === SKETCHED) for (const [index, key] of found.values.entries()) found.values[index] = Math.min(maximum, Math.max(minimum, sketchValue(key)))
    sortTogether(found.values, found.weights)
    return found
  }
}

/** A column of arrays, walked through. */
class Column {
  readonly all: Float64Array
  from = 0
  to = 0
  readonly #ends: BigUint64Array

  constructor({ ends, values }: { readonly ends: BigUint64Array; readonly values: Float64Array }) {
    this.all = values
    this.#ends = ends
  }

  move(row: number): void {
    this.from = this.to
    this.to = Number(this.#ends[row])
  }

  view(): Float64Array {
    return this.all.subarray(this.from, this.to)
  }
}

const joined = (one: Float64Array, other: Float64Array): Float64Array => {
  if (one.length === 0) return other
  const both = new Float64Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}

/** So many weights of one; buckets of a graph have the same few lengths. Nobody writes to samples. */
const ones = (length: number): Float64Array => {
  const known = ONES[length]
  if (known !== undefined) return known
  const made = new Float64Array(length).fill(1)
  if (length < SHARED_LENGTHS) ONES[length] = made
  return made
}
/** Half a megabyte when all are there. */
const SHARED_LENGTHS = 360
const ONES: Float64Array[] = []
