import type { DeleteUserPolicyCommandInput } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { noSuchPolicy } from './faults.ts'
import { existingUserName, policyName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, PolicyName: policyName }, ['UserName', 'PolicyName'])

export const deleteUserPolicy = ({ access, changed, turns }: IamParts) =>
  operation<DeleteUserPolicyCommandInput, undefined>({
    name: 'DeleteUserPolicy',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      const { UserName: user = '', PolicyName: name = '' } = input
      return turns.run(account, async () => {
        await findUser(access, account, user)
        if (!Object.hasOwn(await access.policies(account, user), name)) throw noSuchPolicy(name)
        await access.deletePolicy(account, user, name)
        changed()
        return undefined
      })
    },
  })
