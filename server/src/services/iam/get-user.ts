import type { GetUserCommandInput, GetUserResponse } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { callersName, findUser, shownUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName })

/** Without a name, whoever is asking; the root is shown as a user of that name. */
export const getUser = ({ access }: IamParts) =>
  operation<GetUserCommandInput, GetUserResponse>({
    name: 'GetUser',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant, principal) => [userArn(tenant, input.UserName ?? callersName(principal))],
    differs: [
      { member: 'User.PermissionsBoundary', how: 'never there, as CreateUser refuses it' },
      { member: 'User.PasswordLastUsed', how: 'never there: users have keys, no passwords' },
    ],
    async run(input, { tenant: { account }, principal }) {
      enforce(INPUT, input)
      const name = input.UserName ?? callersName(principal)
      if (name !== undefined) return { User: shownUser(await findUser(access, account, name), await access.tags(account, name)) }
      const [key] = await access.keys(account, undefined)
      const root = { Path: '/', UserName: 'root', UserId: account, Arn: `arn:aws:iam::${account}:root` }
      return { User: { ...root, CreateDate: new Date(key?.createdAt ?? 0) } }
    },
  })
