import type { DeleteAccessKeyCommandInput } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { findKey } from './find-key.ts'
import { accessKeyId, existingUserName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { callersName, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, AccessKeyId: accessKeyId }, ['AccessKeyId'])

export const deleteAccessKey = ({ access, changed, turns }: IamParts) =>
  operation<DeleteAccessKeyCommandInput, undefined>({
    name: 'DeleteAccessKey',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant, principal) => [userArn(tenant, input.UserName ?? callersName(principal))],
    async run(input, call) {
      enforce(INPUT, input)
      return turns.run(call.tenant.account, async () => {
        const { id } = await findKey(access, call, input.UserName, input.AccessKeyId!)
        await access.deleteKey(id)
        changed()
        return undefined
      })
    },
  })
