import type { Value, ValueType } from '../values.ts'

export interface Parameter {
  readonly name: string
  /**
   * What the function makes of the argument, for its page; `bind` coerces. `regex` is a `/…/` or a text; `period` a literal
   * such as `5m`. These two and `constant` are checked before `bind`: the value then has `constant` or `period`.
   */
  readonly takes: ValueType | 'regex' | 'period'
  /** Must be a literal. */
  readonly constant?: true
  readonly optional?: true
  /** The last parameter, any number of times (at least once unless `optional`). */
  readonly repeated?: true
}

export interface BindContext {
  /** The query's range, epoch milliseconds, the end inclusive. */
  readonly start: number
  readonly end: number
  /** When the query began, epoch milliseconds. */
  readonly now: number
  /** `@timestamp` of the row; a problem where rows have none (after stats). */
  timestamp(): Value
  /** `@message` of the row, likewise. */
  message(): Value
  /** Ends with a problem at the call: what is wrong with its arguments. */
  refuse(message: string): never
}

/** An example for the function's page, run on the real engine by the tests. */
export interface Example {
  /** A whole expression: `strlen("abc")`. */
  readonly expression: string
  /** Messages of the events it sees, a second apart from 2026-01-01T10:00:00Z on; one empty event if left out. Of a function: one. */
  readonly events?: readonly string[]
  /** As results show it; null when there is no value. */
  readonly result: string | null
}

/** A function of single rows. */
export interface InsightsFunction {
  /** As AWS's guide writes it; calls may use any case. */
  readonly name: string
  readonly aliases?: readonly string[]
  readonly parameters: readonly Parameter[]
  /** What it answers, in a sentence or two. */
  readonly text: string
  readonly examples: readonly Example[]
  /** As many arguments as `parameters` allow. A value that is missing (NULL) must give a missing value, not an error of the engine. */
  bind(args: readonly Value[], context: BindContext): Value
}

/** A function over the rows of a group: arguments are of the rows, the answer is of the group. */
export interface InsightsAggregate extends InsightsFunction {
  readonly aggregate: true
}
