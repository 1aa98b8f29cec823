import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { Bucket, StoredObject } from '../../model/object.ts'
import { Fault } from '../../wire/fault.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { checkRead } from './conditions.ts'
import { invalidArgument, noSuchKey, notHere, preconditionFailed } from './faults.ts'
import { requireKey, requireNullVersion } from './object-key.ts'
import type { S3Parts } from './parts.ts'

interface Asked {
  readonly CopySource?: string | undefined
  readonly CopySourceIfMatch?: string | undefined
  readonly CopySourceIfNoneMatch?: string | undefined
  readonly CopySourceIfModifiedSince?: Date | undefined
  readonly CopySourceIfUnmodifiedSince?: Date | undefined
  readonly CopySourceSSECustomerAlgorithm?: string | undefined
  readonly CopySourceSSECustomerKey?: string | undefined
  readonly CopySourceSSECustomerKeyMD5?: string | undefined
  readonly ExpectedSourceBucketOwner?: string | undefined
}

/** Where the bytes of a copy come from. */
interface SourcePlace {
  readonly bucket: Bucket
  readonly key: string
}

/** The source's place, by CopyObject and UploadPartCopy alike; whether there is an object is not asked yet. */
export const sourcePlace = async ({ buckets }: Pick<S3Parts, 'buckets'>, asked: Asked, tenant: Tenant): Promise<SourcePlace> => {
  const { Bucket: name, Key: key } = parsed(asked.CopySource ?? '')
  const bucket = await bucketOf(buckets, { Bucket: name, ExpectedBucketOwner: asked.ExpectedSourceBucketOwner }, tenant)
  const { CopySourceSSECustomerAlgorithm, CopySourceSSECustomerKey, CopySourceSSECustomerKeyMD5 } = asked
  if ((CopySourceSSECustomerAlgorithm ?? CopySourceSSECustomerKey ?? CopySourceSSECustomerKeyMD5) !== undefined) {
    throw notHere("encryption with the customer's keys")
  }
  return { bucket, key }
}

/** The object that is there, if it is as the copier wants it. */
export const sourceObject = async (
  { objects }: Pick<S3Parts, 'objects'>,
  { bucket, key }: SourcePlace,
  asked: Asked,
  now: EpochMillis,
): Promise<StoredObject> => {
  const source = await objects.get(bucket.id, key)
  if (source === undefined) throw noSuchKey(key)
  const conditions = {
    IfMatch: asked.CopySourceIfMatch,
    IfNoneMatch: asked.CopySourceIfNoneMatch,
    IfModifiedSince: asked.CopySourceIfModifiedSince,
    IfUnmodifiedSince: asked.CopySourceIfUnmodifiedSince,
  }
  checkRead(source, conditions, { now, prefix: 'x-amz-copy-source-', unchanged: preconditionFailed })
  return source
}

/** What became of the copy: a source that was deleted or overwritten on the way counts as one that was not there. */
export const sourceFailure = (error: unknown, { key }: SourcePlace): unknown =>
  error instanceof Error && error.name === 'BodyGone' ? noSuchKey(key) : error

export const sourceArn = (text: string): string => objectArn(parsed(text))

/** `bucket/key`, encoded, perhaps with a slash in front, perhaps with a version. */
const parsed = (text: string): { readonly Bucket: string; readonly Key: string } => {
  const [path = '', query = ''] = text.split('?', 2)
  if (path.startsWith('arn:')) {
    throw new Fault('NotImplemented', 'Copying from an access point is not implemented.', { status: 501, retryable: false })
  }
  const version = /^versionId=(.*)$/.exec(query)?.[1]
  if (version !== undefined && version !== 'null') requireNullVersion(version)
  const bare = path.startsWith('/') ? path.slice(1) : path
  const slash = bare.indexOf('/')
  const decoded = slash < 1 ? undefined : decode(bare)
  if (decoded === undefined || slash === bare.length - 1) {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source')
  }
  const at = decoded.indexOf('/')
  return { Bucket: decoded.slice(0, at), Key: requireKey(decoded.slice(at + 1)) }
}

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
