import type { AccountPolicy, PolicyType } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../../base/tenancy.ts'
import type { EpochMillis } from '../../../base/time.ts'
import type { KeptRule } from '../../../engines/log-retention/retention-policies.ts'
import type { LogDocumentStore, LogProtectionStore } from './ports.ts'

/** How many policies of each type an account may have, and the right that each needs besides. */
export const ACCOUNT_POLICY_TYPES: Readonly<Record<PolicyType, { readonly most: number; readonly permission: string }>> = {
  DATA_PROTECTION_POLICY: { most: 1, permission: 'PutDataProtectionPolicy' },
  FIELD_INDEX_POLICY: { most: 20, permission: 'PutIndexPolicy' },
  SUBSCRIPTION_FILTER_POLICY: { most: 1, permission: 'PutSubscriptionFilter' },
  TRANSFORMER_POLICY: { most: 20, permission: 'PutTransformer' },
  METRIC_EXTRACTION_POLICY: { most: 5, permission: 'PutMetricExtractionPolicy' },
  RETENTION_POLICY: { most: 20, permission: 'PutRetentionPolicy' },
}

export interface StoredAccountPolicy {
  readonly policyName: string
  readonly policyType: PolicyType
  readonly policyDocument: string
  readonly selectionCriteria?: string | undefined
  readonly createdAt: EpochMillis
  readonly lastUpdatedTime: EpochMillis
  /** Of retention: the rule that was in force when this one was put. */
  readonly before?: KeptRule | undefined
}

/** Account policies as they are kept: those of data protection are in force elsewhere. */
export interface AccountPolicyStores {
  readonly protections: LogProtectionStore
  readonly documents: LogDocumentStore
}

/** By name. */
export const accountPolicies = async ({ protections, documents }: AccountPolicyStores, tenant: Tenant, type: PolicyType): Promise<readonly StoredAccountPolicy[]> => {
  if (type === 'DATA_PROTECTION_POLICY') {
    const policy = protections.find(tenant)
    return policy === undefined ? [] : [{ policyName: policy.name, policyType: type, policyDocument: policy.document, createdAt: policy.since, lastUpdatedTime: policy.since }]
  }
  const found = await documents.list(tenant, 'account-policy')
  return found.flatMap(({ document, createdAt, updatedAt }) => {
    const policy = JSON.parse(document) as Omit<StoredAccountPolicy, 'createdAt' | 'lastUpdatedTime'>
    return policy.policyType === type ? [{ ...policy, createdAt, lastUpdatedTime: updatedAt }] : []
  })
}

/** The key of the document: names are unique within a type. */
export const accountPolicyKey = (type: PolicyType, name: string): string => `${type}/${name}`

export const describedPolicy = (tenant: Tenant, { createdAt: _createdAt, before: _before, ...policy }: StoredAccountPolicy): AccountPolicy => ({ ...policy, scope: 'ALL', accountId: tenant.account })
