import type { DeleteBucketCommandInput } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'

export const deleteBucket = ({ buckets }: S3Parts) =>
  operation<DeleteBucketCommandInput, void>({
    name: 'DeleteBucket',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    async run(input, { tenant }) {
      const { id, name } = await bucketOf(buckets, input, tenant)
      if ((await buckets.delete(id)) === 'deleted') return
      throw new Fault('BucketNotEmpty', 'The bucket you tried to delete is not empty', { status: 409, members: { BucketName: name } })
    },
  })
