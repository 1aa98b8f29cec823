import { region, type AccountId, type Tenant } from '../base/tenancy.ts'

/** AWS's word for what no region owns. */
const GLOBAL = region('global')

/** Whose rows those of an account are that belong to no region. */
export const globalOwner = (account: AccountId): Tenant => ({ account, region: GLOBAL })
