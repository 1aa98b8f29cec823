import type { Expression, Ordering } from './expression.ts'

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
  /** Further columns, one row an element: `ARRAY JOIN of AS name`. */
  readonly unnest?: Output
  readonly columns: readonly Output[]
  readonly from?: Source
  readonly where?: Expression
  readonly groupBy?: readonly Expression[]
  readonly orderBy?: readonly Ordering[]
  /** The first so many rows of every combination. */
  readonly limitBy?: { readonly count: number; readonly by: readonly Expression[] }
  readonly limit?: number
}

export type Statement = Select | { readonly kind: 'union'; readonly all: readonly Select[] }
