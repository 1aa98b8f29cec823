import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

/** Where the objects of a bucket go that begin with a prefix; the longest prefix decides. */
export interface DropRule {
  readonly tenant: Tenant
  readonly bucket: string
  readonly prefix: string
  /** Undefined: these objects hold no logs, and are left alone. */
  readonly logGroup: string | undefined
}

/** What the sources of the house's own buckets begin with. */
export const OWN_BUCKETS = 's3://'

/** One version of an object that holds logs, wherever it lies. */
export interface DropVersion {
  readonly tenant: Tenant
  /** `s3://bucket` for a bucket of the house, a folder's path, or the address of a bucket elsewhere. */
  readonly source: string
  readonly key: string
  /** The same key with other content has another one. */
  readonly version: string
  /** In bytes, as it lies there. */
  readonly size: number
  readonly modifiedAt: EpochMillis
}

/** How far an object has come. */
export interface DropProgress {
  readonly state: 'taking' | 'taken' | 'quarantined'
  readonly logGroup: string
  readonly stream: string
  /** So many events from the beginning of the object are in the group for good. */
  readonly events: number
  /** The batch that follows them: it may be in the group, or not. */
  readonly claim: DropClaim | undefined
}

export interface DropClaim {
  readonly firstSeq: bigint
  readonly count: number
}

/** An object that could not be read to its end. */
export interface QuarantinedDrop extends DropVersion {
  readonly id: number
  readonly logGroup: string
  readonly stream: string
  /** What was read before it broke; these events stay. */
  readonly events: number
  readonly reason: string
  readonly detail: string
  readonly quarantinedAt: EpochMillis
}
