import { createHmac, timingSafeEqual } from 'node:crypto'
import type { EpochMillis } from '../../base/time.ts'
import { formValue } from '../aws-query/form.ts'
import { Fault } from '../fault.ts'
import type { WireRequest } from '../protocol.ts'
import type { SigningSecret } from '../sigv4/verify.ts'

/**
 * S3's signature version 2 in the query string. AWS takes it for buckets of before 2020; the AWS CLI and boto3 still write it into
 * presigned addresses of us-east-1, unless they are told otherwise.
 */
export const isPresigned = ({ query }: Pick<WireRequest, 'query'>): boolean => /(?:^|&)AWSAccessKeyId=/.test(query)

interface Verification<Key extends SigningSecret> {
  readonly request: WireRequest
  /** Named by the host: the path lacks it then. */
  readonly bucket: string | undefined
  readonly now: EpochMillis
  readonly lookup: (accessKeyId: string) => Promise<Key | undefined>
}

/** Throws S3's faults. */
export const verifyPresigned = async <Key extends SigningSecret>({ request, bucket, now, lookup }: Verification<Key>): Promise<void> => {
  const [id, signature, expires] = ['AWSAccessKeyId', 'Signature', 'Expires'].map(name => formValue(request.query, name))
  if (id === undefined || signature === undefined || expires === undefined) {
    throw denied('Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters')
  }
  if (!/^\d{1,12}$/.test(expires)) throw denied(`Invalid date (should be seconds since epoch): ${expires.slice(0, 64)}`)
  if (Number(expires) * 1000 < now) throw denied('Request has expired', { Expires: isoTime(Number(expires) * 1000), ServerTime: isoTime(now) })
  const key = await lookup(id)
  if (key === undefined || key.status !== 'Active') {
    throw new Fault('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', { status: 403, members: { AWSAccessKeyId: id } })
  }
  const text = stringToSign(request, bucket, expires)
  const right = createHmac('sha1', key.secret).update(text).digest()
  const given = Buffer.from(signature, 'base64')
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw new Fault('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', {
      status: 403,
      members: { AWSAccessKeyId: id, StringToSign: text, SignatureProvided: signature, StringToSignBytes: (Buffer.from(text).toString('hex').match(/../g) ?? []).join(' ') },
    })
  }
  const { temporary } = key
  const token = request.headers['x-amz-security-token'] ?? formValue(request.query, 'x-amz-security-token')
  if (temporary?.sessionToken !== token) throw new Fault('InvalidToken', 'The provided token is malformed or otherwise invalid.')
  if (temporary !== undefined && temporary.expiresAt <= now) throw new Fault('ExpiredToken', 'The provided token has expired.')
}

/** Of the query, what says what is asked for. */
const RESOURCES: ReadonlySet<string> = new Set([
  'accelerate', 'acl', 'analytics', 'cors', 'defaultObjectAcl', 'delete', 'encryption', 'inventory', 'lifecycle', 'location', 'logging', 'metrics', 'notification',
  'object-lock', 'ownershipControls', 'partNumber', 'policy', 'policyStatus', 'publicAccessBlock', 'replication', 'requestPayment', 'restore', 'retention',
  'legal-hold', 'response-cache-control', 'response-content-disposition', 'response-content-encoding', 'response-content-language', 'response-content-type',
  'response-expires', 'select', 'select-type', 'storageClass', 'tagging', 'torrent', 'uploadId', 'uploads', 'versionId', 'versioning', 'versions', 'website',
])

const stringToSign = ({ method, path, query, headers }: WireRequest, bucket: string | undefined, expires: string): string => {
  const pairs = query.split('&').map((pair): readonly [string, string | undefined] => {
    const equals = pair.indexOf('=')
    return equals === -1 ? [pair, undefined] : [pair.slice(0, equals), formValue(pair, pair.slice(0, equals))]
  })
  const own = new Map<string, string>()
  for (const [name, value] of [...Object.entries(headers), ...pairs]) {
    const lower = name.toLowerCase()
    if (value !== undefined && lower.startsWith('x-amz-')) own.set(lower, value.trim())
  }
  const of = (name: string): string => headers[name] ?? formValue(query, name) ?? ''
  const resources = pairs.filter(([name]) => RESOURCES.has(name)).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const asked = resources.map(([name, value]) => (value === undefined ? name : `${name}=${value}`)).join('&')
  return [
    method,
    of('content-md5'),
    of('content-type'),
    expires,
    ...[...own].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => `${name}:${value}`),
    `${bucket === undefined ? '' : `/${bucket}`}${path}${asked === '' ? '' : `?${asked}`}`,
  ].join('\n')
}

const denied = (message: string, members: Readonly<Record<string, string>> = {}): Fault => new Fault('AccessDenied', message, { status: 403, members })

const isoTime = (millis: number): string => new Date(millis).toISOString().replace(/\.\d{3}Z$/, 'Z')
