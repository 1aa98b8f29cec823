import type { DryRunResult, LogGroupImpact } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import { NEVER_EXPIRE } from '../../../engines/log-retention/retention-document.ts'
import { asInForce, isInForce, type KeptRule, lengthOf, readRetentionPolicy, retentionOf, type RetentionPolicy, rulesGroup } from '../../../engines/log-retention/retention-policies.ts'
import type { LogGroup } from '../../../model/log.ts'
import type { LogGroupFigures, LogGroupStore } from '../ports.ts'
import type { StoredAccountPolicy } from './account-policies.ts'

/** Of the groups that a change is about, how many are told one by one. */
const TOLD = 20

export interface ImpactParts {
  readonly groups: Pick<LogGroupStore, 'list'>
  readonly figures: LogGroupFigures
}

/** What stays in force for a day when a policy gets another rule; undefined: nothing is in force. */
export const ruleBefore = (policy: StoredAccountPolicy | undefined, now: EpochMillis): KeptRule | undefined => {
  if (policy === undefined) return undefined
  const { policyDocument, selectionCriteria } = policy
  return isInForce({ updatedAt: policy.lastUpdatedTime }, now) ? { policyDocument, ...(selectionCriteria === undefined ? {} : { selectionCriteria }) } : policy.before
}

/** What it would come to, were `policy` put among the account's policies or, with `gone`, taken from them. */
export const retentionImpact = async (
  { groups, figures }: ImpactParts,
  { policies, policy, gone }: { readonly policies: readonly StoredAccountPolicy[]; readonly policy: StoredAccountPolicy; readonly gone: boolean },
  tenant: Tenant,
  now: EpochMillis,
): Promise<DryRunResult> => {
  const before = policies.map(readStored)
  const changed = asInForce(readStored(policy))
  const others = before.filter(({ name }) => name !== policy.policyName)
  const after = gone ? others : [...others, changed]
  const matched = groups.list(tenant).filter(group => rulesGroup(changed.rule, changed, group))
  const bytes = await figures.storedBytes(matched)
  const changes = matched
    .map(group => ({ group, bytes: bytes.get(group.id) ?? 0, from: retentionOf(group, before, now).days, to: retentionOf(group, after, now).days }))
    .toSorted((a, b) => b.bytes - a.bytes)
  const count = (fits: (difference: number) => boolean): number =>
    changes.filter(({ from, to }) => fits(from === to ? 0 : lengthOf(to) - lengthOf(from))).length
  return {
    totalMatchedLogGroups: changes.length,
    increasedRetentionLogGroupCount: count(difference => difference > 0),
    decreasedRetentionLogGroupCount: count(difference => difference < 0),
    unchangedRetentionLogGroupCount: count(difference => difference === 0),
    failedAnalysisCount: 0,
    topLogGroupsImpacted: changes.slice(0, TOLD).map(told),
  }
}

const readStored = (policy: StoredAccountPolicy): RetentionPolicy => readRetentionPolicy(policy, { createdAt: policy.createdAt, updatedAt: policy.lastUpdatedTime })

interface Change {
  readonly group: LogGroup
  readonly bytes: number
  readonly from: number | undefined
  readonly to: number | undefined
}

const told = ({ group, bytes, from, to }: Change): LogGroupImpact => ({ logGroupName: group.name, currentRetention: daysText(from), proposedRetention: daysText(to), storedBytes: bytes })

const daysText = (days: number | undefined): string => (days === undefined ? NEVER_EXPIRE : String(days))
