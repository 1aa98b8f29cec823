import type { ListUserTagsCommandInput, ListUserTagsResponse } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName, marker, maxItems } from './limits.ts'
import { pageOf } from './page.ts'
import type { IamParts } from './parts.ts'
import { tagList } from './tags.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, Marker: marker, MaxItems: maxItems }, ['UserName'])

export const listUserTags = ({ access }: IamParts) =>
  operation<ListUserTagsCommandInput, ListUserTagsResponse>({
    name: 'ListUserTags',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      const { name } = await findUser(access, account, input.UserName!)
      const { items, next } = pageOf(tagList(await access.tags(account, name)), ({ Key = '' }) => Key, input)
      return { Tags: [...items], ...next }
    },
  })
