import type { GetBucketOwnershipControlsCommandInput, GetBucketOwnershipControlsOutput, OwnershipControls } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const getBucketOwnershipControls = ({ buckets }: S3Parts) =>
  operation<GetBucketOwnershipControlsCommandInput, GetBucketOwnershipControlsOutput>({
    name: 'GetBucketOwnershipControls',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    async run(input, { tenant }) {
      const found = await shownDocument<OwnershipControls>(buckets, input, tenant, 'ownership')
      if (found === null) {
        const text = 'The bucket ownership controls were not found'
        throw new Fault('OwnershipControlsNotFoundError', text, { status: 404, members: { BucketName: input.Bucket } })
      }
      return { OwnershipControls: found ?? { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }
    },
  })
