import type { ListUserPoliciesCommandInput, ListUserPoliciesResponse } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName, marker, maxItems } from './limits.ts'
import { pageOf } from './page.ts'
import type { IamParts } from './parts.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, Marker: marker, MaxItems: maxItems }, ['UserName'])

export const listUserPolicies = ({ access }: IamParts) =>
  operation<ListUserPoliciesCommandInput, ListUserPoliciesResponse>({
    name: 'ListUserPolicies',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      const { name } = await findUser(access, account, input.UserName!)
      const names = Object.keys(await access.policies(account, name)).sort()
      const { items, next } = pageOf(names, policy => policy, input)
      return { PolicyNames: [...items], ...next }
    },
  })
