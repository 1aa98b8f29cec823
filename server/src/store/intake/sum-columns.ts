import type { WindowSlots } from '../../model/metric-window.ts'
import type { SumsSink } from '../../model/metric.ts'
import type { Aggregate } from '../../model/unit-sums.ts'

/** Sums of many series on one grid, a row each; series without any take no room. */
export class SumColumns implements SumsSink {
  readonly #rows: (WindowSlots | undefined)[] = []
  readonly #slots: number
  readonly #sum: boolean
  readonly #minimum: boolean
  readonly #maximum: boolean

  constructor(slots: number, wanted: ReadonlySet<Aggregate>) {
    this.#slots = slots
    this.#sum = wanted.has('sum')
    this.#minimum = wanted.has('minimum')
    this.#maximum = wanted.has('maximum')
  }

  at(row: number): WindowSlots | undefined {
    return this.#rows[row]
  }

  /** A part of a bucket; what is empty leaves no trace. */
  add(row: number, slot: number, count: number, sum: number, minimum: number, maximum: number): void {
    if (count <= 0) return
    const columns = (this.#rows[row] ??= this.#make())
    const before = columns.count[slot]!
    columns.count[slot] = before + count
    if (this.#sum) columns.sum[slot] = before === 0 ? sum : columns.sum[slot]! + sum
    if (this.#minimum && (before === 0 || minimum < columns.minimum[slot]!)) columns.minimum[slot] = minimum
    if (this.#maximum && (before === 0 || maximum > columns.maximum[slot]!)) columns.maximum[slot] = maximum
  }

  /** Adds all that the other has of a row. */
  addRow(row: number, other: SumColumns): void {
    const columns = other.#rows[row]
    if (columns === undefined) return
    if (this.#rows[row] === undefined) {
      this.#rows[row] = columns
      return
    }
    const { count, sum, minimum, maximum } = columns
    for (let slot = 0; slot < count.length; slot++) this.add(row, slot, count[slot]!, sum[slot]!, minimum[slot]!, maximum[slot]!)
  }

  #make(): WindowSlots {
    const column = (wanted: boolean): Float64Array => (wanted ? new Float64Array(this.#slots) : NONE)
    return { count: column(true), sum: column(this.#sum), minimum: column(this.#minimum), maximum: column(this.#maximum) }
  }
}

const NONE = new Float64Array(0)
