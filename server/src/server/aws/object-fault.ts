import { formValue } from '../../wire/aws-query/form.ts'
import { Fault } from '../../wire/fault.ts'
import { parseBasicTime } from '../../wire/sigv4/claim.ts'
import { claimedCredential } from '../../wire/sigv4/credential.ts'
import type { ReceivedRequest } from './received-request.ts'

/** What goes wrong before the service has a say, in S3's own codes and words. */
export const objectFault = (fault: Fault, request: Pick<ReceivedRequest, 'headers' | 'query'>): Fault => {
  const inHeader = request.headers['authorization'] !== undefined
  const key = { AWSAccessKeyId: claimedCredential({ method: '', path: '', body: new Uint8Array(0), ...request })?.accessKeyId ?? '' }
  switch (fault.code) {
    case 'MissingAuthenticationToken':
      return new Fault('AccessDenied', 'Access Denied', { status: 403 })
    case 'InvalidClientTokenId':
      return request.headers['x-amz-security-token'] === undefined
        ? new Fault(
          'InvalidAccessKeyId',
          'The AWS Access Key Id you provided does not exist in our records.',
          { status: 403, members: key },
        )
        : new Fault('InvalidToken', 'The provided token is malformed or otherwise invalid.')
    case 'ExpiredToken':
      return new Fault('ExpiredToken', 'The provided token has expired.')
    case 'IncompleteSignature':
      if (fault.message.startsWith('Unsupported AWS')) return unsupported()
      return inHeader
        ? new Fault('AuthorizationHeaderMalformed', fault.message)
        : new Fault('AuthorizationQueryParametersError', fault.message.startsWith('AWS query-string parameters must') ? QUERY_PARAMETERS : fault.message)
    case 'SignatureDoesNotMatch':
      if (fault.members['StringToSign'] !== undefined) return fault
      return signature(fault, request, key)
    case 'Throttling':
      return new Fault('SlowDown', 'Please reduce your request rate.', { status: 503, cause: fault })
    case 'InternalFailure':
      return new Fault('InternalError', 'We encountered an internal error. Please try again.', { status: 500, cause: fault })
    default:
      return fault
  }
}

const unsupported = (): Fault => new Fault(
  'InvalidRequest',
  'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
)

const QUERY_PARAMETERS =
  'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.'

/** What the verifier says that it calculated. */
const CALCULATED = /Canonical String for this request should have been\n'([^]*)'\n\nThe String-to-Sign should have been\n'([^]*)'\n$/
/** What it says of times: the signer's, and its own. */
const TIMES = /^Signature (?:expired|not yet current): (\w+) is \D*\w+ \((\w+) [-+]/

const signature = (fault: Fault, { headers, query }: Pick<ReceivedRequest, 'headers' | 'query'>, key: Readonly<Record<string, string>>): Fault => {
  const authorization = headers['authorization']
  const [, signedAt, now] = TIMES.exec(fault.message) ?? []
  if (signedAt !== undefined && now !== undefined) {
    const times = { signedAt: parseBasicTime(signedAt), now: parseBasicTime(now) }
    return authorization === undefined ? expired(times, formValue(query, 'X-Amz-Expires') ?? '900') : skewed(times, signedAt)
  }
  if (fault.message.startsWith('Credential should')) {
    return new Fault(authorization === undefined ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed', fault.message)
  }
  const [, canonical, text] = CALCULATED.exec(fault.message) ?? []
  if (canonical === undefined || text === undefined) return new Fault('SignatureDoesNotMatch', fault.message, { status: 403, members: key })
  const provided = authorization === undefined ? formValue(query, 'X-Amz-Signature') : /Signature=([0-9a-f]+)/.exec(authorization)?.[1]
  const members = {
    ...key,
    StringToSign: text,
    SignatureProvided: provided ?? '',
    StringToSignBytes: hexBytes(text),
    CanonicalRequest: canonical,
    CanonicalRequestBytes: hexBytes(canonical),
  }
  return new Fault(
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    { status: 403, members },
  )
}

interface Times {
  readonly signedAt: number
  readonly now: number
}

const expired = ({ signedAt, now }: Times, seconds: string): Fault =>
  signedAt > now
    ? new Fault('AccessDenied', 'Request is not valid yet', { status: 403, members: { ServerTime: isoTime(now) } })
    : new Fault('AccessDenied', 'Request has expired', {
      status: 403,
      members: { 'X-Amz-Expires': seconds, Expires: isoTime(signedAt + Number(seconds) * 1000), ServerTime: isoTime(now) },
    })

const skewed = ({ now }: Times, signedAt: string): Fault =>
  new Fault('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', {
    status: 403,
    members: { RequestTime: signedAt, ServerTime: isoTime(now), MaxAllowedSkewMilliseconds: '900000' },
  })

const isoTime = (millis: number): string => new Date(millis).toISOString().replace('.000Z', 'Z')

const hexBytes = (text: string): string => (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' ')

/** Headers of S3's own that travel beside the signature. Who signs a body's hash elsewhere need not sign that header. */
export const unsignedHeaders = ({ headers, query }: Pick<ReceivedRequest, 'headers' | 'query'>): Fault | undefined => {
  const authorization = headers['authorization']
  const text = authorization === undefined ? formValue(query, 'X-Amz-SignedHeaders') : /SignedHeaders=([^, ]+)/.exec(authorization)?.[1]
  const signed = new Set((text ?? '').toLowerCase().split(';'))
  const unsigned = Object.keys(headers).filter(name => name.startsWith('x-amz-') && name !== 'x-amz-content-sha256' && !signed.has(name))
  if (unsigned.length === 0) return undefined
  return new Fault('AccessDenied', 'There were headers present in the request which were not signed', {
    status: 403,
    members: { HeadersNotSigned: unsigned.toSorted().join(', ') },
  })
}
