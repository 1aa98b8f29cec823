/** Every operator of two operands, from the loosest to the tightest; those of one row bind equally, from left to right. */
export const PRECEDENCE = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
] as const

export type BinarySymbol = (typeof PRECEDENCE)[number][number] | '^'

/** Where a piece of an expression stands: offsets in UTF-16 code units, `end` exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type Syntax = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'text'; readonly text: string }
    /** A name that begins with a small letter, as Ids do. */
    | { readonly kind: 'id'; readonly name: string }
    /** Any other name: LINEAR, DESC, a function's name where it is an argument. */
    | { readonly kind: 'word'; readonly word: string }
    | { readonly kind: 'call'; readonly name: string; readonly args: readonly Syntax[] }
    | { readonly kind: 'list'; readonly items: readonly Syntax[] }
    | { readonly kind: 'minus'; readonly operand: Syntax }
    | { readonly kind: 'binary'; readonly symbol: BinarySymbol; readonly left: Syntax; readonly right: Syntax }
  )
