import type { UpdateAccessKeyCommandInput } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidInput } from './faults.ts'
import { findKey } from './find-key.ts'
import { accessKeyId, existingUserName, keyStatus } from './limits.ts'
import type { IamParts } from './parts.ts'
import { callersName, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, AccessKeyId: accessKeyId, Status: keyStatus }, ['AccessKeyId', 'Status'])

export const updateAccessKey = ({ access, changed, turns }: IamParts) =>
  operation<UpdateAccessKeyCommandInput, undefined>({
    name: 'UpdateAccessKey',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant, principal) => [userArn(tenant, input.UserName ?? callersName(principal))],
    async run(input, call) {
      enforce(INPUT, input)
      const status = input.Status!
      if (status === 'Expired') throw invalidInput('The status of an access key can only be set to Active or Inactive.')
      return turns.run(call.tenant.account, async () => {
        const key = await findKey(access, call, input.UserName, input.AccessKeyId!)
        await access.putKey({ ...key, status })
        changed()
        return undefined
      })
    },
  })
