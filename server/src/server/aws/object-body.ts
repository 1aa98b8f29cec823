import { createHash } from 'node:crypto'
import { checksumHasher, isChecksumAlgorithm } from '../../base/checksum.ts'
import { decodeChunked, incomplete } from '../../wire/aws-chunked/decode.ts'
import { Seals } from '../../wire/aws-chunked/seals.ts'
import { Fault } from '../../wire/fault.ts'
import { readHeaders } from '../../wire/rest-xml/rest-xml.ts'
import type { Shape } from '../../wire/schema.ts'
import { isSigned } from '../../wire/sigv4/claim.ts'
import type { SignatureSeed } from '../../wire/sigv4/verify.ts'
import type { ArrivingRequest } from './arriving-request.ts'

type Headers = ArrivingRequest['headers']

/** Of an object that is not put in parts, as S3's: 5 GiB. */
const MAX_BODY = 5 * 1024 ** 3
/** Of a body that is a document: more than 10,000 parts of an upload with their checksums take. */
const MAX_DOCUMENT = 4 * 1024 ** 2
const UNSIGNED = 'UNSIGNED-PAYLOAD'
const WORDS =
  'UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER'
const STREAMING = /^STREAMING-(AWS4-HMAC-SHA256|UNSIGNED)-PAYLOAD(-TRAILER)?$/

/** What the signer says of the body: its hash, or one of S3's words. A presigned address says nothing of it. */
export const payloadOf = ({ headers, query }: Pick<ArrivingRequest, 'headers' | 'query'>): string => {
  const claimed = headers['x-amz-content-sha256'] ?? /(?:^|&)X-Amz-Content-Sha256=([^&]*)/i.exec(query)?.[1]
  if (claimed === undefined) {
    if (headers['authorization'] === undefined) return UNSIGNED
    if (!isSigned({ method: '', path: '', query, headers, body: Buffer.alloc(0) })) return UNSIGNED
    throw new Fault('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  }
  if (claimed === UNSIGNED || STREAMING.test(claimed) || /^[0-9a-fA-F]{64}$/.test(claimed)) return claimed
  if (claimed.startsWith('STREAMING-AWS4-ECDSA-')) {
    throw new Fault('NotImplemented', 'Signatures of version 4A are not implemented.', { status: 501, retryable: false })
  }
  throw new Fault(
    'InvalidArgument',
    `x-amz-content-sha256 must be ${WORDS} or a valid sha256 value.`,
    { members: { ArgumentName: 'x-amz-content-sha256', ArgumentValue: claimed.slice(0, 256) } },
  )
}

/** Bytes of a body that were checked against all that was said of them: whoever reads to the end may trust them. */
export class IncomingBody implements AsyncIterable<Uint8Array> {
  readonly #bytes: AsyncIterable<Uint8Array>
  /** Members of the input that come after the body, once it has been read. */
  trailing: Readonly<Record<string, unknown>> = {}
  /** Names of the headers that are to come after the body. */
  readonly announced: readonly string[]
  readonly length: number

  constructor(
    announced: readonly string[],
    length: number,
    bytes: (onTrailers: (trailing: Readonly<Record<string, unknown>>) => void) => AsyncIterable<Uint8Array>,
  ) {
    this.announced = announced
    this.length = length
    this.#bytes = bytes(trailing => {
      this.trailing = trailing
    })
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#bytes[Symbol.asyncIterator]()
  }
}

/** The body without its wrapping, and the headers as they would be had it come without. */
export const incomingBody = (
  arriving: ArrivingRequest,
  input: Shape,
  seed: SignatureSeed | undefined,
): { readonly body: IncomingBody; readonly headers: Headers } => {
  const { headers } = arriving
  const payload = payloadOf(arriving)
  const [streaming, kind, trailer] = STREAMING.exec(payload) ?? []
  if (streaming === undefined) {
    const length = lengthOf(headers['content-length'], headers)
    return { body: new IncomingBody([], length, () => exactly(arriving.bytes, length, payload)), headers }
  }
  const length = lengthOf(headers['x-amz-decoded-content-length'], headers)
  const announced = headers['x-amz-trailer']?.toLowerCase().split(',').map(name => name.trim()) ?? []
  const seals = kind === 'UNSIGNED' || seed === undefined ? undefined : new Seals(seed)
  const body = new IncomingBody(announced, length, onTrailers =>
    decodeChunked({
      source: arriving.bytes,
      length,
      seals,
      trailing: trailer !== undefined,
      onTrailers: trailers => {
        if (announced.some(name => trailers[name] === undefined)) {
          throw new Fault('MalformedTrailerError', 'A trailer that was announced did not come.')
        }
        onTrailers(input.kind === 'structure' ? readHeaders(trailers, input) : {})
      },
    }),
  )
  return { body, headers: { ...headers, 'content-length': String(length) } }
}

const lengthOf = (text: string | undefined, headers: Headers): number => {
  if (text === undefined) {
    if (headers['transfer-encoding'] === undefined && headers['x-amz-content-sha256']?.startsWith('STREAMING-') !== true) return 0
    throw new Fault('MissingContentLength', 'You must provide the Content-Length HTTP header.', { status: 411 })
  }
  if (!/^\d{1,16}$/.test(text)) throw new Fault('InvalidArgument', 'The length of the body is not a number.')
  const length = Number(text)
  if (length > MAX_BODY) {
    const members = { ProposedSize: String(length), MaxSizeAllowed: String(MAX_BODY) }
    throw new Fault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { members })
  }
  return length
}

/** So many bytes, with the hash that was signed, or a refusal. */
async function* exactly(bytes: AsyncIterable<Uint8Array>, length: number, payload: string): AsyncGenerator<Uint8Array> {
  const hash = payload === UNSIGNED ? undefined : createHash('sha256')
  let size = 0
  for await (const piece of bytes) {
    size += piece.length
    if (size > length) throw incomplete()
    hash?.update(piece)
    yield piece
  }
  if (size !== length) throw incomplete()
  const actual = hash?.digest('hex')
  if (actual !== undefined && actual !== payload.toLowerCase()) {
    const members = { ClientComputedContentSHA256: payload, S3ComputedContentSHA256: actual }
    throw new Fault(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { members },
    )
  }
}

/** A document, held whole, and against the digests that its headers give; those that are members of the input speak of something else. */
export const wholeBody = async (body: IncomingBody, headers: Headers, input: Shape): Promise<Buffer> => {
  if (body.length > MAX_DOCUMENT) throw new Fault('MaxMessageLengthExceeded', 'Your request was too big.')
  const pieces: Uint8Array[] = []
  for await (const piece of body) pieces.push(piece)
  const bytes = Buffer.concat(pieces)
  const digest = headers['content-md5']
  if (digest !== undefined && digest !== createHash('md5').update(bytes).digest('base64')) {
    throw new Fault('BadDigest', 'The Content-MD5 you specified did not match what we received.')
  }
  const members = input.kind === 'structure' ? input.members.map(({ traits }) => traits.httpHeader?.toLowerCase()) : []
  for (const [name, value] of Object.entries(headers)) {
    if (members.includes(name)) continue
    const algorithm = /^x-amz-checksum-(\w+)$/.exec(name)?.[1]?.toUpperCase()
    if (algorithm === undefined || !isChecksumAlgorithm(algorithm)) continue
    const hasher = checksumHasher(algorithm)
    hasher.add(bytes)
    if (hasher.digest() !== value) throw badChecksum(algorithm)
  }
  return bytes
}

const badChecksum = (algorithm: string): Fault => new Fault(
  'BadDigest',
  `The ${algorithm} you specified did not match the calculated checksum.`,
)
