import type { Budget } from './budget.ts'
import type { Arguments } from './functions/promql-function.ts'
import { NAME, type Labels } from './labels.ts'
import { compare, compute, isArithmetic, type ArithmeticSymbol, type Comparison } from './operators.ts'
import type { Aggregate, Binary, Call, Plan, Selector, Subquery } from './plan.ts'
import { Pattern } from './pattern.ts'
import { PromqlError } from './promql-error.ts'
import { SubqueryWindows } from './subquery-windows.ts'
import type { Sample, SeriesData, Value, Vector, Window } from './value.ts'
import { VectorMatching } from './vector-matching.ts'

/** The data that a plan is evaluated on. */
export interface Inputs {
  /** What a selector of the plan finds, at least as far as its reach (`reachesOf`). */
  series(selector: Selector): readonly SeriesData[]
  /** How old, in milliseconds, the sample of an instant selector may be. */
  readonly lookback: number
}

/**
 * One query over given data. `at` may be asked for any number of instants, best in their order: what is found out about labels
 * is remembered. Every sample looked at is charged to the budget.
 */
export class Evaluation {
  readonly #plan: Plan
  readonly #inputs: Inputs
  readonly #budget: Budget
  readonly #derived = new Map<Plan, WeakMap<Labels, Labels>>()
  readonly #patterns = new Map<Plan, Pattern>()
  readonly #matchings = new Map<Binary, VectorMatching>()
  readonly #subqueries = new Map<Subquery, SubqueryWindows>()

  constructor(plan: Plan, inputs: Inputs, budget: Budget) {
    this.#plan = plan
    this.#inputs = inputs
    this.#budget = budget
  }

  /** `at`: milliseconds since the epoch. Throws `PromqlError`. */
  at(at: number): Value {
    this.#budget.nextInstant()
    const plan = this.#plan
    switch (plan.type) {
      case 'scalar':
        return { type: 'scalar', value: this.#scalar(plan, at) }
      case 'string':
        return { type: 'string', text: textOf(plan) }
      case 'vector':
        return { type: 'vector', vector: this.#vector(plan, at) }
      case 'matrix':
        return { type: 'matrix', windows: this.#windows(plan, at) }
    }
  }

  #scalar(plan: Plan, at: number): number {
    this.#budget.spend(1)
    switch (plan.kind) {
      case 'literal':
        return plan.value
      case 'negation':
        return -this.#scalar(plan.of, at)
      case 'call':
        if (plan.fn.returns === 'scalar') return plan.fn.call(this.#arguments(plan, at))
        break
      case 'binary': {
        const { symbol, left, right } = plan
        return this.#holding(symbol as ArithmeticSymbol | Comparison, this.#scalar(left, at), this.#scalar(right, at))
      }
    }
    throw new TypeError(`a ${plan.kind} is no scalar`)
  }

  #holding(symbol: ArithmeticSymbol | Comparison, a: number, b: number): number {
    return isArithmetic(symbol) ? compute(symbol, a, b) : Number(compare(symbol, a, b))
  }

  #vector(plan: Plan, at: number): Vector {
    switch (plan.kind) {
      case 'selector':
        return this.#newest(plan, at).map(({ labels, values, to }) => ({ labels, value: values[to - 1]! }))
      case 'negation':
        return unique(this.#charged(this.#vector(plan.of, at)).map(({ labels, value }) => ({ labels: labels.nameless, value: -value })))
      case 'call':
        if (plan.fn.returns === 'vector') return unique(this.#charged(plan.fn.call(this.#arguments(plan, at))))
        break
      case 'binary':
        return this.#binary(plan, at)
      case 'aggregate':
        return this.#aggregate(plan, at)
    }
    throw new TypeError(`a ${plan.kind} is no instant vector`)
  }

  #binary(plan: Binary, at: number): Vector {
    const { left, right, symbol } = plan
    if (left.type === 'scalar') return this.#withScalar(plan, this.#vector(right, at), this.#scalar(left, at), true)
    if (right.type === 'scalar') return this.#withScalar(plan, this.#vector(left, at), this.#scalar(right, at), false)
    let matching = this.#matchings.get(plan)
    if (matching === undefined) this.#matchings.set(plan, matching = new VectorMatching(plan, this.#budget))
    const answer = matching.combine(this.#vector(left, at), this.#vector(right, at))
    return symbol === 'or' ? unique(answer) : answer
  }

  #withScalar({ symbol, bool }: Binary, vector: Vector, scalar: number, first: boolean): Vector {
    this.#charged(vector)
    const operator = symbol as ArithmeticSymbol | Comparison
    const valued = (value: number): number => (first ? this.#holding(operator, scalar, value) : this.#holding(operator, value, scalar))
    // A comparison leaves the samples as they are, with their names, and some of them out.
    if (!isArithmetic(operator) && !bool) return vector.filter(({ value }) => valued(value) === 1)
    return unique(vector.map(({ labels, value }) => ({ labels: labels.nameless, value: valued(value) })))
  }

  #aggregate(plan: Aggregate, at: number): Vector {
    const { aggregation, parameter, labels, without } = plan
    const names = new Set(without ? [...labels, NAME] : labels)
    const derive = (own: Labels): Labels => (without ? own.drop(names) : own.keep(names))
    const groups = new Map<string, { readonly labels: Labels; readonly samples: Sample[] }>()
    for (const sample of this.#charged(this.#vector(plan.of, at))) {
      const group = this.#derive(plan, sample.labels, derive)
      const known = groups.get(group.key)
      if (known === undefined) groups.set(group.key, { labels: group, samples: [sample] })
      else known.samples.push(sample)
    }
    const all = [...groups.values()]
    switch (aggregation.parameter) {
      case undefined:
        return all.flatMap(group => aggregation.of(group))
      case 'scalar': {
        const value = this.#scalar(parameter!, at)
        return all.flatMap(group => aggregation.of(group, value))
      }
      case 'string': {
        const counted = all.flatMap(group => aggregation.of(group, textOf(parameter!)))
        // The label is a part of what is grouped: it may be one that is left out, or take the place of one that told groups apart.
        return added(without ? counted.map(({ labels: own, value }) => ({ labels: own.drop(names), value })) : counted)
      }
    }
  }

  #arguments({ args }: Call, at: number): Arguments {
    return {
      count: args.length,
      at,
      matchers: place => matchersOf(args[place]!),
      scalar: place => this.#scalar(args[place]!, at),
      vector: place => this.#vector(args[place]!, at),
      windows: place => this.#windows(args[place]!, at),
      times: place => this.#times(args[place]!, at),
      text: place => textOf(args[place]!),
      pattern: place => this.#pattern(args[place]!),
      labels: (labels, derive) => this.#derive(args[0]!, labels, derive),
    }
  }

  #times(plan: Plan, at: number): readonly number[] {
    if (plan.kind === 'selector') return this.#newest(plan, at).map(({ times, to }) => times[to - 1]!)
    return this.#vector(plan, at).map(() => at)
  }

