import type { Aggregation } from './aggregations.ts'
import type { PromqlFunction } from './functions/promql-function.ts'
import type { Matcher } from './matcher.ts'
import type { BinarySymbol } from './operators.ts'
import type { ValueType } from './value.ts'

/** A query, read and checked; it can be evaluated any number of times. Lengths of time are in milliseconds. */
export type Plan = Selector | Subquery | Binary | Aggregate | Call | Negation | Literal | Text

export interface Selector {
  readonly kind: 'selector'
  readonly type: 'vector' | 'matrix'
  readonly matchers: readonly Matcher[]
  /** Of a range selector. */
  readonly range: number | undefined
  readonly offset: number
}

export interface Subquery {
  readonly kind: 'subquery'
  readonly type: 'matrix'
  readonly of: Plan
  readonly range: number
  readonly step: number
  readonly offset: number
}

export interface Binary {
  readonly kind: 'binary'
  readonly type: 'scalar' | 'vector'
  readonly symbol: BinarySymbol
  /** A comparison answers 0 or 1 instead of leaving out. */
  readonly bool: boolean
  readonly left: Plan
  readonly right: Plan
  readonly matching: Matching
}

/** Which series of both sides belong together. */
export interface Matching {
  /** By these labels (`on`), or by all but these (`ignoring`). */
  readonly on: boolean
  readonly labels: readonly string[]
  /** The side of which several may match one of the other. */
  readonly many: 'left' | 'right' | undefined
  /** Labels taken over from the side of one. */
  readonly include: readonly string[]
}

export interface Aggregate {
  readonly kind: 'aggregate'
  readonly type: 'vector'
  readonly aggregation: Aggregation
  readonly without: boolean
  readonly labels: readonly string[]
  readonly parameter: Plan | undefined
  readonly of: Plan
}

export interface Call {
  readonly kind: 'call'
  readonly type: 'scalar' | 'vector'
  readonly fn: PromqlFunction
  readonly args: readonly Plan[]
}

export interface Negation {
  readonly kind: 'negation'
  readonly type: 'scalar' | 'vector'
  readonly of: Plan
}

export interface Literal {
  readonly kind: 'literal'
  readonly type: 'scalar'
  readonly value: number
}

export interface Text {
  readonly kind: 'text'
  readonly type: 'string'
  readonly text: string
}

/** What a selector reads when the query is evaluated at t: (t - earliest, t - latest], in milliseconds. */
export interface Reach {
  readonly selector: Selector
  readonly earliest: number
  readonly latest: number
}

/** Every selector of the plan. `lookback`: how old the sample of an instant selector may be. */
export const reachesOf = (plan: Plan, lookback: number, back = { ranges: 0, offsets: 0 }): readonly Reach[] => {
  switch (plan.kind) {
    case 'selector': {
      const latest = back.offsets + plan.offset
      return [{ selector: plan, earliest: latest + back.ranges + (plan.range ?? lookback), latest }]
    }
    case 'subquery':
      return reachesOf(plan.of, lookback, { ranges: back.ranges + plan.range, offsets: back.offsets + plan.offset })
    default:
      return operandsOf(plan).flatMap(operand => reachesOf(operand, lookback, back))
  }
}

const operandsOf = (plan: Exclude<Plan, Selector>): readonly Plan[] => {
  switch (plan.kind) {
    case 'subquery':
    case 'negation':
      return [plan.of]
    case 'binary':
      return [plan.left, plan.right]
    case 'aggregate':
      return plan.parameter === undefined ? [plan.of] : [plan.parameter, plan.of]
    case 'call':
      return plan.args
    case 'literal':
    case 'text':
      return []
  }
}

export const TYPE_NAMES: Readonly<Record<ValueType, string>> = {
  scalar: 'scalar', string: 'string', vector: 'instant vector', matrix: 'range vector',
}
