import { Fault } from '../../wire/fault.ts'
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
        : new Fault('AuthorizationQueryParametersError', fault.message)
    case 'SignatureDoesNotMatch':
      return signature(fault, inHeader, key)
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

/** What the verifier says that it calculated. */
const CALCULATED = /Canonical String for this request should have been\n'([^]*)'\n\nThe String-to-Sign should have been\n'([^]*)'\n$/

const signature = (fault: Fault, inHeader: boolean, key: Readonly<Record<string, string>>): Fault => {
  if (/^Signature (expired|not yet current)/.test(fault.message)) {
    return inHeader
      ? new Fault('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', { status: 403 })
      : new Fault('AccessDenied', 'Request has expired', { status: 403 })
  }
  if (fault.message.startsWith('Credential should')) {
    return new Fault(inHeader ? 'AuthorizationHeaderMalformed' : 'AuthorizationQueryParametersError', fault.message)
  }
  const [, canonical, text] = CALCULATED.exec(fault.message) ?? []
  const members = canonical === undefined || text === undefined ? key : { ...key, StringToSign: text, CanonicalRequest: canonical }
  const words = canonical === undefined
    ? fault.message
    : 'The request signature we calculated does not match the signature you provided. Check your key and signing method.'
  return new Fault('SignatureDoesNotMatch', words, { status: 403, members })
}
