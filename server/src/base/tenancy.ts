import type { Brand } from './brand.ts'

/** Twelve digits. */
export type AccountId = Brand<string, 'AccountId'>
/** An AWS region code such as `us-east-1`; Tocsin accepts any label. */
export type Region = Brand<string, 'Region'>

/** The owner of every row in every store: nothing is read or written without one. */
export interface Tenant {
  readonly account: AccountId
  readonly region: Region
}

const ACCOUNT = /^\d{12}$/
const REGION = /^[a-z0-9-]{1,64}$/

export const isAccountId = (text: string): text is AccountId => ACCOUNT.test(text)
export const isRegion = (text: string): text is Region => REGION.test(text)
export const accountId = (text: string): AccountId => {
  if (!isAccountId(text)) throw new RangeError(`not a 12-digit account id: ${JSON.stringify(text)}`)
  return text
}
export const region = (text: string): Region => {
  if (!isRegion(text)) throw new RangeError(`not a region: ${JSON.stringify(text)}`)
  return text
}
