import type { Kysely, Transaction } from 'kysely'
import { accountId, region, type Tenant } from '../../base/tenancy.ts'
import type { Tables } from './tables.ts'

export type ControlDatabase = Kysely<Tables>
/** The database or an open transaction: whoever takes this runs inside the caller's transaction. */
export type ControlScope = Kysely<Tables> | Transaction<Tables>

/** The columns every tenant's row begins with: to insert them, and to ask for nobody else's rows. */
export const owner = (tenant: Tenant): { readonly account: string; readonly region: string } =>
  ({ account: tenant.account, region: tenant.region })

export const tenantOf = (row: { readonly account: string; readonly region: string }): Tenant =>
  ({ account: accountId(row.account), region: region(row.region) })

/** Rows a statement inserts at once: far below SQLite's 32,766 parameters, and few distinct statements to prepare. */
const ROWS_PER_INSERT = 100

export const inChunks = function* <Row>(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) yield rows.slice(at, at + ROWS_PER_INSERT)
}

/** JSON that this store wrote itself, so its shape is known: the one cast of the store. */
export const stored = <Value>(text: string): Value => JSON.parse(text) as Value
