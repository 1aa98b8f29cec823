import type { CreateUserCommandInput, CreateUserResponse } from '@aws-sdk/client-iam'
import type { User } from '../../model/access.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { newUserId } from './credentials.ts'
import { entityAlreadyExists, invalidInput, limitExceeded } from './faults.ts'
import { path, userName, USERS_PER_ACCOUNT } from './limits.ts'
import type { IamParts } from './parts.ts'
import { tagListLimits, tagRecord } from './tags.ts'
import { shownUser, userArn } from './users.ts'

const INPUT = structure({ UserName: userName, Path: path, Tags: tagListLimits }, ['UserName'])

export const createUser = ({ access, entropy, changed, turns }: IamParts) =>
  operation<CreateUserCommandInput, CreateUserResponse>({
    name: 'CreateUser',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    also: ({ UserName, Tags = [] }, tenant) => (Tags.length === 0 ? [] : [{ permission: 'TagUser', resource: userArn(tenant, UserName) }]),
    differs: [
      { member: 'PermissionsBoundary', how: 'refused with `InvalidInput`: a boundary that would not bind must not be taken' },
      { member: 'User.PermissionsBoundary', how: 'never there' },
      { member: 'User.PasswordLastUsed', how: 'never there: users have keys, no passwords' },
    ],
    async run(input, { tenant: { account }, now }) {
      enforce(INPUT, input)
      if (input.Path?.startsWith('/aws-service-role') === true) throw invalidInput("Paths beginning with '/aws-service-role' are reserved for AWS Service Linked Roles")
      // A boundary that would not bound must not be accepted.
      if (input.PermissionsBoundary !== undefined) {
        throw invalidInput('Tocsin has no permissions boundaries; give the user a policy that says what is needed.')
      }
      const tags = tagRecord(input.Tags ?? [])
      const name = input.UserName!
      return turns.run(account, async () => {
        const users = await access.users(account)
        // Names are told apart by their letters, not by their case.
        const taken = users.some(user => user.name.toLowerCase() === name.toLowerCase())
        if (taken) throw entityAlreadyExists(`User with name ${name} already exists.`)
        if (users.length >= USERS_PER_ACCOUNT) throw limitExceeded(`Cannot exceed quota for UsersPerAccount: ${USERS_PER_ACCOUNT}`)
        const user: User = { account, name, id: newUserId(entropy), path: input.Path ?? '/', createdAt: now }
        await access.putUser(user, tags)
        changed()
        return { User: shownUser(user, tags) }
      })
    },
  })
