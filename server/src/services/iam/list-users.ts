import type { ListUsersCommandInput, ListUsersResponse } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { marker, maxItems, pathPrefix } from './limits.ts'
import { pageOf } from './page.ts'
import type { IamParts } from './parts.ts'
import { shownUser, userArn } from './users.ts'

const INPUT = structure({ PathPrefix: pathPrefix, Marker: marker, MaxItems: maxItems })

export const listUsers = ({ access }: IamParts) =>
  operation<ListUsersCommandInput, ListUsersResponse>({
    name: 'ListUsers',
    kind: 'read',
    access: 'signed',
    resources: (_input, tenant) => [userArn(tenant, undefined)],
    differs: [
      { member: 'Users.Tags', how: 'never there, as on AWS; `GetUser` shows them' },
      { member: 'Users.PermissionsBoundary', how: 'never there, as CreateUser refuses it' },
      { member: 'Users.PasswordLastUsed', how: 'never there: users have keys, no passwords' },
    ],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const users = await access.users(tenant.account)
      const { items, next } = pageOf(users.filter(({ path }) => path.startsWith(input.PathPrefix ?? '/')), ({ name }) => name, input)
      return { Users: items.map(user => shownUser(user)), ...next }
    },
  })
