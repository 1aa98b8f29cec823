import type { AccountId } from '../../base/tenancy.ts'
import type { AccessKey, User } from '../../model/access.ts'

export interface AccessStore {
  user(account: AccountId, name: string): Promise<User | undefined>
  users(account: AccountId): Promise<readonly User[]>
  /** Creates with the tags, or overwrites. */
  putUser(user: User, tags?: Readonly<Record<string, string>>): Promise<void>
  /** With its keys, policies and tags. */
  deleteUser(account: AccountId, name: string): Promise<void>
  tags(account: AccountId, userName: string): Promise<Readonly<Record<string, string>>>
  /** Instead of those that there are. */
  putTags(account: AccountId, userName: string, tags: Readonly<Record<string, string>>): Promise<void>
  /** Inline policies of a user: name → JSON text as given. */
  policies(account: AccountId, userName: string): Promise<Readonly<Record<string, string>>>
  putPolicy(account: AccountId, userName: string, policyName: string, document: string): Promise<void>
  deletePolicy(account: AccountId, userName: string, policyName: string): Promise<void>
  key(id: string): Promise<AccessKey | undefined>
  /** Long-term keys only. */
  keys(account: AccountId, userName: string | undefined): Promise<readonly AccessKey[]>
  putKey(key: AccessKey): Promise<void>
  deleteKey(id: string): Promise<void>
}
