import type { DeleteUserCommandInput } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { deleteConflict } from './faults.ts'
import { existingUserName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName }, ['UserName'])

export const deleteUser = ({ access, changed, turns }: IamParts) =>
  operation<DeleteUserCommandInput, undefined>({
    name: 'DeleteUser',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      return turns.run(account, async () => {
        const { name } = await findUser(access, account, input.UserName!)
        if ((await access.keys(account, name)).length > 0) throw deleteConflict('Cannot delete entity, must delete access keys first.')
        if (Object.keys(await access.policies(account, name)).length > 0) {
          throw deleteConflict('Cannot delete entity, must delete policies first.')
        }
        await access.deleteUser(account, name)
        changed()
        return undefined
      })
    },
  })
