import type { EpochMillis } from '../../base/time.ts'
import type { AccountId } from '../../base/tenancy.ts'

export interface User {
  readonly account: AccountId
  readonly name: string
  /** `AIDA…` */
  readonly id: string
  readonly path: string
  readonly createdAt: EpochMillis
}

/** A long-term key (`AKIA…`) or a temporary one (`ASIA…`). The secret has to be kept readable: SigV4 is an HMAC of it. */
export interface AccessKey {
  readonly account: AccountId
  readonly id: string
  readonly secret: string
  readonly status: 'Active' | 'Inactive'
  /** Undefined: the account's root. */
  readonly userName: string | undefined
  readonly createdAt: EpochMillis
  readonly temporary:
    | {
        readonly sessionToken: string
        readonly expiresAt: EpochMillis
        readonly name: string
        /** The long-term key that issued it. */
        readonly issuerKeyId: string
        /** JSON text of the session policy, or undefined. */
        readonly policy: string | undefined
      }
    | undefined
}

export interface AccessStore {
  user(account: AccountId, name: string): Promise<User | undefined>
  users(account: AccountId): Promise<readonly User[]>
  putUser(user: User): Promise<void>
  deleteUser(account: AccountId, name: string): Promise<void>
  /** Inline policies of a user: name → JSON text as given. */
  policies(account: AccountId, userName: string): Promise<Readonly<Record<string, string>>>
  putPolicy(account: AccountId, userName: string, policyName: string, document: string): Promise<void>
  deletePolicy(account: AccountId, userName: string, policyName: string): Promise<void>
  key(id: string): Promise<AccessKey | undefined>
  keys(account: AccountId, userName: string | undefined): Promise<readonly AccessKey[]>
  putKey(key: AccessKey): Promise<void>
  deleteKey(id: string): Promise<void>
}
