import type { Clock } from '../../base/clock.ts'
import { epochMillis } from '../../base/time.ts'
import { BrokenObject } from '../../jobs/drops/broken-object.ts'
import type { RemoteBucket, RemoteObject } from '../../jobs/drops/remote-drops.ts'
import { readXml, type XmlElement } from '../../wire/rest-xml/xml-read.ts'
import { canonicalRequest, objectPath } from '../../wire/sigv4/canonical.ts'
import { deriveSigningKey, sha256, sign, stringToSign } from '../../wire/sigv4/signature.ts'
import type { ExternalBucket } from '../config/external-buckets.ts'

interface Http {
  open(url: string, headers: Readonly<Record<string, string>>): Promise<{ readonly status: number; readonly body: AsyncIterable<Uint8Array> }>
}

/** A page of a list has a thousand keys of up to a kilobyte. */
const LARGEST_LIST = 8 * 1024 * 1024

/** An S3-compatible bucket, asked by path-style requests that are signed by version 4. */
export const s3Bucket = (definition: ExternalBucket, http: Http, clock: Clock): RemoteBucket => {
  const { origin, bucket, prefix, logGroup } = definition
  const get = (key: string, query: Readonly<Record<string, string>>, more: Readonly<Record<string, string>> = {}) => {
    const path = `/${[bucket, ...key.split('/')].map(encoded).join('/')}`
    const text = Object.entries(query).map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
    return http.open(`${origin}${path}${text === '' ? '' : `?${text}`}`, { ...signed(definition, clock, path, text), ...more })
  }
  return {
    source: `${origin}/${bucket}/${prefix}`,
    bucket,
    logGroup,
    async *list() {
      for (let token: string | undefined; ;) {
        const { status, body } = await get('', {
          'encoding-type': 'url', 'list-type': '2', 'max-keys': '1000', prefix, ...(token === undefined ? {} : { 'continuation-token': token }),
        })
        const text = await whole(body)
        if (status !== 200) throw new Error(`listing was answered with ${status} ${/<Code>([^<]{1,64})</.exec(text)?.[1] ?? ''}`.trim())
        const root = readXml(text)
        if (root === undefined) throw new Error('the list is no XML')
        yield root.children.filter(({ name }) => name === 'Contents').map(objectOf)
        token = textOf(root, 'IsTruncated') === 'true' ? textOf(root, 'NextContinuationToken') : undefined
        if (token === undefined || token === '') return
      }
    },
    async read({ key, version }) {
      const { status, body } = await get(key, {}, { 'if-match': version.slice(0, version.lastIndexOf(' ')) })
      if (status === 200) return body
      for await (const _ of body) break
      if (status >= 400 && status < 500 && ![404, 408, 412, 429].includes(status)) throw new BrokenObject('unreadable', `The bucket answers ${status}.`)
      throw new Error(`reading ${key} was answered with ${status}`)
    },
  }
}

/** S3 wants each segment encoded once, all but the unreserved characters. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll(/[!'()*]/g, character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)

const EMPTY = sha256('')

const signed = ({ origin, region, accessKeyId, secretAccessKey }: ExternalBucket, clock: Clock, path: string, query: string): Readonly<Record<string, string>> => {
  const timestamp = new Date(clock.now()).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const headers = { host: new URL(origin).host, 'x-amz-content-sha256': EMPTY, 'x-amz-date': timestamp }
  if (accessKeyId === '') return headers
  const credential = { accessKeyId, date: timestamp.slice(0, 8), region, service: 's3' }
  const names = Object.keys(headers).sort()
  const canonical = canonicalRequest({ method: 'GET', path, query, headers, body: Buffer.alloc(0) }, names, EMPTY, objectPath)
  const signature = sign(deriveSigningKey(secretAccessKey, credential), stringToSign(timestamp, credential, canonical)).toString('hex')
  const scope = `${credential.date}/${region}/s3/aws4_request`
  return { ...headers, authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}` }
}

const whole = async (body: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of body) {
    bytes += piece.length
    if (bytes > LARGEST_LIST) throw new Error('the list does not end')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** The version is the quoted ETag and when it was written: the same bytes put again are another version. */
const objectOf = (contents: XmlElement): RemoteObject => {
  const modified = textOf(contents, 'LastModified')
  return {
    key: decodeURIComponent(textOf(contents, 'Key').replaceAll('+', ' ')),
    version: `${textOf(contents, 'ETag')} ${modified}`,
    size: Number(textOf(contents, 'Size')),
    modifiedAt: epochMillis(Date.parse(modified)),
  }
}

const textOf = (element: XmlElement, name: string): string => element.children.find(child => child.name === name)?.text ?? ''
