import { createHash } from 'node:crypto'
import type { Tenant } from '../../base/tenancy.ts'

/**
 * Paging tokens that carry their own state, so that nothing is kept between pages. A checksum over the operation, the
 * tenant and the request that they continue lets anything else be refused. It is no secret: a token opens nothing that
 * its caller could not ask for directly.
 */
export interface TokenScope {
  readonly operation: string
  readonly tenant: Tenant
  /** The members of the request that must not change from page to page. */
  readonly request: unknown
}

export const sealToken = (scope: TokenScope, cursor: unknown): string => {
  const content = JSON.stringify(cursor)
  return Buffer.from(`${checksum(scope, content)}${content}`).toString('base64url')
}

/** The cursor, or undefined when the token is not one of this scope. */
export const openToken = (scope: TokenScope, token: string): unknown => {
  const raw = Buffer.from(token, 'base64url').toString()
  const content = raw.slice(CHECKSUM_LENGTH)
  if (content === '' || raw.slice(0, CHECKSUM_LENGTH) !== checksum(scope, content)) return undefined
  try {
    return JSON.parse(content) as unknown
  } catch {
    return undefined
  }
}

const CHECKSUM_LENGTH = 22

const checksum = ({ operation, tenant, request }: TokenScope, content: string): string =>
  createHash('sha256')
    .update(JSON.stringify([operation, tenant.account, tenant.region, request ?? null, content]))
    .digest('base64url')
    .slice(0, CHECKSUM_LENGTH)
