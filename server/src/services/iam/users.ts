import type { User as Shown } from '@aws-sdk/client-iam'
import { userArn as arnOfUser } from '../../base/arn.ts'
import type { AccountId, Tenant } from '../../base/tenancy.ts'
import type { User } from '../../model/access.ts'
import type { Principal } from '../../model/principal.ts'
import { noSuchUser } from './faults.ts'
import type { AccessStore } from './ports.ts'
import { tagList } from './tags.ts'

/** Paths are not known before the user is read, so they take no part in permissions. */
export const userArn = ({ account }: Tenant, name: string | undefined): string => arnOfUser(account, name ?? '*')

/** Whoever has no tags is shown without the member. */
export const shownUser = ({ account, name, id, path, createdAt }: User, tags: Readonly<Record<string, string>> = {}): Shown => ({
  Path: path,
  UserName: name,
  UserId: id,
  Arn: `arn:aws:iam::${account}:user${path}${name}`,
  CreateDate: new Date(createdAt),
  ...(Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) }),
})

export const findUser = async (access: AccessStore, account: AccountId, name: string): Promise<User> => {
  const user = await access.user(account, name)
  if (user === undefined) throw noSuchUser(name)
  return user
}

/** Whom a request means that names nobody: its caller. Undefined is the account's root. */
export const callersName = (principal: Principal): string | undefined => {
  switch (principal.kind) {
    case 'user':
      return principal.userName
    case 'session':
      return callersName(principal.issuer)
    case 'root':
    case 'anonymous':
    case 'system':
      return undefined
  }
}
