import type { EpochMillis } from '../../base/time.ts'
import type { LogGroup, LogRetention } from '../../model/log.ts'
import { type GroupCriteria, readGroupCriteria, selectsGroup } from '../patterns/group-criteria.ts'
import { readRetentionDocument, type RetentionDocument } from './retention-document.ts'

/** A rule as it was put and is kept. */
export interface KeptRule {
  readonly policyDocument: string
  readonly selectionCriteria?: string | undefined
}

/** What a policy says: for how long, and for which log groups. */
export interface RetentionRule extends RetentionDocument {
  /** Undefined: all of the account's. */
  readonly criteria: GroupCriteria | undefined
}

/** A retention policy of an account. */
export interface RetentionPolicy {
  readonly name: string
  readonly createdAt: EpochMillis
  readonly updatedAt: EpochMillis
  readonly rule: RetentionRule
  /** What was in force when the policy got its rule; undefined: nothing was. */
  readonly before: RetentionRule | undefined
}

/** What was checked when it was put is read. */
export const readRetentionPolicy = (
  { policyName: name, before, ...rule }: KeptRule & { readonly policyName: string; readonly before?: KeptRule | undefined },
  { createdAt, updatedAt }: Pick<RetentionPolicy, 'createdAt' | 'updatedAt'>,
): RetentionPolicy => ({ name, createdAt, updatedAt, rule: readRule(rule), before: before && readRule(before) })

const readRule = ({ policyDocument, selectionCriteria }: KeptRule): RetentionRule => ({
  ...readRetentionDocument(policyDocument),
  criteria: selectionCriteria === undefined ? undefined : readGroupCriteria(selectionCriteria),
})

/** Documented: what is put holds a day later, and until then what held before. */
const DELAY_MILLIS = 86_400_000

export const isInForce = ({ updatedAt }: Pick<RetentionPolicy, 'updatedAt'>, now: EpochMillis): boolean => now >= updatedAt + DELAY_MILLIS

/** The policy as it would be, had its rule been in force for long. */
export const asInForce = (policy: RetentionPolicy): RetentionPolicy => ({ ...policy, before: policy.rule })

/** Groups of the delivery class have a retention of their own, whatever policies say. */
export const rulesGroup = (rule: RetentionRule, { createdAt }: RetentionPolicy, group: LogGroup): boolean =>
  group.class !== 'DELIVERY' && (!rule.newOnly || group.createdAt > createdAt) && (rule.criteria === undefined || selectsGroup(rule.criteria, group.name))

/** The account's policies go before what the group itself says; of several the longest holds and, of equal ones, the oldest. */
export const retentionOf = (group: LogGroup, policies: Iterable<RetentionPolicy>, now: EpochMillis): LogRetention => {
  let longest: { readonly policy: RetentionPolicy; readonly days: number | undefined } | undefined
  for (const policy of policies) {
    const rule = isInForce(policy, now) ? policy.rule : policy.before
    if (rule === undefined || !rulesGroup(rule, policy, group)) continue
    const { days } = rule
    const difference = longest === undefined ? 1 : lengthOf(days) - lengthOf(longest.days)
    // Infinity less Infinity is no number: two that never expire are equal.
    if (difference > 0 || (!(difference < 0) && policy.createdAt < longest!.policy.createdAt)) longest = { policy, days }
  }
  return longest === undefined ? { days: group.retentionDays, policyName: undefined } : { days: longest.days, policyName: longest.policy.name }
}

/** Days, to be compared. */
export const lengthOf = (days: number | undefined): number => days ?? Infinity
