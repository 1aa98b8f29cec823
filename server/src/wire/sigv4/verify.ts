import { timingSafeEqual } from 'node:crypto'
import type { EpochMillis } from '../../base/time.ts'
import { formValue } from '../aws-query/form.ts'
import type { WireRequest } from '../protocol.ts'
import { canonicalRequest, objectPath } from './canonical.ts'
import { basicTime, parseBasicTime, readClaim, type Claim } from './claim.ts'
import type { Credential } from './credential.ts'
import { expiredToken, incomplete, invalidToken, mismatch } from './faults.ts'
import { deriveSigningKey, sha256, sign, stringToSign } from './signature.ts'

/** The half of an access key that proves something. */
export interface SigningSecret {
  readonly secret: string
  readonly status: 'Active' | 'Inactive'
  readonly temporary: { readonly sessionToken: string; readonly expiresAt: EpochMillis } | undefined
}

interface Verification<Key extends SigningSecret> {
  readonly request: WireRequest
  /**
   * The body as it came, before any content encoding was undone: that is what was signed. Or what the signer says of a body that is
   * still to come (its hash, or a word of S3's in its place): whoever reads the body holds it against that. S3's requests, which
   * these are, encode their paths once.
   */
  readonly body: Uint8Array | { readonly claimed: string }
  readonly now: EpochMillis
  /** Signing names of the service that the request is for; undefined accepts any. */
  readonly signingNames: readonly string[] | undefined
  lookup(accessKeyId: string): Key | undefined | Promise<Key | undefined>
}

interface Verified<Key extends SigningSecret> extends Credential {
  readonly key: Key
  /** What the chunks of a body are signed on from. */
  readonly seed: SignatureSeed
}

/** A verified signature, for those that are chained to it. */
export interface SignatureSeed {
  readonly credential: Credential
  readonly signingKey: Buffer
  readonly timestamp: string
  readonly signature: string
}

/** How far a client's clock may be off, either way. AWS allows 15 minutes back and 5 forward; we are as patient both ways. */
const SKEW = 15 * 60_000
const REMEMBERED_KEYS = 1000

/**
 * Checks AWS Signature Version 4, in the Authorization header or in the query string of a presigned URL. Keeps the
 * signing keys that proved right, since deriving one costs four HMACs and serves a client for a whole day.
 */
export class SignatureVerifier {
  readonly #signingKeys = new Map<string, { readonly secret: string; readonly key: Buffer }>()

  /** Answers who signed; throws AWS's fault otherwise. */
  async verify<Key extends SigningSecret>(verification: Verification<Key>): Promise<Verified<Key>> {
    const { request, body, now, signingNames } = verification
    const claim = readClaim(request)
    const { credential } = claim
    checkSignedHeaders(claim, request)
    const key = await verification.lookup(credential.accessKeyId)
    if (key === undefined || key.status !== 'Active') throw invalidToken()
    checkScope(claim, signingNames)
    checkTime(claim, now)
    const remembered = `${credential.accessKeyId}/${credential.date}/${credential.region}/${credential.service}`
    const known = this.#signingKeys.get(remembered)
    const signingKey = known?.secret === key.secret ? known.key : deriveSigningKey(key.secret, credential)
    checkSignature(claim, request, body, signingKey)
    if (key.temporary !== undefined || claim.sessionToken !== undefined) checkToken(claim, key, now)
    if (known?.key !== signingKey) this.#remember(remembered, key.secret, signingKey)
    return { ...credential, key, seed: { credential, signingKey, timestamp: claim.timestamp, signature: claim.signature } }
  }

  #remember(name: string, secret: string, key: Buffer): void {
    this.#signingKeys.delete(name)
    this.#signingKeys.set(name, { secret, key })
    const [oldest] = this.#signingKeys.keys()
    if (this.#signingKeys.size > REMEMBERED_KEYS && oldest !== undefined) this.#signingKeys.delete(oldest)
  }
}

