/**
 * An expression of ClickHouse's SQL as a tree. Whatever a user wrote stands in it as a {@link Parameter}; names and constants
 * are the compiler's own, and anything else as a name or constant is refused when the node is made.
 */
export type Expression = Column | Parameter | Constant | Call | Lambda | List | Window | Subquery

/** A statement as a value: the right side of IN. */
export interface Subquery {
  readonly kind: 'subquery'
  readonly statement: Statement
}

export interface Output {
  readonly name: string
  readonly of: Expression
}

/** A table by name, or a statement in brackets; `name` is what columns call it by. */
export type Source =
  | { readonly kind: 'table'; readonly table: string; readonly name?: string }
  | { readonly kind: 'select'; readonly select: Statement; readonly name?: string }
  | { readonly kind: 'join'; readonly how: 'inner' | 'left'; readonly left: Source; readonly right: Source; readonly on: Expression }

export interface Select {
  readonly kind: 'select'
  /** Expressions that the statement calls by name. */
  readonly definitions?: readonly Output[]
  /** Further columns, one row an element, of several arrays side by side: `ARRAY JOIN of AS name, …`. */
  readonly unnest?: readonly Output[]
  readonly columns: readonly Output[]
  readonly from?: Source
  readonly where?: Expression
  readonly groupBy?: readonly Expression[]
  readonly having?: Expression
  readonly orderBy?: readonly Ordering[]
  /** The first so many rows of every combination. */
  readonly limitBy?: { readonly count: number; readonly by: readonly Expression[] }
  readonly limit?: number
}

export type Statement = Select | { readonly kind: 'union'; readonly all: readonly Select[] }

export interface Column {
  readonly kind: 'column'
  readonly name: string
  /** The table's or subquery's name in this statement. */
  readonly of?: string
}

export type ParameterType = 'String' | 'Float64' | 'Int64' | 'UInt64' | 'UInt32' | 'Array(String)' | 'Array(Float64)' | 'Array(UInt32)'
export type ParameterValue = string | number | bigint | readonly (string | number | bigint)[]

/** A bound value. */
export interface Parameter {
  readonly kind: 'parameter'
  readonly type: ParameterType
  readonly value: ParameterValue
}

/** Written into the statement as it is: a number, a plain text (`'UTC'`) or NULL, never a user's. */
export interface Constant {
  readonly kind: 'constant'
  readonly value: number | string | null
}

export interface Call {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly Expression[]
  /** Of parametric aggregates: `quantile(0.5)(x)`. */
  readonly settings: readonly Expression[]
}

/** `(x, y) -> body`; within the body its names are columns. */
export interface Lambda {
  readonly kind: 'lambda'
  readonly names: readonly string[]
  readonly body: Expression
}

export interface List {
  readonly kind: 'list'
  readonly items: readonly Expression[]
}

export interface Ordering {
  readonly by: Expression
  readonly descending?: boolean
  readonly nulls?: 'first' | 'last'
}

/** `of OVER (PARTITION BY … ORDER BY … ROWS …)`. */
export interface Window {
  readonly kind: 'window'
  readonly of: Call
  readonly partition: readonly Expression[]
  readonly order: readonly Ordering[]
  /** Rows from the first one up to this one, or all rows of the partition. */
  readonly rows: 'until here' | 'all'
}

export const column = (name: string, of?: string): Column =>
  of === undefined ? { kind: 'column', name: plainName(name) } : { kind: 'column', name: plainName(name), of: plainName(of) }

export const parameter = (type: ParameterType, value: ParameterValue): Parameter => ({ kind: 'parameter', type, value })
export const boundText = (value: string): Parameter => parameter('String', value)
export const boundNumber = (value: number): Parameter => parameter('Float64', value)
export const boundTexts = (values: readonly string[]): Parameter => parameter('Array(String)', values)

export const constant = (value: number | string | null): Constant => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`not a constant of SQL: ${value}`)
  if (typeof value === 'string' && !PLAIN_TEXT.test(value)) throw new Error(`a text like ${JSON.stringify(value)} must be a parameter`)
  return { kind: 'constant', value }
}
export const NULL = constant(null)

export const call = (name: string, ...args: readonly Expression[]): Call => ({ kind: 'call', name: plainName(name), arguments: args, settings: [] })

/** A parametric aggregate: `callWith('quantile', [constant(0.5)], x)`. */
export const callWith = (name: string, settings: readonly Expression[], ...args: readonly Expression[]): Call =>
  ({ kind: 'call', name: plainName(name), arguments: args, settings })

export const lambda = (names: readonly string[], body: Expression): Lambda => ({ kind: 'lambda', names: names.map(plainName), body })
export const list = (items: readonly Expression[]): List => ({ kind: 'list', items })
export const window = (of: Call, order: readonly Ordering[], rows: Window['rows'] = 'until here', partition: readonly Expression[] = []): Window =>
  ({ kind: 'window', of, partition, order, rows })

/** The first branch whose condition holds, else `otherwise`. */
export const choose = (branches: readonly (readonly [condition: Expression, value: Expression])[], otherwise: Expression): Expression =>
  branches.length === 0 ? otherwise : call(branches.length === 1 ? 'if' : 'multiIf', ...branches.flat(), otherwise)

export const cast = (of: Expression, type: string): Expression => call('CAST', of, constant(type))

/** Conditions that all have to hold; none: true. */
export const and = (...conditions: readonly Expression[]): Expression =>
  conditions.length === 0 ? constant(1) : conditions.length === 1 ? conditions[0]! : call('and', ...conditions)
export const or = (...conditions: readonly Expression[]): Expression =>
  conditions.length === 0 ? constant(0) : conditions.length === 1 ? conditions[0]! : call('or', ...conditions)
export const not = (condition: Expression): Expression => call('not', condition)

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/
/** No quote, no backslash, nothing that could end a text or begin a comment in it. */
const PLAIN_TEXT = /^[A-Za-z0-9 _.,:;%()[\]{}<>@$"#+*/?!=^|~-]*$/

const plainName = (name: string): string => {
  if (!PLAIN_NAME.test(name)) throw new Error(`not a plain name of SQL: ${JSON.stringify(name)}`)
  return name
}
