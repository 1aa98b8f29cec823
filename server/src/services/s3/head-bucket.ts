import type { HeadBucketCommandInput, HeadBucketOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'

export const headBucket = ({ buckets }: S3Parts) =>
  operation<HeadBucketCommandInput, HeadBucketOutput>({
    name: 'HeadBucket',
    permission: 'ListBucket',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'BucketLocationType', how: 'never there' },
      { member: 'BucketLocationName', how: 'never there' },
    ],
    run: async (input, { tenant }) => ({
      BucketArn: bucketArn(input),
      BucketRegion: (await bucketOf(buckets, input, tenant)).tenant.region,
      AccessPointAlias: false,
    }),
  })
