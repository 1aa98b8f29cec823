import { accountId, isAccountId, isRegion, type AccountId, type Region, type Tenant } from '../../base/tenancy.ts'
import type { Clock } from '../../base/clock.ts'
import { Fault } from '../../wire/fault.ts'
import type { Principal } from '../../model/principal.ts'
import type { WireRequest } from '../../wire/protocol.ts'
import { credentialScope, isSigned, verifySignature } from '../../wire/sigv4/verify.ts'
import { sameText, type ConsoleSessions } from '../access/console-sessions.ts'
import type { Principals } from '../access/principals.ts'

/** Who calls, and in which account and region. */
export interface Caller {
  readonly principal: Principal
  readonly tenant: Tenant
}

export interface Authentication {
  caller(request: WireRequest, received: Uint8Array): Promise<Caller>
}

interface Defaults {
  readonly account: AccountId
  readonly region: Region
}

export const CSRF_HEADER = 'x-tocsin-csrf'
export const REGION_HEADER = 'x-tocsin-region'

/**
 * A signature is checked against the stored keys; else the console's session counts; else the caller is nobody, and the
 * operation decides whether that is enough.
 */
export const checkedAuthentication = (parts: {
  readonly clock: Clock
  readonly principals: Principals
  readonly sessions: ConsoleSessions
  readonly defaults: Defaults
}): Authentication => ({
  async caller(request, received) {
    const now = parts.clock.now()
    if (isSigned(request)) {
      const { accessKeyId, region } = await verifySignature({
        request,
        body: received,
        now,
        lookup: async id => {
          const credential = await parts.principals.find(id, now)
          if (credential === undefined) return undefined
          const { secret, temporary } = credential.key
          return { secret, sessionToken: temporary?.sessionToken, expiresAt: temporary?.expiresAt }
        },
      })
      const credential = await parts.principals.find(accessKeyId, now)
      if (credential === undefined) throw new Fault('InvalidClientTokenId', 'The security token included in the request is invalid.', { status: 403 })
      return { principal: credential.principal, tenant: { account: credential.principal.account, region: regionOf(region, parts.defaults) } }
    }
    const session = parts.sessions.find(request.headers['cookie'])
    if (session !== undefined) {
      const token = request.headers[CSRF_HEADER]
      if (request.method !== 'GET' && (token === undefined || !sameText(token, session.csrfToken))) {
        throw new Fault('AccessDenied', `The request lacks the session's ${CSRF_HEADER} header.`, { shape: 'AccessDeniedException', status: 403 })
      }
      const credential = await parts.principals.find(session.accessKeyId, now)
      const expired = (credential?.key.temporary?.expiresAt ?? Number.POSITIVE_INFINITY) <= now
      if (credential !== undefined && !expired) {
        const region = regionOf(request.headers[REGION_HEADER], parts.defaults)
        return { principal: credential.principal, tenant: { account: credential.principal.account, region } }
      }
    }
    return { principal: { kind: 'anonymous', account: parts.defaults.account }, tenant: parts.defaults }
  },
})

/** `--auth off`: everybody is root; a 12-digit access key id chooses the account, the credential scope the region. */
export const openAuthentication = (defaults: Defaults): Authentication => ({
  async caller(request) {
    const scope = credentialScope(request)
    const accessKeyId = scope?.accessKeyId ?? 'anyone'
    const account = isAccountId(accessKeyId) ? accountId(accessKeyId) : defaults.account
    const region = regionOf(scope?.region ?? request.headers[REGION_HEADER], defaults)
    return { principal: { kind: 'root', account, accessKeyId }, tenant: { account, region } }
  },
})

const regionOf = (text: string | undefined, defaults: Defaults): Region => (text !== undefined && isRegion(text) ? text : defaults.region)
