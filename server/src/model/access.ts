import type { AccountId } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

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
