import type { Clock } from '../base/clock.ts'
import type { OpenedBody, Upload } from '../egress/open-body.ts'
import { canonicalRequest, objectPath } from '../wire/sigv4/canonical.ts'
import { deriveSigningKey, sha256, sign, stringToSign } from '../wire/sigv4/signature.ts'
import type { BucketAddress } from './config/bucket-address.ts'

export interface S3Http {
  open(url: string, headers: Readonly<Record<string, string>>, upload?: Upload): Promise<OpenedBody>
}

interface S3Request {
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  /** Not signed. */
  readonly headers?: Readonly<Record<string, string>>
  /** What is put; without it, it is a GET. */
  readonly upload?: { readonly bytes: Upload; readonly sha256: string }
}

const EMPTY = sha256('')

/** Path-style requests to an S3-compatible bucket elsewhere, signed by version 4. */
export const s3Requests = (address: BucketAddress, http: S3Http, clock: Clock) => {
  const { origin, bucket, region, accessKeyId, secretAccessKey } = address
  const signed = (method: string, path: string, query: string, payload: string): Readonly<Record<string, string>> => {
    const timestamp = new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
    const headers = { host: new URL(origin).host, 'x-amz-content-sha256': payload, 'x-amz-date': timestamp }
    if (accessKeyId === '') return headers
    const credential = { accessKeyId, date: timestamp.slice(0, 8), region, service: 's3' }
    const names = Object.keys(headers).sort()
    const canonical = canonicalRequest({ method, path, query, headers, body: Buffer.alloc(0) }, names, payload, objectPath)
    const signature = sign(deriveSigningKey(secretAccessKey, credential), stringToSign(timestamp, credential, canonical)).toString('hex')
    const scope = `${credential.date}/${region}/s3/aws4_request`
    return { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}` }
  }
  return ({ key, query = {}, headers = {}, upload }: S3Request): Promise<OpenedBody> => {
    const path = `/${[bucket, ...key.split('/')].map(encoded).join('/')}`
    const text = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
    const signatures = signed(upload === undefined ? 'GET' : 'PUT', path, text, upload?.sha256 ?? EMPTY)
    return http.open(`${origin}${path}${text === '' ? '' : `?${text}`}`, { ...signatures, ...headers }, upload?.bytes)
  }
}

/** S3 wants each segment encoded once, all but the unreserved characters. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

/** Reads a body to its end, or throws when it has more bytes than that. */
export const textUpTo = async (body: AsyncIterable<Uint8Array>, limit: number): Promise<string> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > limit) throw new Error('the answer does not end')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** A status, and the code of the error that S3 says with it. */
export const refusalText = (status: number, body: string): string => `${status} ${/<Code>([^<]{1,64})</.exec(body)?.[1] ?? ''}`.trim()
