import type { DescribeAccountPoliciesCommandInput, DescribeAccountPoliciesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { list, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { notFound } from '../faults.ts'
import { ACCOUNT_ID, check, NEXT_TOKEN } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import { accountPolicies, type AccountPolicyStores, describedPolicy } from './account-policies.ts'
import { POLICY_TYPE } from './policy-type.ts'

const PAGE = 50
const INPUT = structure(
  { policyType: POLICY_TYPE, policyName: text(), accountIdentifiers: list(ACCOUNT_ID, { max: 20 }), nextToken: NEXT_TOKEN },
  ['policyType'],
)

export const describeAccountPolicies = (stores: AccountPolicyStores) =>
  operation<DescribeAccountPoliciesCommandInput, DescribeAccountPoliciesResponse>({
    name: 'DescribeAccountPolicies',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ member: 'accountIdentifiers', how: 'there are no linked accounts: only the caller\'s own account has policies to show' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const foreign = (input.accountIdentifiers?.length ?? 0) > 0 && !input.accountIdentifiers!.includes(tenant.account)
      const all = foreign ? [] : await accountPolicies(stores, tenant, input.policyType!)
      const found = all.filter(({ policyName }) => input.policyName === undefined || policyName === input.policyName)
      if (input.policyName !== undefined && found.length === 0) throw notFound('The specified account policy does not exist.')
      const { items, nextToken } = pageByName(found.map(policy => ({ name: policy.policyName, policy })), input.nextToken, PAGE)
      return { accountPolicies: items.map(({ policy }) => describedPolicy(tenant, policy)), nextToken }
    },
  })
