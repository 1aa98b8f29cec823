import type { TagUserCommandInput } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { tagListLimits, tagRecord, withTags } from './tags.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, Tags: tagListLimits }, ['UserName', 'Tags'])

export const tagUser = ({ access, turns }: IamParts) =>
  operation<TagUserCommandInput, undefined>({
    name: 'TagUser',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      const added = tagRecord(input.Tags!)
      return turns.run(account, async () => {
        const { name } = await findUser(access, account, input.UserName!)
        await access.putTags(account, name, withTags(await access.tags(account, name), added))
        return undefined
      })
    },
  })
