import type { PutPublicAccessBlockCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'
import { DIGESTS } from './unsupported.ts'

export const putPublicAccessBlock = ({ buckets }: S3Parts) =>
  operation<PutPublicAccessBlockCommandInput, void>({
    name: 'PutPublicAccessBlock',
    permission: 'PutBucketPublicAccessBlock',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      ...DIGESTS,
      { member: 'PublicAccessBlockConfiguration', how: 'kept and shown; nothing is public anyhow' },
    ],
    run: (input, { tenant }) => setDocument(buckets, input, tenant, 'publicAccessBlock', input.PublicAccessBlockConfiguration),
  })
