import type { PutBucketLoggingCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../../operation.ts'
import { bucketArn, bucketOf } from '../bucket-of.ts'
import { notHere } from '../faults.ts'
import type { S3Parts } from '../parts.ts'
import { DIGESTS } from '../unsupported.ts'

/** Nothing may be put in the place of nothing, as infrastructure code does when it takes its own away. */
export const putBucketLogging = ({ buckets }: S3Parts) =>
  operation<PutBucketLoggingCommandInput, void>({
    name: 'PutBucketLogging',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [...DIGESTS, { member: 'BucketLoggingStatus', how: 'refused with `NotImplemented`, unless it is empty' }],
    async run(input, { tenant }) {
      await bucketOf(buckets, input, tenant)
      if (input.BucketLoggingStatus?.LoggingEnabled !== undefined) throw notHere('access logs of buckets')
    },
  })
