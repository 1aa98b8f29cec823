import type { EpochMillis } from '../../base/time.ts'
import { bodyOf, type StreamedBody } from '../../services/s3/receive-body.ts'
import { escapeXml } from '../../wire/aws-query/xml.ts'
import { Fault } from '../../wire/fault.ts'
import { formBoundary, type UploadForm } from '../../wire/form-data/form-data.ts'
import type { WireReply } from '../../wire/protocol.ts'
import { bucketOfHost } from '../../wire/rest-xml/address.ts'
import type { ArrivingRequest } from './arriving-request.ts'
import { checkPolicy } from './post-policy.ts'

/** Of an object that is not put in parts, as S3's: 5 GiB. */
const MAX_BODY = 5 * 1024 ** 3

type Head = Pick<ArrivingRequest, 'method' | 'path' | 'headers'>

/** Whether a browser puts an object by a form: a POST of one to a bucket, which the path or the host names. */
export const postsForm = ({ method, path, headers }: Head): boolean =>
  method === 'POST' && formBoundary(headers['content-type']) !== undefined && (/^\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/?$/.test(path) || (path === '/' && bucketOfHost(headers['host'], []) !== undefined))

interface FormPut {
  readonly key: string
  /** What the fields say of the object, as PutObject's headers say it. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: StreamedBody
}

/** What the form puts, by S3's names of fields: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTForms.html. Throws what its policy does not allow. */
export const putOfForm = ({ fields, fileName, file }: UploadForm, bucket: string, now: EpochMillis, isChecked: boolean): FormPut => {
  const given = fields.get('key')
  if (given === undefined) {
    const text = "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields."
    throw new Fault('InvalidArgument', text, { members: { ArgumentName: 'key', ArgumentValue: '' } })
  }
  const key = given.replaceAll('${filename}', fileName)
  const said = new Map([...fields, ['bucket', bucket], ['key', key]])
  const { least, most } = isChecked ? checkPolicy(fields.get('policy') ?? '', said, now) : { least: 0, most: MAX_BODY }
  const headers: Record<string, string> = {}
  for (const [name, value] of fields) {
    if (SAYS.test(name) && !SIGNS.test(name)) headers[name === 'acl' ? 'x-amz-acl' : name] = value
  }
  if (fields.has('tagging')) throw new Fault('NotImplemented', 'A header you provided implies functionality that is not implemented: tags in a form', { status: 501, retryable: false })
  return { key, headers, body: bodyOf(within(file, least, Math.min(most, MAX_BODY))) }
}

const SAYS = /^(?:acl|cache-control|content-type|content-disposition|content-encoding|content-language|content-md5|expires|x-amz-.+)$/
const SIGNS = /^x-amz-(?:algorithm|credential|date|signature|security-token)$/

async function* within(file: AsyncIterable<Uint8Array>, least: number, most: number): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const piece of file) {
    size += piece.length
    if (size > most) {
      throw new Fault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', { members: { ProposedSize: String(size), MaxSizeAllowed: String(most) } })
    }
    yield piece
  }
  if (size < least) {
    throw new Fault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', { members: { ProposedSize: String(size), MinSizeAllowed: String(least) } })
  }
}

/** What the browser gets: nothing, a document, or another page, as the form asks for it. */
export const formReply = (put: WireReply, { headers, secure }: Pick<ArrivingRequest, 'headers' | 'secure'>, bucket: string, key: string, fields: ReadonlyMap<string, string>): WireReply => {
  const etag = put.headers['etag'] ?? ''
  const path = `${encodeURIComponent(bucket)}/${key.split('/').map(encodeURIComponent).join('/')}`
  const location = `${secure ? 'https' : 'http'}://${headers['host'] ?? 'localhost'}/${path}`
  const page = fields.get('success_action_redirect') ?? fields.get('redirect')
  if (page !== undefined && URL.canParse(page) && /^https?:/.test(page)) {
    const address = new URL(page)
    for (const [name, value] of [['bucket', bucket], ['key', key], ['etag', etag]] as const) address.searchParams.append(name, value)
    return { status: 303, headers: { ...put.headers, location: address.href }, body: '' }
  }
  const status = fields.get('success_action_status')
  if (status !== '201') return { status: status === '200' ? 200 : 204, headers: { ...put.headers, location }, body: '' }
  const words = [['Location', location], ['Bucket', bucket], ['Key', key], ['ETag', etag]].map(([name, value]) => `<${name}>${escapeXml(value ?? '')}</${name}>`)
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse>${words.join('')}</PostResponse>`
  return { status: 201, headers: { ...put.headers, location, 'content-type': 'application/xml' }, body }
}
