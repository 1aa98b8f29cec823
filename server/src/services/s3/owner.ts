import { createHash } from 'node:crypto'
import type { AccountId } from '../../base/tenancy.ts'

/** The account as S3 names owners: 64 hex digits that say nothing. */
export const ownerOf = (account: AccountId): { readonly ID: string; readonly DisplayName: string } => ({
  ID: createHash('sha256').update(account).digest('hex'),
  DisplayName: account,
})
