import type { Tenant } from '../../base/tenancy.ts'
import type { BucketDocument } from '../../model/object.ts'
import { bucketOf } from './bucket-of.ts'
import { noSuchBucket } from './faults.ts'
import type { BucketStore } from './ports.ts'

type Named = Parameters<typeof bucketOf>[1]

/** What was set, in the form of S3's model; undefined where nothing was, null where it was taken away and S3 knows the difference. */
export const shownDocument = async <Value>(
  buckets: BucketStore,
  input: Named,
  tenant: Tenant,
  name: BucketDocument,
): Promise<Value | undefined | null> =>
  // Its own operation wrote it, so its form is known.
  (await bucketOf(buckets, input, tenant)).documents[name] as Value | undefined | null

/** Sets it; undefined or null takes it away. */
export const setDocument = async (
  buckets: BucketStore,
  input: Named,
  tenant: Tenant,
  name: BucketDocument,
  value: unknown,
): Promise<void> => {
  const bucket = await bucketOf(buckets, input, tenant)
  const kept = await buckets.change(bucket.id, ({ documents, expiry }) => ({ documents: { ...documents, [name]: value }, expiry }))
  if (!kept) throw noSuchBucket(bucket.name)
}
