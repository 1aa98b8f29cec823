import type { BucketLocationConstraint, GetBucketLocationCommandInput, GetBucketLocationOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'

export const getBucketLocation = ({ buckets }: S3Parts) =>
  operation<GetBucketLocationCommandInput, GetBucketLocationOutput>({
    name: 'GetBucketLocation',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    async run(input, { tenant }) {
      const { region } = (await bucketOf(buckets, input, tenant)).tenant
      // The first region has no constraint: it is older than them.
      return region === 'us-east-1' ? {} : { LocationConstraint: region as string as BucketLocationConstraint }
    },
  })
