import type { PutBucketTaggingCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'
import { requireTags } from './tags.ts'

export const putBucketTagging = ({ buckets }: S3Parts) =>
  operation<PutBucketTaggingCommandInput, void>({
    name: 'PutBucketTagging',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'ContentMD5', how: 'checked where it is given' },
      { member: 'ChecksumAlgorithm', how: 'a checksum is checked where it is given' },
    ],
    run: async (input, { tenant }) => setDocument(buckets, input, tenant, 'tagging', requireTags(input.Tagging?.TagSet ?? [])),
  })
