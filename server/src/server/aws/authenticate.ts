import { accountId, isAccountId, isRegion, type AccountId, type Region, type Tenant } from '../../base/tenancy.ts'
import type { Clock } from '../../base/clock.ts'
import { Fault } from '../../wire/fault.ts'
import type { AccessKey } from '../../model/access.ts'
import type { Principal } from '../../model/principal.ts'
import type { WireRequest } from '../../wire/protocol.ts'
import { formValue } from '../../wire/aws-query/form.ts'
import { isPresigned, verifyPresigned } from '../../wire/sigv2/presigned.ts'
import { isSigned } from '../../wire/sigv4/claim.ts'
import { claimedCredential, parseCredential } from '../../wire/sigv4/credential.ts'
import { verifyForm } from '../../wire/sigv4/post-signature.ts'
import { SignatureVerifier, type SignatureSeed } from '../../wire/sigv4/verify.ts'
import { sameText, type ConsoleSessions } from '../access/console-sessions.ts'
import type { Credential, Principals } from '../access/principals.ts'

/** Who calls, and in which account and region. */
export interface Caller {
  readonly principal: Principal
  readonly tenant: Tenant
}

export interface Authentication {
  /** Throws AWS's faults for signatures that do not hold. `received` is the body as it came; undefined names accept any service. */
  caller(request: WireRequest, received: Uint8Array, signingNames: readonly string[] | undefined): Promise<Caller>
}

/** Who calls, of a request whose body is still to come. */
export interface StreamAuthentication {
  /**
   * As `caller`, by signature only. `payload` is what the signer says of the body, which has not been held against it; `seed` is what
   * its chunks are signed on from, undefined where nobody checks signatures, or an older one covers no body. `bucket`: of the host.
   */
  streamed(request: WireRequest, payload: string, signingNames: readonly string[], bucket?: string): Promise<Caller & { readonly seed: SignatureSeed | undefined }>
  /** Who signed a form's policy, by the form's fields; not checked where nobody checks signatures: then nothing follows from the policy either. */
  form(fields: ReadonlyMap<string, string>): Promise<Caller & { readonly isChecked: boolean }>
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
}): Authentication & StreamAuthentication => {
  const verifier = new SignatureVerifier()
  return {
    async caller(request, received, signingNames) {
      if (isSigned(request)) return bySignature(parts, verifier, request, received, signingNames)
      return (await bySession(parts, request)) ?? nobody(parts.defaults)
    },
    async streamed(request, claimed, signingNames, bucket) {
      if (!isSigned(request) && isPresigned(request)) return byOlderSignature(parts, request, bucket)
      if (!isSigned(request)) return { ...nobody(parts.defaults), seed: undefined }
      return bySignature(parts, verifier, request, { claimed }, signingNames)
    },
    async form(fields) {
      let credential: Credential | undefined
      const lookup = async (id: string): Promise<AccessKey | undefined> => {
        credential = await parts.principals.find(id)
        return credential?.key
      }
      const region = await verifyForm({ fields, now: parts.clock.now(), lookup })
      const { principal } = credential!
      return { principal, tenant: { account: principal.account, region: regionOf(region, parts.defaults) }, isChecked: true }
    },
  }
}

const nobody = (defaults: Defaults): Caller => ({ principal: { kind: 'anonymous', account: defaults.account }, tenant: defaults })

const bySignature = async (
  { clock, principals, defaults }: Parameters<typeof checkedAuthentication>[0],
  verifier: SignatureVerifier,
  request: WireRequest,
  body: Uint8Array | { readonly claimed: string },
  signingNames: readonly string[] | undefined,
): Promise<Caller & { readonly seed: SignatureSeed }> => {
  const now = clock.now()
  let credential: Credential | undefined
  const lookup = async (id: string): Promise<AccessKey | undefined> => {
    credential = await principals.find(id)
    return credential?.key
  }
  const { region, seed } = await verifier.verify({ request, body, now, signingNames, lookup })
  const { principal } = credential!
  return { principal, tenant: { account: principal.account, region: regionOf(region, defaults) }, seed }
}

const byOlderSignature = async (
  { clock, principals, defaults }: Parameters<typeof checkedAuthentication>[0],
  request: WireRequest,
  bucket: string | undefined,
): Promise<Caller & { readonly seed: undefined }> => {
  let credential: Credential | undefined
  const lookup = async (id: string): Promise<AccessKey | undefined> => {
    credential = await principals.find(id)
    return credential?.key
  }
  await verifyPresigned({ request, bucket, now: clock.now(), lookup })
  const { principal } = credential!
  // It says nothing of a region.
  return { principal, tenant: { account: principal.account, region: defaults.region }, seed: undefined }
}

const bySession = async (
  { clock, principals, sessions, defaults }: Parameters<typeof checkedAuthentication>[0],
  request: WireRequest,
): Promise<Caller | undefined> => {
  const session = sessions.find(request.headers['cookie'])
  if (session === undefined) return undefined
  const token = request.headers[CSRF_HEADER]
  // Query actions change things by GET too, so only the operator API's own reads go without the token.
  const harmless = request.method === 'GET' && request.path.startsWith('/api/')
  if (!harmless && (token === undefined || !sameText(token, session.csrfToken))) {
    throw new Fault('AccessDenied', `The request lacks the session's ${CSRF_HEADER} header.`, { shape: 'AccessDeniedException', status: 403 })
  }
  const credential = await principals.find(session.accessKeyId)
  if (credential === undefined || (credential.key.temporary?.expiresAt ?? Number.POSITIVE_INFINITY) <= clock.now()) return undefined
  const { principal } = credential
  return { principal, tenant: { account: principal.account, region: regionOf(request.headers[REGION_HEADER], defaults) } }
}

/** `--auth off`: everybody is root; a 12-digit access key id chooses the account, the credential scope the region. */
export const openAuthentication = (defaults: Defaults): Authentication & StreamAuthentication => {
  const root = (accessKeyId: string | undefined = 'anyone', region: string | undefined): Caller => {
    const account = isAccountId(accessKeyId) ? accountId(accessKeyId) : defaults.account
    return { principal: { kind: 'root', account, accessKeyId }, tenant: { account, region: regionOf(region, defaults) } }
  }
  const anyone = (request: WireRequest): Caller => {
    const scope = claimedCredential(request)
    return root(scope?.accessKeyId ?? formValue(request.query, 'AWSAccessKeyId'), scope?.region ?? request.headers[REGION_HEADER])
  }
  return {
    form: async fields => {
      const scope = parseCredential(fields.get('x-amz-credential') ?? '')
      return { ...root(scope?.accessKeyId ?? fields.get('awsaccesskeyid'), scope?.region), isChecked: false }
    },
    caller: async request => anyone(request),
    streamed: async request => ({ ...anyone(request), seed: undefined }),
  }
}

const regionOf = (text: string | undefined, defaults: Defaults): Region => (text !== undefined && isRegion(text) ? text : defaults.region)
