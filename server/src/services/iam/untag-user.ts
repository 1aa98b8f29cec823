import type { UntagUserCommandInput } from '@aws-sdk/client-iam'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { existingUserName } from './limits.ts'
import type { IamParts } from './parts.ts'
import { tagKeyListLimits, withoutTags } from './tags.ts'
import { findUser, userArn } from './users.ts'

const INPUT = structure({ UserName: existingUserName, TagKeys: tagKeyListLimits }, ['UserName', 'TagKeys'])

/** Keys that the user does not have are no mistake. */
export const untagUser = ({ access, turns }: IamParts) =>
  operation<UntagUserCommandInput, undefined>({
    name: 'UntagUser',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => [userArn(tenant, input.UserName)],
    async run(input, { tenant: { account } }) {
      enforce(INPUT, input)
      return turns.run(account, async () => {
        const { name } = await findUser(access, account, input.UserName!)
        await access.putTags(account, name, withoutTags(await access.tags(account, name), input.TagKeys!))
        return undefined
      })
    },
  })
