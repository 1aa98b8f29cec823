/** What a search asks of a metric. */
export type SearchTerm =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly SearchTerm[] }
  | { readonly kind: 'not'; readonly term: SearchTerm }
  | {
      readonly kind: 'text'
      /** `MetricName`, `Namespace`, `:aws.AccountId` or a dimension's name; undefined: any name or value of the metric. */
      readonly property: string | undefined
      readonly value: string
      /** The whole text, case and all; otherwise a part of it by SEARCH's rules. */
      readonly exact: boolean
    }
