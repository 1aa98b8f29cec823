import type { DeleteBucketPolicyCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const deleteBucketPolicy = ({ buckets }: S3Parts) =>
  operation<DeleteBucketPolicyCommandInput, void>({
    name: 'DeleteBucketPolicy',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    run: (input, { tenant }) => setDocument(buckets, input, tenant, 'policy', undefined),
  })
