import type { IndexPolicy } from '@aws-sdk/client-cloudwatch-logs'
import type { Tenant } from '../../../base/tenancy.ts'
import { readGroupCriteria, selectsGroup } from '../../../engines/patterns/group-criteria.ts'
import type { LogGroup } from '../../../model/log.ts'
import { accountPolicies, type AccountPolicyStores } from './account-policies.ts'

export const INDEX_DIFFERENCE =
  'policies are checked, kept and shown: every field that is found and worth it is a column anyway, without a policy and for older queries, too'

/** The policies that a group is under: its own, or else those of the account that select it. */
export const indexPolicies = async (stores: AccountPolicyStores, tenant: Tenant, group: LogGroup): Promise<readonly (IndexPolicy & { readonly policyDocument: string })[]> => {
  const own = await stores.documents.get(tenant, 'index-policy', String(group.id))
  if (own !== undefined) return [{ logGroupIdentifier: group.arn, lastUpdateTime: own.updatedAt, policyDocument: own.document, source: 'LOG_GROUP' }]
  const policies = await accountPolicies(stores, tenant, 'FIELD_INDEX_POLICY')
  return policies
    .filter(({ selectionCriteria }) => {
      const criteria = selectionCriteria === undefined ? undefined : readGroupCriteria(selectionCriteria)
      return criteria === undefined || selectsGroup(criteria, group.name)
    })
    .map(({ policyName, policyDocument, lastUpdatedTime }) => ({ logGroupIdentifier: group.arn, lastUpdateTime: lastUpdatedTime, policyDocument, policyName, source: 'ACCOUNT' }))
}
