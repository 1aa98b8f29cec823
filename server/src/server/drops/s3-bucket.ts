import type { Clock } from '../../base/clock.ts'
import { epochMillis } from '../../base/time.ts'
import { BrokenObject } from '../../jobs/drops/broken-object.ts'
import type { RemoteBucket, RemoteObject } from '../../jobs/drops/remote-drops.ts'
import { EXPORTED } from '../../model/object.ts'
import { readXml, type XmlElement } from '../../wire/rest-xml/xml-read.ts'
import type { ExternalBucket } from '../config/external-buckets.ts'
import { refusalText, s3Requests, textUpTo, type S3Http } from '../s3-requests.ts'

/** A page of a list has a thousand keys of up to a kilobyte. */
const LARGEST_LIST = 8 * 1024 * 1024

/** An S3-compatible bucket elsewhere. */
export const s3Bucket = (definition: ExternalBucket, http: S3Http, clock: Clock): RemoteBucket => {
  const { origin, bucket, prefix, logGroup } = definition
  const send = s3Requests(definition, http, clock)
  return {
    source: `${origin}/${bucket}/${prefix}`,
    bucket,
    logGroup,
    async *list() {
      for (let token: string | undefined; ;) {
        const query = { 'encoding-type': 'url', 'list-type': '2', 'max-keys': '1000', prefix, ...(token === undefined ? {} : { 'continuation-token': token }) }
        const { status, body } = await send({ key: '', query })
        const text = await textUpTo(body, LARGEST_LIST)
        if (status !== 200) throw new Error(`listing was answered with ${refusalText(status, text)}`)
        const root = readXml(text)
        if (root === undefined) throw new Error('the list is no XML')
        yield root.children.filter(({ name }) => name === 'Contents').map(objectOf)
        token = textOf(root, 'IsTruncated') === 'true' ? textOf(root, 'NextContinuationToken') : undefined
        if (token === undefined || token === '') return
      }
    },
    async read({ key, version }) {
      const { status, contentType, body } = await send({ key, headers: { 'if-match': version.slice(0, version.lastIndexOf(' ')) } })
      if (status === 200 && contentType !== EXPORTED) return body
      for await (const _ of body) break
      // What was exported is not taken in again.
      if (status === 200) return nothing()
      if (status >= 400 && status < 500 && ![404, 408, 412, 429].includes(status)) throw new BrokenObject('unreadable', `The bucket answers ${status}.`)
      throw new Error(`reading ${key} was answered with ${status}`)
    },
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

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
