import type { PutPublicAccessBlockCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const putPublicAccessBlock = ({ buckets }: S3Parts) =>
  operation<PutPublicAccessBlockCommandInput, void>({
    name: 'PutPublicAccessBlock',
    permission: 'PutBucketPublicAccessBlock',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'ContentMD5', how: 'checked where it is given' },
      { member: 'ChecksumAlgorithm', how: 'a checksum is checked where it is given' },
      { member: 'PublicAccessBlockConfiguration', how: 'kept and shown; nothing is public anyhow' },
    ],
    run: (input, { tenant }) => setDocument(buckets, input, tenant, 'publicAccessBlock', input.PublicAccessBlockConfiguration),
  })
