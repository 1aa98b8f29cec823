import type { DescribeFieldIndexesCommandInput, DescribeFieldIndexesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { list, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { groupOf, groupResource } from '../group-of.ts'
import { check, LOG_GROUP_IDENTIFIER, NEXT_TOKEN } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import type { LogGroupStore } from '../ports.ts'
import type { AccountPolicyStores } from './account-policies.ts'
import { checkIndexDocument } from './index-document.ts'
import { indexPolicies } from './index-policies.ts'

const PAGE = 100
const INPUT = structure({ logGroupIdentifiers: list(LOG_GROUP_IDENTIFIER, { min: 1, max: 100 }), nextToken: NEXT_TOKEN }, ['logGroupIdentifiers'])

export const describeFieldIndexes = (groups: LogGroupStore, stores: AccountPolicyStores) =>
  operation<DescribeFieldIndexesCommandInput, DescribeFieldIndexesResponse>({
    name: 'DescribeFieldIndexes',
    kind: 'read',
    access: 'signed',
    resources: ({ logGroupIdentifiers = [] }, tenant) => logGroupIdentifiers.map(logGroupIdentifier => groupResource(tenant, { logGroupIdentifier })),
    differs: [
      { member: 'fieldIndexes', how: 'fields of policies alone; every field that is found is indexed' },
      { member: 'indexCategories', how: 'there are custom indexes only: others are not shown, whether or not they are asked for' },
      { member: 'fieldIndexes.lastScanTime', how: 'never answered' },
      { member: 'fieldIndexes.firstEventTime', how: 'never answered' },
      { member: 'fieldIndexes.lastEventTime', how: 'never answered' },
    ],
    async run(input, { tenant }) {
      check(INPUT, input)
      const named = input.logGroupIdentifiers!.map(logGroupIdentifier => groupOf(groups, tenant, { logGroupIdentifier }))
      const policies = (await Promise.all(named.map(group => indexPolicies(stores, tenant, group)))).flat()
      const fields = policies.flatMap(({ logGroupIdentifier = '', policyDocument }) =>
        checkIndexDocument(policyDocument).map(({ name, type }) => ({ name: `${logGroupIdentifier} ${name}`, index: { logGroupIdentifier, fieldIndexName: name, type } })),
      )
      const unique = [...new Map(fields.map(field => [field.name, field])).values()].sort((a, b) => (a.name < b.name ? -1 : 1))
      const { items, nextToken } = pageByName(unique, input.nextToken, PAGE)
      return { fieldIndexes: items.map(({ index }) => index), nextToken }
    },
  })
