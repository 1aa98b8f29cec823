import type { Budget } from './budget.ts'
import type { Labels } from './labels.ts'
import type { Vector, Window } from './value.ts'

/** What one evaluation takes besides its samples, in samples. */
const EVALUATION = 20

/**
 * The range vector that a subquery makes: what its query yields at each multiple of the step. The instants of a range query
 * overlap, so that answers are kept as long as the window that was asked for last still reaches them.
 */
export class SubqueryWindows {
  readonly #step: number
  readonly #query: (at: number) => Vector
  readonly #known = new Map<number, Vector>()

  constructor(step: number, query: (at: number) => Vector) {
    this.#step = step
    this.#query = query
  }

  /** In (start, end]. */
  within(start: number, end: number, budget: Budget): readonly Window[] {
    for (const at of this.#known.keys()) if (at <= start || at > end) this.#known.delete(at)
    const series = new Map<string, { readonly labels: Labels; readonly times: number[]; readonly values: number[] }>()
    for (let at = (Math.floor(start / this.#step) + 1) * this.#step; at <= end; at += this.#step) {
      let vector = this.#known.get(at)
      if (vector === undefined) {
        budget.spend(EVALUATION)
        this.#known.set(at, vector = this.#query(at))
      }
      budget.spend(1 + vector.length)
      for (const { labels, value } of vector) {
        let found = series.get(labels.key)
        if (found === undefined) series.set(labels.key, found = { labels, times: [], values: [] })
        found.times.push(at)
        found.values.push(value)
      }
    }
    return [...series.values()].map(found => ({ ...found, from: 0, to: found.times.length, start, end }))
  }
}
