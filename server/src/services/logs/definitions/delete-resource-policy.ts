import type { DeleteResourcePolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, notFound } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogDocumentStore } from './ports.ts'
import { resourcePolicyKey, revisionConflict, revisionOf } from './resource-policies.ts'

const INPUT = structure({ policyName: text({ min: 1, max: 255 }), resourceArn: text(), expectedRevisionId: text({ min: 1 }) })

export const deleteResourcePolicy = (documents: LogDocumentStore) =>
  operation<DeleteResourcePolicyCommandInput, undefined>({
    name: 'DeleteResourcePolicy',
    kind: 'write',
    access: 'signed',
    resources: ({ resourceArn }) => [resourceArn ?? '*'],
    async run(input, { tenant }) {
      check(INPUT, input)
      const name = resourcePolicyKey(input)
      if (name === undefined) throw invalidParameter('At least one of policyName or resourceArn must be specified.')
      const policy = await documents.get(tenant, 'resource-policy', name)
      if (policy === undefined) throw notFound(`Policy with name [${input.policyName ?? input.resourceArn}] does not exist.`)
      if (input.resourceArn !== undefined && input.expectedRevisionId !== revisionOf(policy)) throw revisionConflict()
      await documents.delete(tenant, 'resource-policy', name)
      return undefined
    },
  })
