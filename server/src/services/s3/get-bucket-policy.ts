import type { GetBucketPolicyCommandInput, GetBucketPolicyOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownPolicy } from './bucket-policy.ts'
import type { S3Parts } from './parts.ts'

export const getBucketPolicy = ({ buckets }: S3Parts) =>
  operation<GetBucketPolicyCommandInput, GetBucketPolicyOutput>({
    name: 'GetBucketPolicy',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    run: async (input, { tenant }) => ({ Policy: await shownPolicy(buckets, input, tenant) }),
  })
