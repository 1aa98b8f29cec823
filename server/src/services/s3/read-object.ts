import type { GetObjectCommandInput } from '@aws-sdk/client-s3'
import type { Bucket, StoredObject } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import type { Call } from '../operation.ts'
import { shownAttributes } from './attributes.ts'
import { bucketOf } from './bucket-of.ts'
import { shownChecksum, type Checksums } from './checksums.ts'
import { checkRead } from './conditions.ts'
import { ENCRYPTED } from './encryption.ts'
import { expirationOf } from './expiration.ts'
import { invalidArgument, invalidRequest, noSuchKey } from './faults.ts'
import { requireKey, requireNullVersion } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { rangeOf } from './range.ts'
import { refuseUnsupported } from './unsupported.ts'

/** Members of GetObject and HeadObject that are not as on AWS. */
export const READ_MEMBERS = [
  'ServerSideEncryption', 'SSECustomerAlgorithm', 'SSEKMSKeyId', 'BucketKeyEnabled', 'RequestPayer', 'RequestCharged',
  'VersionId', 'DeleteMarker', 'Restore',
  'ReplicationStatus', 'MissingMeta', 'ExpiresString', 'StorageClass',
]

type Asked = Omit<GetObjectCommandInput, 'ResponseExpires'> & { readonly ResponseExpires?: Date | undefined }

interface FoundObject {
  readonly bucket: Bucket
  readonly object: StoredObject
  readonly from: number
  readonly to: number
  /** What headers say of it. */
  readonly headers: ReturnType<typeof shownAttributes> & {
    readonly ContentLength: number
    readonly ContentRange?: string
    readonly PartsCount?: number
    readonly Expiration?: string
  }
}

/** The object that is asked for, and which of its bytes, by GetObject and HeadObject alike. */
export const findObject = async (
  { buckets, objects }: Pick<S3Parts, 'buckets' | 'objects'>,
  input: Asked,
  { tenant, now }: Pick<Call, 'tenant' | 'now'>,
): Promise<FoundObject> => {
  const key = requireKey(input.Key)
  const bucket = await bucketOf(buckets, input, tenant)
  refuseUnsupported(input)
  requireNullVersion(input.VersionId)
  const object = await objects.get(bucket.id, key)
  if (object === undefined) throw noSuchKey(key)
  checkRead(object, input, { now })
  const { from, to, partly } = piece(object, input)
  const headers = {
    ...shownAttributes(object),
    ...replaced(input),
    ...(input.ChecksumMode === 'ENABLED' ? checksumOf(object, input.PartNumber, to - from === object.size) : {}),
    ...ENCRYPTED,
    ...expirationOf(bucket, object),
    ContentLength: to - from,
    ...(partly && object.size > 0 ? { ContentRange: `bytes ${from}-${to - 1}/${object.size}` } : {}),
    ...(input.PartNumber === undefined ? {} : partsCount(object)),
  }
  return { bucket, object, from, to, headers }
}

/** Of all of it, or of the one part that is read: of other pieces there is none. */
const checksumOf = ({ attributes: { checksum } }: StoredObject, part: number | undefined, whole: boolean): Checksums => {
  if (checksum?.type === 'COMPOSITE' && part !== undefined) {
    const value = checksum.parts?.[part - 1]
    return value === undefined ? {} : shownChecksum({ ...checksum, value })
  }
  return whole ? shownChecksum(checksum) : {}
}

/** Of an object that was put in parts, which its ETag tells. */
const partsCount = ({ etag }: StoredObject): { readonly PartsCount?: number } => {
  const [, count] = etag.split('-')
  return count === undefined ? {} : { PartsCount: Number(count) }
}

const piece = (
  { size, parts }: StoredObject,
  { Range: range, PartNumber: number }: Asked,
): { readonly from: number; readonly to: number; readonly partly: boolean } => {
  if (number === undefined) {
    const asked = rangeOf(range, size)
    return { from: 0, to: size, ...asked, partly: asked !== undefined }
  }
  if (range !== undefined) throw invalidRequest('Cannot specify both Range header and partNumber query parameter')
  if (!Number.isSafeInteger(number) || number < 1 || number > 10_000) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', String(number))
  }
  if (number > Math.max(1, parts.length)) {
    const members = { PartNumberRequested: String(number), ActualPartCount: String(Math.max(1, parts.length)) }
    throw new Fault('InvalidPartNumber', 'The requested partnumber is not satisfiable', { status: 416, members })
  }
  const from = parts.slice(0, number - 1).reduce((sum, part) => sum + part.size, 0)
  return { from, to: from + (parts[number - 1]?.size ?? 0), partly: true }
}

/** What the reader wants to be told instead of what the writer said. */
const replaced = (input: Asked): object => {
  const {
    ResponseCacheControl,
    ResponseContentDisposition,
    ResponseContentEncoding,
    ResponseContentLanguage,
    ResponseContentType,
    ResponseExpires,
  } = input
  const given = {
    CacheControl: ResponseCacheControl,
    ContentDisposition: ResponseContentDisposition,
    ContentEncoding: ResponseContentEncoding,
    ContentLanguage: ResponseContentLanguage,
    ContentType: ResponseContentType,
    Expires: ResponseExpires,
  }
  for (const value of Object.values(given)) {
    if (typeof value === 'string' && /[^\t\x20-\x7E\x80-\xFF]/.test(value)) {
      throw invalidRequest('A header of the answer may hold no such characters.')
    }
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
