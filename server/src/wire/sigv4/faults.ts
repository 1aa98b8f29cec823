import { Fault } from '../fault.ts'

/** No signature at all. */
export const missingToken = (): Fault =>
  new Fault('MissingAuthenticationToken', 'Request is missing Authentication Token', { shape: 'MissingAuthenticationTokenException', status: 403 })

/** A signature that does not have the form of one. */
export const incomplete = (message: string): Fault =>
  new Fault('IncompleteSignature', message, { shape: 'IncompleteSignatureException', status: 400 })

/** An access key that nobody has, that is switched off, or whose session token is not the right one. */
export const invalidToken = (): Fault =>
  new Fault('InvalidClientTokenId', 'The security token included in the request is invalid.', { shape: 'UnrecognizedClientException', status: 403 })

export const expiredToken = (): Fault =>
  new Fault('ExpiredToken', 'The security token included in the request is expired', { shape: 'ExpiredTokenException', status: 403 })

/** Signed, but not so: the clock, the scope or the signature itself is wrong. */
export const mismatch = (message: string): Fault =>
  new Fault('SignatureDoesNotMatch', message, { shape: 'InvalidSignatureException', status: 403 })
