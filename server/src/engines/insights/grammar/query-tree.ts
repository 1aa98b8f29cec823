/** Where in the query it stands; offsets in UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export type BinaryOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | '/' | '%' | '^'

export interface FieldNode extends Span {
  readonly kind: 'field'
  /** Without backticks: what the field is called. */
  readonly name: string
  /** Its parts: of `` a.`b.c`.0 `` the texts a, b.c and 0. */
  readonly path: readonly string[]
}

export interface CallNode extends Span {
  readonly kind: 'call'
  readonly name: string
  readonly arguments: readonly ExpressionNode[]
  /** `count(*)`. */
  readonly star: boolean
}

export type ExpressionNode =
  | (Span & { readonly kind: 'literal'; readonly value: string | number | boolean })
  | (Span & { readonly kind: 'period'; readonly count: number; readonly unit: string })
  | (Span & { readonly kind: 'regex'; readonly pattern: string })
  | FieldNode
  | CallNode
  | (Span & { readonly kind: 'member'; readonly of: ExpressionNode; readonly key: string | number })
  | (Span & { readonly kind: 'not' | 'negative'; readonly of: ExpressionNode })
  | (Span & { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: ExpressionNode; readonly right: ExpressionNode })
  | (Span & { readonly kind: 'like'; readonly of: ExpressionNode; readonly pattern: ExpressionNode; readonly negated: boolean })
  | (Span & { readonly kind: 'in'; readonly of: ExpressionNode; readonly items: readonly ExpressionNode[]; readonly negated: boolean })
  | (Span & { readonly kind: 'in query'; readonly of: ExpressionNode; readonly query: QueryNode; readonly negated: boolean })

/** `expression as name`; unnamed ones are called as they are written. */
export interface NamedNode {
  readonly of: ExpressionNode
  readonly name: string
  /** Whether `as` gave the name. */
  readonly named: boolean
  /** Where it ends, the name with it. */
  readonly end: number
}

/** `SOURCE …`: whose events a query reads. */
export interface SourceNode extends Span {
  /** Groups by name or ARN. */
  readonly groups: readonly string[]
  /** `logGroups(…)`; all of them have to hold. */
  readonly search: SourceSearch | undefined
}

export interface SourceSearch {
  readonly namePrefixes: readonly string[]
  readonly accounts: readonly string[]
  readonly classes: readonly string[]
}

/** A command with what its own grammar made of the rest; the registry knows what to do with it. */
export interface CommandNode extends Span {
  readonly command: string
  readonly tree: unknown
}

export interface QueryNode extends Span {
  readonly source: SourceNode | undefined
  readonly commands: readonly CommandNode[]
}
