import type { AccountId, Tenant } from '../../base/tenancy.ts'
import type {
  Bucket,
  ObjectPart,
  ObjectSpot,
  ObjectSummary,
  ObjectTag,
  StoredObject,
  Upload,
  UploadedPart,
  WriteCondition,
  WriteOutcome,
} from '../../model/object.ts'

export interface BucketStore {
  get(account: AccountId, name: string): Promise<Bucket | undefined>
  /** By name in code units. */
  list(account: AccountId): Promise<readonly Bucket[]>
  /** False when the account has one of that name. */
  create(tenant: Tenant, bucket: Omit<Bucket, 'id' | 'tenant'>): Promise<boolean>
  /** False when the bucket is gone. */
  change(id: number, change: (bucket: Bucket) => Pick<Bucket, 'documents' | 'expiry'>): Promise<boolean>
  delete(id: number): Promise<'deleted' | 'not-empty'>
}

export interface ObjectStore {
  get(bucketId: number, key: string): Promise<StoredObject | undefined>
  /** Up to `limit` in the order of their keys' UTF-8 bytes. */
  page(bucketId: number, from: { readonly key: string; readonly inclusive: boolean }, limit: number): Promise<readonly ObjectSummary[]>
  put(bucket: Bucket, object: StoredObject, condition?: WriteCondition): Promise<WriteOutcome>
  /** Of this very version; false when it is gone, or another has taken its place. */
  tag(spot: ObjectSpot, tags: readonly ObjectTag[] | undefined): Promise<boolean>
  /** Answers what was not deleted. */
  delete(
    bucketId: number,
    keys: readonly { readonly key: string; readonly etag?: string | undefined }[],
  ): Promise<readonly { readonly key: string; readonly why: 'missing' | 'differs' }[]>
}

export interface UploadStore {
  get(bucketId: number, key: string, id: string): Promise<Upload | undefined>
  page(bucketId: number, after: { readonly key: string; readonly id: string | undefined }, limit: number): Promise<readonly Upload[]>
  start(bucketId: number, upload: Upload): Promise<void>
  /** False when the upload has ended meanwhile. */
  putPart(id: string, part: UploadedPart): Promise<boolean>
  parts(id: string, after: number, limit: number): Promise<readonly UploadedPart[]>
  complete(bucket: Bucket, id: string, object: StoredObject, condition?: WriteCondition): Promise<WriteOutcome | 'ended'>
  abort(bucketId: number, key: string, id: string): Promise<boolean>
}

/** Bytes of objects, in files that are never changed. */
export interface BodyStore {
  /** On the disk when it resolves; nothing is left when it throws. Answers the length; an empty body makes no file. */
  write(blob: string, source: AsyncIterable<Uint8Array>): Promise<number>
  copy(from: string, to: string): Promise<void>
  /** They are known to the other stores now. */
  settle(blobs: readonly string[]): Promise<void>
  remove(blobs: readonly string[]): Promise<void>
  /** From `from` up to `to`, exclusive. Throws an error named `BodyGone` when a newer version has taken the object's place. */
  read(parts: readonly ObjectPart[], from: number, to: number): Promise<AsyncIterable<Uint8Array>>
}
