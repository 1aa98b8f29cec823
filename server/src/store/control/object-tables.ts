import type { Generated } from 'kysely'
import type { Owned } from './owned.ts'

export interface BucketRow extends Owned {
  readonly id: Generated<number>
  readonly name: string
  readonly created_at: number
  readonly documents: string
  readonly expiry: string
}

export interface ObjectRow {
  readonly bucket_id: number
  readonly key: string
  readonly version: string
  readonly size: number
  readonly etag: string
  readonly modified_at: number
  readonly feed_id: number
  readonly attributes: string
  readonly parts: string
}

export interface UploadRow {
  readonly id: string
  readonly bucket_id: number
  readonly key: string
  readonly started_at: number
  readonly attributes: string
  readonly checksum_algorithm: string | null
  readonly checksum_type: string | null
}

export interface UploadPartRow {
  readonly upload_id: string
  readonly number: number
  readonly blob: string | null
  readonly size: number
  readonly etag: string
  readonly modified_at: number
  readonly checksum: string | null
}

export interface DropRuleRow extends Owned {
  readonly bucket: string
  readonly prefix: string
  readonly log_group: string | null
}

export interface DropRow extends Owned {
  readonly id: Generated<number>
  readonly source: string
  readonly key: string
  readonly version: string
  readonly size: number
  readonly modified_at: number
  readonly log_group: string
  readonly stream: string
  readonly state: 'taking' | 'taken' | 'quarantined'
  readonly events: number
  /** A 64-bit number in decimal digits. */
  readonly claim_seq: string | null
  readonly claim_count: number | null
  /** What has come of the claimed batch, apart by blanks; `what=seq` where it is events of their own numbers. */
  readonly claim_marks: string
  readonly reason: string | null
  readonly detail: string | null
  readonly at: number
}

export interface ObjectFeedRow extends Owned {
  readonly id: Generated<number>
  readonly bucket: string
  readonly key: string
  readonly version: string
  readonly size: number
  readonly etag: string
  readonly at: number
  readonly content_type: string | null
  readonly content_encoding: string | null
  readonly parts: string
}
