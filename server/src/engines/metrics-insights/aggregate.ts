import type { InsightsFunction, InsightsQuery } from './query.ts'
import type { Selection } from './select.ts'

/** One group's values in as many buckets as were asked for; NaN: no data. */
export interface InsightsSeries {
  /** Index into the selection's groups. */
  readonly group: number
  readonly values: Float64Array
}

/**
 * Adds up the buckets of all selected metrics, group by group, in columns: nothing is allocated for a bucket. What a group
 * comes to over the whole range is kept beside them, for ORDER BY.
 */
export class InsightsAggregation {
  readonly #query: InsightsQuery
  readonly #selection: Selection
  readonly #slots: number
  readonly #totals: Columns
  /** Undefined: only the totals are wanted. */
  readonly #cells: Columns | undefined

  /** `slots`: how many buckets; 0 to learn only which groups come first. */
  constructor(query: InsightsQuery, selection: Selection, slots: number) {
    this.#query = query
    this.#selection = selection
    this.#slots = slots
    this.#totals = columns(selection.groups.length)
    this.#cells = slots === 0 ? undefined : columns(selection.groups.length * slots)
  }

  /** A bucket of the selection's `metric`-th metric, or a part of one. Whatever lies outside the buckets must not come. */
  add(metric: number, slot: number, count: number, sum: number, minimum: number, maximum: number): void {
    const group = this.#selection.groupOf[metric]!
    accumulate(this.#totals, group, count, sum, minimum, maximum)
    if (this.#cells !== undefined) accumulate(this.#cells, group * this.#slots + slot, count, sum, minimum, maximum)
  }

  /** The groups that have data and come within the limit, in their order. */
  ranking(): readonly number[] {
    const { orderBy, limit } = this.#query
    const { groups } = this.#selection
    const found = groups.map((_, group) => group).filter(group => this.#totals.count[group]! > 0)
    const byLabel = (a: number, b: number): number => compare(groups[a]!.label, groups[b]!.label)
    if (orderBy === undefined) found.sort(byLabel)
    else {
      const score = found.length === 0 ? [] : groups.map((_, group) => figure(this.#totals, orderBy.statistic, group))
      const sign = orderBy.descending ? -1 : 1
      found.sort((a, b) => sign * compare(score[a]!, score[b]!) || byLabel(a, b))
    }
    return found.slice(0, limit)
  }

  series(): readonly InsightsSeries[] {
    const cells = this.#cells
    if (cells === undefined) throw new Error('only the totals were kept')
    const statistic = this.#query.statistic
    return this.ranking().map(group => ({
      group,
      values: Float64Array.from({ length: this.#slots }, (_, slot) => figure(cells, statistic, group * this.#slots + slot)),
    }))
  }
}

interface Columns {
  readonly count: Float64Array
  readonly sum: Float64Array
  readonly minimum: Float64Array
  readonly maximum: Float64Array
}

const columns = (length: number): Columns => ({
  count: new Float64Array(length),
  sum: new Float64Array(length),
  minimum: new Float64Array(length),
  maximum: new Float64Array(length),
})

const accumulate = (into: Columns, at: number, count: number, sum: number, minimum: number, maximum: number): void => {
  const first = into.count[at] === 0
  into.count[at] = into.count[at]! + count
  into.sum[at] = into.sum[at]! + sum
  if (first || minimum < into.minimum[at]!) into.minimum[at] = minimum
  if (first || maximum > into.maximum[at]!) into.maximum[at] = maximum
}

const figure = ({ count, sum, minimum, maximum }: Columns, statistic: InsightsFunction, at: number): number => {
  const samples = count[at]!
  if (samples === 0) return NaN
  switch (statistic) {
    case 'AVG': return sum[at]! / samples
    case 'COUNT': return samples
    case 'MAX': return maximum[at]!
    case 'MIN': return minimum[at]!
    case 'SUM': return sum[at]!
  }
}

const compare = <Value extends string | number>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0)
