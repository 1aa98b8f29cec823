import type { GetBucketTaggingCommandInput, GetBucketTaggingOutput, Tag } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const getBucketTagging = ({ buckets }: S3Parts) =>
  operation<GetBucketTaggingCommandInput, GetBucketTaggingOutput>({
    name: 'GetBucketTagging',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    async run(input, { tenant }) {
      const found = await shownDocument<Tag[]>(buckets, input, tenant, 'tagging')
      if (found === undefined || found === null) {
        throw new Fault('NoSuchTagSet', 'The TagSet does not exist', { status: 404, members: { BucketName: input.Bucket } })
      }
      // Every one has both, since they were put through PutBucketTagging.
      return { TagSet: found.map(({ Key, Value }) => ({ Key, Value })) }
    },
  })
