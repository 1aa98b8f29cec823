import { createHash, timingSafeEqual, type Hash } from 'node:crypto'
import { mismatch } from '../sigv4/faults.ts'
import { sha256, sign } from '../sigv4/signature.ts'
import type { SignatureSeed } from '../sigv4/verify.ts'

const EMPTY = sha256('')

/**
 * The chain of signatures over a body's chunks: each covers its chunk and the signature before it, the first the request's own.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export class Seals {
  readonly #seed: SignatureSeed
  #previous: string
  #hash: Hash = createHash('sha256')

  constructor(seed: SignatureSeed) {
    this.#seed = seed
    this.#previous = seed.signature
  }

  add(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  /** The chunk is over: throws SignatureDoesNotMatch unless it was signed so. */
  chunk(signature: string): void {
    this.#check('AWS4-HMAC-SHA256-PAYLOAD', `${EMPTY}\n${this.#hash.digest('hex')}`, signature)
    this.#hash = createHash('sha256')
  }

  /** `lines`: `name:value\n` of each trailer, in the order that they came in. */
  trailer(lines: string, signature: string): void {
    this.#check('AWS4-HMAC-SHA256-TRAILER', sha256(lines), signature)
  }

  #check(kind: string, what: string, signature: string): void {
    const { credential, signingKey, timestamp } = this.#seed
    const scope = `${credential.date}/${credential.region}/${credential.service}/aws4_request`
    const expected = sign(signingKey, `${kind}\n${timestamp}\n${scope}\n${this.#previous}\n${what}`)
    const given = Buffer.from(/^[0-9a-f]{64}$/.test(signature) ? signature : '', 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw mismatch('The request signature we calculated does not match the signature you provided. Check your key and signing method.')
    }
    this.#previous = signature
  }
}
