import type { ListGroupsForUserCommandInput, ListGroupsForUserResponse } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName, marker, maxItems } from './limits.ts'
import { pageOf } from './page.ts'
import type { IamParts } from './parts.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, Marker: marker, MaxItems: maxItems }, ['UserName'])

/** Terraform asks for them before it deletes a user. */
export const listGroupsForUser = ({ access }: IamParts) =>
  operation<ListGroupsForUserCommandInput, ListGroupsForUserResponse>({
    name: 'ListGroupsForUser',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    differs: [{ member: 'Groups', how: 'always empty: there are no groups' }],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      await findUser(access, account, input.UserName!)
      const { items, next } = pageOf<never>([], () => '', input)
      return { Groups: [...items], ...next }
    },
  })
