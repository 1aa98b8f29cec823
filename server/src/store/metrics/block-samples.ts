import { sketchValue } from '../../base/sketch.ts'
import type { Block } from '../telemetry/native-read.ts'

/** What a row's samples are: bucket keys of a sketch, or not known. */
export const [SKETCHED, OPAQUE] = [1, 2]

interface Samples {
  readonly values: Float64Array
  readonly weights: Float64Array
}

/** The samples of rows of statistic sets and of roll-ups, taken row after row. */
export class BlockSamples {
  readonly #kind: Uint8Array
  readonly #ends: BigUint64Array
  readonly #keys: Float64Array
  readonly #weights: Float64Array
  #from = 0

  constructor(block: Block) {
    this.#kind = block.uint8('kind')
    const { ends, values } = block.floatArrays('sample_values')
    this.#ends = ends
    this.#keys = values
    this.#weights = block.floatArrays('sample_weights').values
  }

  /** In ascending order; undefined when they are not known, or when one is negative: then there are no extended statistics. */
  take(row: number, minimum: number, maximum: number): Samples | undefined {
    const [from, to] = [this.#from, Number(this.#ends[row])]
    this.#from = to
    if (this.#kind[row] === OPAQUE || minimum < 0) return undefined
    // Keys come in ascending order, and so do the values that they stand for.
    const values = this.#keys.subarray(from, to)
    for (let place = 0; place < values.length; place++) values[place] = Math.min(maximum, Math.max(minimum, sketchValue(values[place]!)))
    return { values, weights: this.#weights.subarray(from, to) }
  }
}
