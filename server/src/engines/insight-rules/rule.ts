/** What a Contributor Insights rule counts, and of which log events. */
export interface InsightRuleBody {
  readonly schema: { readonly name: 'CloudWatchLogRule'; readonly version: 1 }
  /** Names, each perhaps with `*` at its end; or ARNs. */
  readonly logGroups: { readonly kind: 'names' | 'arns'; readonly patterns: readonly string[] }
  readonly logFormat: 'JSON' | 'CLF'
  /** Names for the positions of a CLF event, by their numbers from 1. */
  readonly fields: ReadonlyMap<string, string>
  /** What makes a contributor: `$.ip`, or in CLF a field's name or number. */
  readonly keys: readonly string[]
  /** What is added up when `aggregateOn` is Sum. */
  readonly valueOf: string | undefined
  readonly filters: readonly RuleFilter[]
  readonly aggregateOn: 'Count' | 'Sum'
}

export interface RuleFilter {
  readonly match: string
  readonly test:
    | { readonly kind: 'In' | 'NotIn' | 'StartsWith'; readonly values: readonly string[] }
    | { readonly kind: 'GreaterThan' | 'LessThan' | 'EqualTo' | 'NotEqualTo'; readonly value: number }
    | { readonly kind: 'IsPresent'; readonly present: boolean }
}
