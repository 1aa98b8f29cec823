import type { DeletePublicAccessBlockCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const deletePublicAccessBlock = ({ buckets }: S3Parts) =>
  operation<DeletePublicAccessBlockCommandInput, void>({
    name: 'DeletePublicAccessBlock',
    permission: 'PutBucketPublicAccessBlock',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    run: (input, { tenant }) => setDocument(buckets, input, tenant, 'publicAccessBlock', null),
  })
