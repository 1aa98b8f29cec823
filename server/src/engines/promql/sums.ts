/** A sum with Neumaier's correction, as Prometheus adds up: the order of large and small values does not matter much. */
class ExactSum {
  #sum = 0
  #lost = 0

  add(value: number): void {
    const sum = this.#sum + value
    if (Math.abs(sum) === Infinity) this.#lost = 0
    else this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum
    this.#sum = sum
  }

  get value(): number {
    return this.#sum + this.#lost
  }
}

export const sumOf = (values: Iterable<number>): number => {
  const sum = new ExactSum()
  for (const value of values) sum.add(value)
  return sum.value
}

/** The mean; of values whose sum is beyond all numbers, too. */
export const meanOf = (values: readonly number[]): number => {
  const sum = sumOf(values)
  if (Number.isFinite(sum) || values.some(value => !Number.isFinite(value))) return sum / values.length
  return values.reduce((mean, value, index) => mean + (value / (index + 1) - mean / (index + 1)), 0)
}

/** The variance of a population, by Welford. */
export const varianceOf = (values: readonly number[]): number => {
  let mean = 0
  let squares = 0
  for (const [index, value] of values.entries()) {
    const delta = value - mean
    mean += delta / (index + 1)
    squares += delta * (value - mean)
  }
  return squares / values.length
}

/** NaN counts only where there is nothing else. */
export const greatest = (values: readonly number[]): number =>
  values.reduce((best, value) => (value > best || Number.isNaN(best) ? value : best))

export const least = (values: readonly number[]): number =>
  values.reduce((best, value) => (value < best || Number.isNaN(best) ? value : best))

/** Linear between ranks; NaN sorts below everything. ∓Infinity for a `q` outside of [0, 1]. */
export const quantileOf = (q: number, values: readonly number[]): number => {
  if (values.length === 0 || Number.isNaN(q)) return NaN
  if (q < 0) return -Infinity
  if (q > 1) return Infinity
  const sorted = values.toSorted(ascending)
  const rank = q * (sorted.length - 1)
  const below = Math.max(0, Math.floor(rank))
  const above = Math.min(sorted.length - 1, below + 1)
  const weight = rank - Math.floor(rank)
  return sorted[below]! * (1 - weight) + sorted[above]! * weight
}

const ascending = (a: number, b: number): number => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b)
