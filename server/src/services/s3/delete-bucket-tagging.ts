import type { DeleteBucketTaggingCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const deleteBucketTagging = ({ buckets }: S3Parts) =>
  operation<DeleteBucketTaggingCommandInput, void>({
    name: 'DeleteBucketTagging',
    permission: 'PutBucketTagging',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    run: (input, { tenant }) => setDocument(buckets, input, tenant, 'tagging', undefined),
  })
