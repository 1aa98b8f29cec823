import type { DeleteBucketCorsCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const deleteBucketCors = ({ buckets }: S3Parts) =>
  operation<DeleteBucketCorsCommandInput, void>({
    name: 'DeleteBucketCors',
    permission: 'PutBucketCORS',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    run: (input, { tenant }) => setDocument(buckets, input, tenant, 'cors', undefined),
  })
