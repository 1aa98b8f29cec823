export type Scalar = string | number | boolean | null

export type NumericOperator = '=' | '<' | '<=' | '>' | '>='

export interface NumericBound {
  readonly operator: NumericOperator
  readonly value: number
}

export interface TextPattern {
  readonly kind: 'prefix' | 'suffix' | 'equals-ignore-case' | 'wildcard'
  readonly text: string
}

/** One entry of a key's array: any of them may match. */
export type Condition =
  | { readonly kind: 'equals'; readonly value: Scalar }
  | TextPattern
  | { readonly kind: 'numeric'; readonly bounds: readonly NumericBound[] }
  | { readonly kind: 'cidr'; readonly address: string; readonly bits: number }
  | { readonly kind: 'exists'; readonly present: boolean }
  | { readonly kind: 'anything-but'; readonly values: readonly Scalar[]; readonly patterns: readonly TextPattern[] }

/** Every field must match, and of every list of alternatives at least one. Nested keys are joined with a dot. */
export interface FilterPolicy {
  readonly fields: readonly Field[]
  readonly alternatives: readonly (readonly FilterPolicy[])[]
}

export interface Field {
  readonly path: string
  /** 1 for a key at the top. */
  readonly depth: number
  readonly conditions: readonly Condition[]
}

/** Why a policy is refused, in SNS's words, without the `Invalid parameter: ` before them. */
export class FilterPolicyError extends Error {
  override readonly name = 'FilterPolicyError'
}
