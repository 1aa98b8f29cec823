import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** A bucket. Names are an account's own here; its objects belong to the region that it was made in. */
export interface Bucket {
  /** Never used again. */
  readonly id: number
  readonly tenant: Tenant
  readonly name: string
  readonly createdAt: EpochMillis
  /** What was set and is shown again: JSON values in the form of S3's model, by the names of this union. */
  readonly documents: Readonly<Partial<Record<BucketDocument, unknown>>>
  readonly expiry: readonly ExpiryRule[]
}

export type BucketDocument = 'lifecycle' | 'encryption' | 'publicAccessBlock' | 'versioning' | 'tagging' | 'ownership' | 'cors' | 'policy' | 'transitionMinimum'

/** What of a lifecycle rule deletes. A rule counts for keys with the prefix, all the tags, and sizes strictly between the bounds, in bytes. */
export interface ExpiryRule {
  readonly prefix: string
  readonly tags?: readonly ObjectTag[] | undefined
  readonly largerThan?: number | undefined
  readonly smallerThan?: number | undefined
  /** Days after the object was written, rounded up to the next midnight UTC. */
  readonly afterDays?: number | undefined
  readonly at?: EpochMillis | undefined
  /** Days after a multipart upload began. */
  readonly abortUploadsAfterDays?: number | undefined
}

/** One file of bytes on disk. */
export interface ObjectPart {
  readonly blob: string
  readonly size: number
}

/** The content type of what the house itself writes out of log groups: nobody wants it back in one. */
export const EXPORTED = 'application/x-gzip; profile=log-export'

export interface ObjectTag {
  readonly Key: string
  readonly Value: string
}

/** What the writer said of an object, and reads are told again. */
export interface ObjectAttributes {
  readonly contentType?: string | undefined
  readonly contentEncoding?: string | undefined
  readonly contentLanguage?: string | undefined
  readonly contentDisposition?: string | undefined
  readonly cacheControl?: string | undefined
  /** As it was written. */
  readonly expires?: string | undefined
  readonly metadata?: Readonly<Record<string, string>> | undefined
  readonly checksum?: ObjectChecksum | undefined
  readonly websiteRedirect?: string | undefined
  readonly storageClass?: string | undefined
  /** The upload that it was put by in parts: who completes it again is answered as before. */
  readonly uploadId?: string | undefined
  /** The one thing of these that is changed later. */
  readonly tags?: readonly ObjectTag[] | undefined
}

export interface ObjectChecksum {
  readonly algorithm: string
  /** Base64. */
  readonly value: string
  readonly type: 'FULL_OBJECT' | 'COMPOSITE'
  /** Of the parts that a composite one is over, in base64. */
  readonly parts?: readonly string[]
}

/** What lists show of an object. */
export interface ObjectSummary {
  readonly key: string
  readonly size: number
  /** Without quotes. */
  readonly etag: string
  readonly modifiedAt: EpochMillis
  readonly checksum?: Pick<ObjectChecksum, 'algorithm' | 'type'> | undefined
  /** Undefined: the ordinary one. */
  readonly storageClass?: string | undefined
}

export interface StoredObject extends ObjectSummary {
  readonly version: string
  /** In order; empty for an object without bytes. */
  readonly parts: readonly ObjectPart[]
  readonly attributes: ObjectAttributes
}

/** Which version its tags are asked of or set for: the one that was looked at. */
export interface ObjectSpot {
  readonly bucketId: number
  readonly key: string
  readonly version: string
}

/** What must be there for a write to take place: nothing, or an object with this ETag (any, `*`). */
export type WriteCondition = { readonly kind: 'absent' } | { readonly kind: 'etag'; readonly etag: string }

/** `gone`: the bucket was deleted meanwhile; `exists`, `differs`, `missing`: the condition does not hold. */
export type WriteOutcome = 'written' | 'gone' | 'exists' | 'differs' | 'missing'

/** A multipart upload under way. */
export interface Upload {
  readonly id: string
  readonly key: string
  readonly startedAt: EpochMillis
  readonly attributes: ObjectAttributes
  /** What was asked for; without it the object gets a CRC64NVME, and nothing of it is shown before. */
  readonly checksum: Pick<ObjectChecksum, 'algorithm' | 'type'> | undefined
}

export interface UploadedPart {
  readonly number: number
  /** Undefined for a part without bytes. */
  readonly blob: string | undefined
  readonly size: number
  readonly etag: string
  readonly modifiedAt: EpochMillis
  /** Base64, of the upload's algorithm. */
  readonly checksum: string | undefined
}

/** A version of an object that came to be, as the house tells of it: once, in the order of `id`. */
export interface ObjectEntry {
  readonly id: number
  readonly tenant: Tenant
  readonly bucket: string
  readonly key: string
  readonly version: string
  readonly size: number
  readonly etag: string
  readonly at: EpochMillis
  readonly contentType: string | undefined
  readonly contentEncoding: string | undefined
  /** Kept until every follower is past this entry, though the object may be overwritten or deleted meanwhile. */
  readonly parts: readonly ObjectPart[]
}