const checkSignedHeaders = ({ signedHeaders }: Claim, { headers }: WireRequest): void => {
  if (!signedHeaders.includes('host')) throw mismatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  // The target names the operation: unsigned, one recorded request could be replayed as another operation.
  if (headers['x-amz-target'] !== undefined && !signedHeaders.includes('x-amz-target')) {
    throw mismatch("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.")
  }
  const absent = signedHeaders.find(name => headers[name] === undefined)
  if (absent !== undefined) throw mismatch(`The signed header '${absent.slice(0, 64)}' is not in the request.`)
}

const checkScope = ({ credential, timestamp }: Claim, signingNames: readonly string[] | undefined): void => {
  const { date, service } = credential
  if (date !== timestamp.slice(0, 8)) {
    const dates = `'${date.slice(0, 64)}' != '${timestamp.slice(0, 8)}', from '${timestamp}'`
    throw mismatch(`Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ${dates}.`)
  }
  if (signingNames !== undefined && !signingNames.includes(service)) {
    throw mismatch(`Credential should be scoped to correct service: '${signingNames[0]}'. `)
  }
}

const checkTime = ({ timestamp, expires }: Claim, now: EpochMillis): void => {
  const at = parseBasicTime(timestamp)
  if (Number.isNaN(at)) throw incomplete(`There is no such time as '${timestamp}'.`)
  const life = expires === undefined ? SKEW : expires * 1000
  if (at < now - life) {
    const span = expires === undefined ? '15 min.' : `${expires} s.`
    throw mismatch(`Signature expired: ${timestamp} is now earlier than ${basicTime(now - life)} (${basicTime(now)} - ${span})`)
  }
  if (at > now + SKEW) {
    throw mismatch(`Signature not yet current: ${timestamp} is still later than ${basicTime(now + SKEW)} (${basicTime(now)} + 15 min.)`)
  }
}

const checkToken = ({ sessionToken }: Claim, { temporary }: SigningSecret, now: EpochMillis): void => {
  if (temporary === undefined || sessionToken === undefined || !equal(sha256(temporary.sessionToken), sha256(sessionToken))) throw invalidToken()
  if (temporary.expiresAt <= now) throw expiredToken()
}

const checkSignature = (claim: Claim, request: WireRequest, body: Verification<SigningSecret>['body'], signingKey: Buffer): void => {
  // S3's clients differ in how they spell a path's escapes; as sent, or the strict way, it says the same.
  const canonicals =
    'claimed' in body
      ? [objectPath, asSent].map(path => canonicalRequest(request, claim.signedHeaders, body.claimed, path))
      : [canonicalRequest(request, claim.signedHeaders, payloadHash(request, body))]
  const texts = canonicals.map(canonical => stringToSign(claim.timestamp, claim.credential, canonical))
  if (texts.some(text => timingSafeEqual(sign(signingKey, text), Buffer.from(claim.signature, 'hex')))) return
  const advice = 'Check your AWS Secret Access Key and signing method. Consult the service documentation for details.'
  throw mismatch(
    `The request signature we calculated does not match the signature you provided. ${advice}\n\n` +
      `The Canonical String for this request should have been\n'${canonicals[0]}'\n\nThe String-to-Sign should have been\n'${texts[0]}'\n`,
  )
}

const asSent = (path: string): string => path

const payloadHash = ({ headers, query }: WireRequest, body: Uint8Array): string => {
  const claimed = headers['x-amz-content-sha256'] ?? formValue(query, 'X-Amz-Content-Sha256')
  if (claimed === 'UNSIGNED-PAYLOAD') return claimed
  const actual = sha256(body)
  if (claimed !== undefined && !equal(actual, claimed.toLowerCase())) {
    throw mismatch("The provided 'x-amz-content-sha256' header does not match what was computed.")
  }
  return claimed ?? actual
}

const equal = (left: string, right: string): boolean => {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
