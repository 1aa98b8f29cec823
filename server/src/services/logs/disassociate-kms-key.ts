import type { DisassociateKmsKeyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { groupNotFound } from './faults.ts'
import { KMS_RESOURCE, kmsResource, kmsTarget } from './kms-target.ts'
import { check, LOG_GROUP_NAME } from './limits.ts'
import type { LogGroupStore } from './ports.ts'

const INPUT = structure({ logGroupName: LOG_GROUP_NAME, resourceIdentifier: KMS_RESOURCE })

export const disassociateKmsKey = (groups: LogGroupStore) =>
  operation<DisassociateKmsKeyCommandInput, undefined>({
    name: 'DisassociateKmsKey',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [kmsResource(tenant, input)],
    differs: [{ how: 'the key is recorded and shown; what is stored is not encrypted with it' }],
    async run(input, { tenant }) {
      check(INPUT, input)
      const target = kmsTarget(groups, tenant, input)
      if (target === undefined) return undefined
      if ((await groups.update(target.id, group => ({ ...group, kmsKeyId: undefined }))) === undefined) throw groupNotFound()
      return undefined
    },
  })
