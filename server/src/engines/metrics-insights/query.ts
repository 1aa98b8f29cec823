/** `COUNT` counts samples, as SampleCount does. */
export type InsightsFunction = 'AVG' | 'COUNT' | 'MAX' | 'MIN' | 'SUM'

/** A comparison of WHERE; all of them have to hold. */
export interface InsightsCondition {
  /** A dimension's name, `tag.<key>` or `AWS.AccountId`. */
  readonly key: string
  readonly equal: boolean
  readonly value: string | typeof CURRENT_ACCOUNT
}

/** What `CURRENT_ACCOUNT_ID()` stands for: the account that asks. */
export const CURRENT_ACCOUNT = Symbol('CURRENT_ACCOUNT_ID()')

/** `AWS.AccountId` as a key: the account a metric belongs to. */
export const ACCOUNT_KEY = 'AWS.AccountId'
/** Keys with this prefix are tags of resources. */
export const TAG_PREFIX = 'tag.'

/** One Metrics Insights query, parsed. */
export interface InsightsQuery {
  readonly statistic: InsightsFunction
  readonly metricName: string
  readonly namespace: string
  /** Exactly these dimensions, in any order (none: only metrics without dimensions); undefined: whatever they have. */
  readonly schema: readonly string[] | undefined
  readonly conditions: readonly InsightsCondition[]
  /** Keys as in {@link InsightsCondition}; empty: one series of everything. */
  readonly groupBy: readonly string[]
  /** Undefined: by the groups' labels. */
  readonly orderBy: { readonly statistic: InsightsFunction; readonly descending: boolean } | undefined
  /** At most so many series. */
  readonly limit: number
}
