import type { Entropy } from '../../base/entropy.ts'
import type { BodyStore, BucketStore, ObjectStore, UploadStore } from './ports.ts'

/** What the operations share. */
export interface S3Parts {
  readonly buckets: BucketStore
  readonly objects: ObjectStore
  readonly uploads: UploadStore
  readonly bodies: BodyStore
  readonly entropy: Entropy
  /** How the server is reached from outside, without a slash at its end. */
  readonly publicUrl: string
}
