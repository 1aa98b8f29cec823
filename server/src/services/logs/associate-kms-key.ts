import type { AssociateKmsKeyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { KMS_RESOURCE, kmsResource, kmsTarget } from './kms-target.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, kmsKeyId: text({ max: 256 }), resourceIdentifier: KMS_RESOURCE }, ['kmsKeyId'])

export const associateKmsKey = (groups: LogGroupStore) =>
  operation<AssociateKmsKeyCommandInput, undefined>({
    name: 'AssociateKmsKey',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [kmsResource(tenant, input)],
    differs: [{ how: 'the key is recorded and shown; what is stored is not encrypted with it, nor are results of queries' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const target = kmsTarget(groups, tenant, input)
      if (target === undefined) return undefined
      if ((await groups.update(target.id, group => ({ ...group, kmsKeyId: input.kmsKeyId }))) === undefined) throw groupNotFound()
      return undefined
    },
  })
