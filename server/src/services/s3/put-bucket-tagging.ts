import type { PutBucketTaggingCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'
import { requireTags } from './tags.ts'
import { DIGESTS } from './unsupported.ts'

export const putBucketTagging = ({ buckets }: S3Parts) =>
  operation<PutBucketTaggingCommandInput, void>({
    name: 'PutBucketTagging',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      ...DIGESTS,
    ],
    async run(input, { tenant }) {
      const tags = requireTags(input.Tagging?.TagSet ?? [], 'bucket')
      await setDocument(buckets, input, tenant, 'tagging', tags.length === 0 ? undefined : tags)
    },
  })
