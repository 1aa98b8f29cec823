import type { AccessKeyMetadata, ListAccessKeysCommandInput, ListAccessKeysResponse } from '@aws-sdk/client-iam'
import type { AccessKey } from '../../model/access.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName, marker, maxItems } from './limits.ts'
import { pageOf } from './page.ts'
import type { IamParts } from './parts.ts'
import { callersName, findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, Marker: marker, MaxItems: maxItems })

export const listAccessKeys = ({ access }: IamParts) =>
  operation<ListAccessKeysCommandInput, ListAccessKeysResponse>({
    name: 'ListAccessKeys',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant, principal) => [userArn(tenant, input.UserName ?? callersName(principal))],
    async run(input, { tenant: { account }, principal }) {
      enforce(INPUT, input)
      const userName = input.UserName ?? callersName(principal)
      if (userName !== undefined) await findUser(access, account, userName)
      const keys = [...(await access.keys(account, userName))].sort((a, b) => (a.id < b.id ? -1 : 1))
      const { items, next } = pageOf(keys, ({ id }) => id, input)
      return { AccessKeyMetadata: items.map(shown), ...next }
    },
  })

const shown = ({ userName = 'root', id, status, createdAt }: AccessKey): AccessKeyMetadata => ({
  UserName: userName,
  AccessKeyId: id,
  Status: status,
  CreateDate: new Date(createdAt),
})
