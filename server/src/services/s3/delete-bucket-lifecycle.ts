import type { DeleteBucketLifecycleCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import { noSuchBucket } from './faults.ts'
import type { S3Parts } from './parts.ts'

export const deleteBucketLifecycle = ({ buckets }: S3Parts) =>
  operation<DeleteBucketLifecycleCommandInput, void>({
    name: 'DeleteBucketLifecycle',
    permission: 'PutLifecycleConfiguration',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    async run(input, { tenant }) {
      const bucket = await bucketOf(buckets, input, tenant)
      const kept = await buckets.change(bucket.id, ({ documents }) => ({ documents: { ...documents, lifecycle: undefined }, expiry: [] }))
      if (!kept) throw noSuchBucket(bucket.name)
    },
  })