  #windows(plan: Plan, at: number): readonly Window[] {
    if (plan.kind === 'selector') return this.#within(plan, at - plan.offset - plan.range!, at - plan.offset)
    if (plan.kind === 'subquery') return this.#subquery(plan, at)
    throw new TypeError(`a ${plan.kind} is no range vector`)
  }

  #subquery(plan: Subquery, at: number): readonly Window[] {
    let windows = this.#subqueries.get(plan)
    if (windows === undefined) this.#subqueries.set(plan, windows = new SubqueryWindows(plan.step, instant => this.#vector(plan.of, instant)))
    return windows.within(at - plan.offset - plan.range, at - plan.offset, this.#budget)
  }

  /** The series that have a sample young enough, each up to that sample. */
  #newest(plan: Selector, at: number): readonly Window[] {
    const end = at - plan.offset
    return this.#within(plan, end - this.#inputs.lookback, end, true)
  }

  #within(plan: Selector, start: number, end: number, newestOnly = false): readonly Window[] {
    const windows: Window[] = []
    for (const { labels, times, values } of this.#inputs.series(plan)) {
      const to = firstAfter(times, end)
      const from = newestOnly ? (to > 0 && times[to - 1]! > start ? to - 1 : to) : firstAfter(times, start)
      this.#budget.spend(1 + to - from)
      if (from < to) windows.push({ labels, times, values, from, to, start, end })
    }
    return windows
  }

  #pattern(plan: Plan): Pattern {
    let pattern = this.#patterns.get(plan)
    if (pattern === undefined) this.#patterns.set(plan, pattern = new Pattern(textOf(plan)))
    return pattern
  }

  #derive(plan: Plan, labels: Labels, derive: (labels: Labels) => Labels): Labels {
    let known = this.#derived.get(plan)
    if (known === undefined) this.#derived.set(plan, known = new WeakMap())
    let derived = known.get(labels)
    if (derived === undefined) known.set(labels, derived = derive(labels))
    return derived
  }

  #charged(vector: Vector): Vector {
    this.#budget.spend(vector.length)
    return vector
  }
}

const matchersOf = (plan: Plan): Selector['matchers'] | undefined => (plan.kind === 'selector' ? plan.matchers : undefined)

const textOf = (plan: Plan): string => {
  if (plan.kind !== 'text') throw new TypeError(`a ${plan.kind} is no string`)
  return plan.text
}

/** Those with the same labels as one. */
const added = (samples: Vector): Vector => {
  const sums = new Map<string, { readonly labels: Labels; value: number }>()
  for (const { labels, value } of samples) {
    const known = sums.get(labels.key)
    if (known === undefined) sums.set(labels.key, { labels, value })
    else known.value += value
  }
  return [...sums.values()]
}

const unique = (vector: Vector): Vector => {
  if (vector.length > 1 && new Set(vector.map(({ labels }) => labels.key)).size < vector.length) {
    throw new PromqlError('vector cannot contain metrics with the same labelset')
  }
  return vector
}

/** How many of the ascending times are at or before `end`. */
const firstAfter = (times: ArrayLike<number>, end: number): number => {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle]! <= end) low = middle + 1
    else high = middle
  }
  return low
}
