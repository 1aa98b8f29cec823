import type { Budget } from './budget.ts'
import { NAME, type Labels } from './labels.ts'
import { compare, compute, isArithmetic, isComparison, isSet, type ArithmeticSymbol, type Comparison, type SetSymbol } from './operators.ts'
import type { Binary } from './plan.ts'
import { PromqlError } from './promql-error.ts'
import type { Sample, Vector } from './value.ts'

/** An operator between two instant vectors; it remembers what it found out about labels from one instant to the next. */
export class VectorMatching {
  readonly #plan: Binary
  readonly #budget: Budget
  readonly #names: ReadonlySet<string>
  readonly #groups = new WeakMap<Labels, Labels>()
  readonly #results = new WeakMap<Labels, WeakMap<Labels, Labels>>()

  constructor(plan: Binary, budget: Budget) {
    this.#plan = plan
    this.#budget = budget
    const { on, labels } = plan.matching
    this.#names = new Set(on ? labels : [...labels, NAME])
  }

  /** Throws `PromqlError` where several match and that was not asked for. */
  combine(left: Vector, right: Vector): Vector {
    this.#budget.spend(left.length + right.length)
    const { symbol } = this.#plan
    return isSet(symbol) ? this.#set(symbol, left, right) : this.#pairs(symbol, left, right)
  }

  #set(symbol: SetSymbol, left: Vector, right: Vector): Vector {
    const keysOf = (vector: Vector): ReadonlySet<string> => new Set(vector.map(({ labels }) => this.#group(labels).key))
    if (symbol === 'or') {
      const there = keysOf(left)
      return [...left, ...right.filter(({ labels }) => !there.has(this.#group(labels).key))]
    }
    const there = keysOf(right)
    return left.filter(({ labels }) => there.has(this.#group(labels).key) === (symbol === 'and'))
  }

  #pairs(symbol: ArithmeticSymbol | Comparison, left: Vector, right: Vector): Vector {
    const { many } = this.#plan.matching
    const swapped = many === 'right'
    const [manySide, oneSide] = swapped ? [right, left] : [left, right]
    const ones = this.#ones(oneSide, swapped ? 'left' : 'right')
    const taken = new Map<string, Set<string>>()
    const answers: Sample[] = []
    for (const sample of manySide) {
      const group = this.#group(sample.labels)
      const one = ones.get(group.key)
      if (one === undefined) continue
      const [a, b] = swapped ? [one.value, sample.value] : [sample.value, one.value]
      const value = this.#value(symbol, a, b)
      if (value === undefined) continue
      const labels = this.#result(sample.labels, one.labels)
      const known = taken.get(group.key)
      if (known !== undefined && many === undefined) {
        throw new PromqlError('multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)')
      }
      if (known?.has(labels.key) === true) throw new PromqlError('multiple matches for labels: grouping labels must ensure unique matches')
      if (known === undefined) taken.set(group.key, new Set([labels.key]))
      else known.add(labels.key)
      answers.push({ labels, value })
    }
    return answers
  }

  #ones(samples: Vector, side: string): ReadonlyMap<string, Sample> {
    const ones = new Map<string, Sample>()
    for (const sample of samples) {
      const group = this.#group(sample.labels)
      const other = ones.get(group.key)
      if (other !== undefined) {
        throw new PromqlError(
          `found duplicate series for the match group ${group.toString()} on the ${side} hand-side of the operation: ` +
          `[${sample.labels.toString()}, ${other.labels.toString()}];many-to-many matching not allowed: matching labels must be unique on one side`,
        )
      }
      ones.set(group.key, sample)
    }
    return ones
  }

  /** Undefined: a comparison that does not hold. */
  #value(symbol: ArithmeticSymbol | Comparison, a: number, b: number): number | undefined {
    if (isArithmetic(symbol)) return compute(symbol, a, b)
    const holds = compare(symbol, a, b)
    return this.#plan.bool ? Number(holds) : holds ? a : undefined
  }

  #group(labels: Labels): Labels {
    let group = this.#groups.get(labels)
    if (group === undefined) {
      group = this.#plan.matching.on ? labels.keep(this.#names) : labels.drop(this.#names)
      this.#groups.set(labels, group)
    }
    return group
  }

  #result(labels: Labels, one: Labels): Labels {
    let byOne = this.#results.get(labels)
    if (byOne === undefined) this.#results.set(labels, byOne = new WeakMap())
    let result = byOne.get(one)
    if (result === undefined) byOne.set(one, result = this.#joined(labels, one))
    return result
  }

  #joined(labels: Labels, one: Labels): Labels {
    const { symbol, bool, matching } = this.#plan
    let result = isComparison(symbol) && !bool ? labels : labels.nameless
    if (matching.many === undefined) {
      const names = new Set(matching.labels)
      result = matching.on ? result.keep(names) : result.drop(names)
    }
    for (const name of matching.include) result = result.with(name, one.get(name))
    return result
  }
}
