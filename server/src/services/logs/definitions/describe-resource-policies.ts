import type { DescribeResourcePoliciesCommandInput, DescribeResourcePoliciesResponse } from '@aws-sdk/client-cloudwatch-logs'
import { integer, oneOf, structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { check, NEXT_TOKEN } from '../limits.ts'
import { pageByName } from '../name-page.ts'
import type { LogDocumentStore } from './ports.ts'
import { canonicalPolicy } from './canonical-policy.ts'
import { describedResourcePolicy, readResourcePolicy, RESOURCE_POLICY_DIFFERENCE } from './resource-policies.ts'

const MAX_POLICIES = 50
const INPUT = structure({ nextToken: NEXT_TOKEN, limit: integer({ min: 1, max: MAX_POLICIES }), resourceArn: text(), policyScope: oneOf(['ACCOUNT', 'RESOURCE']) })

export const describeResourcePolicies = (documents: LogDocumentStore) =>
  operation<DescribeResourcePoliciesCommandInput, DescribeResourcePoliciesResponse>({
    name: 'DescribeResourcePolicies',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ how: RESOURCE_POLICY_DIFFERENCE }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const arn = input.resourceArn?.replace(/:\*$/, '')
      // Those of the account, unless the caller asks for those of resources.
      const ofResources = input.policyScope === 'RESOURCE' || (input.policyScope === undefined && arn !== undefined)
      const found = (await documents.list(tenant, 'resource-policy')).filter(kept => {
        const { resourceArn } = readResourcePolicy(kept)
        return (resourceArn !== undefined) === ofResources && (arn === undefined || resourceArn?.replace(/:\*$/, '') === arn)
      })
      const { items, nextToken } = pageByName(found, input.nextToken, input.limit ?? MAX_POLICIES)
      return { resourcePolicies: items.map(kept => {
        const described = describedResourcePolicy(kept)
        return { ...described, policyDocument: canonicalPolicy(described.policyDocument!) }
      }), nextToken }
    },
  })
