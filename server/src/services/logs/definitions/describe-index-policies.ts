import type { DescribeIndexPoliciesCommandInput, DescribeIndexPoliciesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { list, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, NEXT_TOKEN } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { AccountPolicyStores } from './account-policies.ts'
import { indexPolicies } from './index-policies.ts'

const INPUT = structure({ logGroupIdentifiers: list(LOG_GROUP_IDENTIFIER, { min: 1, max: 1 }), nextToken: NEXT_TOKEN }, ['logGroupIdentifiers'])

export const describeIndexPolicies = (groups: LogGroupStore, stores: AccountPolicyStores) =>
  operation<DescribeIndexPoliciesCommandInput, DescribeIndexPoliciesResponse>({
    name: 'DescribeIndexPolicies',
    kind: 'read',
    access: 'signed',
    resources: ({ logGroupIdentifiers = [] }, tenant) => logGroupIdentifiers.map(logGroupIdentifier => groupResource(tenant, { logGroupIdentifier })),
    differs: [{ member: 'nextToken', how: 'all policies of the group are on one page' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const found = await Promise.all(
        input.logGroupIdentifiers!.map(logGroupIdentifier => indexPolicies(stores, tenant, groupOf(groups, tenant, { logGroupIdentifier }))),
      )
      return { indexPolicies: found.flat() }
    },
  })
