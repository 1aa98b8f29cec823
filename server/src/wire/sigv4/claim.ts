import { formValue } from '../aws-query/form.ts'
import type { WireRequest } from '../protocol.ts'
import { ALGORITHM, parseCredential, type Credential } from './credential.ts'
import { incomplete, missingToken } from './faults.ts'

/** All that a request says about its own signature. */
export interface Claim {
  readonly credential: Credential
  /** Lower-case names, in the order given. */
  readonly signedHeaders: readonly string[]
  /** Lower-case hex. */
  readonly signature: string
  /** `20150830T123600Z` */
  readonly timestamp: string
  /** Seconds that a presigned URL is good for; undefined in the header form. */
  readonly expires: number | undefined
  readonly sessionToken: string | undefined
}

/** True when the request carries a signature, right or wrong. */
export const isSigned = ({ headers, query }: WireRequest): boolean => headers['authorization'] !== undefined || query.includes('X-Amz-Algorithm=')

/** Throws the fault that AWS gives for what is missing or malformed. */
export const readClaim = (request: WireRequest): Claim => {
  const header = request.headers['authorization']
  if (header !== undefined) return fromHeader(header, request)
  if (!isSigned(request)) throw missingToken()
  return fromQuery(request)
}

const fromHeader = (header: string, request: WireRequest): Claim => {
  const parts = new Map<string, string>()
  const body = header.startsWith(`${ALGORITHM} `) ? header.slice(ALGORITHM.length + 1) : undefined
  if (body === undefined && header.startsWith('AWS')) throw incomplete(`Unsupported AWS 'algorithm': '${header.split(' ', 1)[0]?.slice(0, 64)}'.`)
  for (const part of body?.split(/[, ]+/) ?? []) {
    const equals = part.indexOf('=')
    if (part !== '' && equals === -1) {
      throw incomplete(`'${part.slice(0, 256)}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header.slice(0, 1024)}'.`)
    }
    if (part !== '') parts.set(part.slice(0, equals), part.slice(equals + 1))
  }
  const timestamp = timestampOf(request)
  const missing = ['Credential', 'Signature', 'SignedHeaders'].filter(name => !parts.has(name))
  if (missing.length > 0 || timestamp === undefined) {
    const sentences = missing.map(name => `Authorization header requires '${name}' parameter.`)
    if (timestamp === undefined) sentences.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    throw incomplete(`${sentences.join(' ')} Authorization=${body === undefined ? (header.split(' ', 1)[0] ?? '') : ALGORITHM}`)
  }
  return claim({
    credential: parts.get('Credential') ?? '',
    signedHeaders: parts.get('SignedHeaders') ?? '',
    signature: parts.get('Signature') ?? '',
    timestamp,
    expires: undefined,
    sessionToken: request.headers['x-amz-security-token'],
  })
}

const REQUIRED = ['X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Signature', 'X-Amz-SignedHeaders'] as const
/** Seven days: the longest life that AWS grants a presigned URL. */
const LONGEST = 604_800

const fromQuery = ({ query }: WireRequest): Claim => {
  const given = (name: string) => formValue(query, name)
  if (given('X-Amz-Algorithm') !== ALGORITHM) throw incomplete(`Unsupported AWS 'algorithm': '${given('X-Amz-Algorithm')?.slice(0, 64)}'.`)
  const missing = REQUIRED.filter(name => given(name) === undefined)
  if (missing.length > 0) throw incomplete(missing.map(name => `AWS query-string parameters must include '${name}'.`).join(' '))
  // AWS takes a presigned request without X-Amz-Expires for fifteen minutes, as one with a header.
  const expires = given('X-Amz-Expires') ?? '900'
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > LONGEST) {
    throw incomplete(`X-Amz-Expires must be a number of seconds between 1 and ${LONGEST}.`)
  }
  return claim({
    credential: given('X-Amz-Credential') ?? '',
    signedHeaders: given('X-Amz-SignedHeaders') ?? '',
    signature: given('X-Amz-Signature') ?? '',
    timestamp: given('X-Amz-Date') ?? '',
    expires: Number(expires),
    sessionToken: given('X-Amz-Security-Token'),
  })
}

interface Texts extends Omit<Claim, 'credential' | 'signedHeaders'> {
  readonly credential: string
  readonly signedHeaders: string
}

const claim = (texts: Texts): Claim => {
  const credential = parseCredential(texts.credential)
  if (credential === undefined) {
    const wanted = "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term"
    throw incomplete(`${wanted}, got '${texts.credential.slice(0, 256)}'`)
  }
  if (!/^\d{8}T\d{6}Z$/.test(texts.timestamp)) {
    throw incomplete(`Date must be in ISO-8601 'basic format'. Got '${texts.timestamp.slice(0, 64)}'. See http://en.wikipedia.org/wiki/ISO_8601`)
  }
  if (!/^[0-9a-f]{64}$/.test(texts.signature)) throw incomplete('The signature must be 64 lower-case hexadecimal digits.')
  const signedHeaders = texts.signedHeaders.toLowerCase().split(';')
  return { ...texts, credential, signedHeaders }
}

/** `X-Amz-Date`, or the `Date` header in either of its formats. */
const timestampOf = ({ headers }: WireRequest): string | undefined => {
  const own = headers['x-amz-date']
  if (own !== undefined) return own
  const { date } = headers
  if (date === undefined || /^\d{8}T\d{6}Z$/.test(date)) return date
  const at = Date.parse(date)
  return Number.isNaN(at) ? date : basicTime(at)
}

/** Milliseconds → `20150830T123600Z` */
export const basicTime = (at: number): string => new Date(at).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')

/** `20150830T123600Z` → milliseconds; NaN where there is no such time. */
export const parseBasicTime = (text: string): number => {
  const part = (from: number, to: number) => Number(text.slice(from, to))
  const [month, day, hour, minute, second] = [part(4, 6), part(6, 8), part(9, 11), part(11, 13), part(13, 15)]
  const legal = month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour <= 23 && minute <= 59 && second <= 59
  return legal ? Date.UTC(part(0, 4), month - 1, day, hour, minute, second) : Number.NaN
}
