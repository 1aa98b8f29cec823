import type { SumsSink } from '../../model/metric.ts'

/** Collects the averages of sparse buckets, series by series; parts of a bucket may come apart and in any order. */
export class SampleColumns implements SumsSink {
  readonly #slots: number[][]
  readonly #counts: number[][]
  readonly #sums: number[][]
  readonly #spend: (samples: number) => void

  /** `spend` is told of each part, and may throw. */
  constructor(series: number, spend: (samples: number) => void) {
    this.#slots = Array.from({ length: series }, () => [])
    this.#counts = Array.from({ length: series }, () => [])
    this.#sums = Array.from({ length: series }, () => [])
    this.#spend = spend
  }

  add(metric: number, slot: number, count: number, sum: number): void {
    this.#spend(1)
    this.#slots[metric]!.push(slot)
    this.#counts[metric]!.push(count)
    this.#sums[metric]!.push(sum)
  }

  /** The samples of a series, oldest first; `timeOf` says when a slot is. */
  of(series: number, timeOf: (slot: number) => number): { readonly times: readonly number[]; readonly values: readonly number[] } {
    const [slots, counts, sums] = [this.#slots[series]!, this.#counts[series]!, this.#sums[series]!]
    const places = slots.map((_, place) => place)
    if (slots.some((slot, place) => place > 0 && slot <= slots[place - 1]!)) places.sort((a, b) => slots[a]! - slots[b]!)
    const times: number[] = []
    const values: number[] = []
    for (let k = 0; k < places.length;) {
      const slot = slots[places[k]!]!
      let count = 0
      let sum = 0
      for (; k < places.length && slots[places[k]!] === slot; k++) {
        count += counts[places[k]!]!
        sum += sums[places[k]!]!
      }
      times.push(timeOf(slot))
      values.push(sum / count)
    }
    return { times, values }
  }
}
