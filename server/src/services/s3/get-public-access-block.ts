import type { GetPublicAccessBlockCommandInput, GetPublicAccessBlockOutput, PublicAccessBlockConfiguration } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const getPublicAccessBlock = ({ buckets }: S3Parts) =>
  operation<GetPublicAccessBlockCommandInput, GetPublicAccessBlockOutput>({
    name: 'GetPublicAccessBlock',
    permission: 'GetBucketPublicAccessBlock',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'PublicAccessBlockConfiguration', how: 'what was put; nothing is public anyhow' },
    ],
    async run(input, { tenant }) {
      const found = await shownDocument<PublicAccessBlockConfiguration>(buckets, input, tenant, 'publicAccessBlock')
      if (found === null) {
        throw new Fault(
          'NoSuchPublicAccessBlockConfiguration',
          'The public access block configuration was not found',
          { status: 404, members: { BucketName: input.Bucket } },
        )
      }
      // On AWS buckets are born with all of it.
      return { PublicAccessBlockConfiguration: { ...blocks(found === undefined), ...found } }
    },
  })

const blocks = (value: boolean): PublicAccessBlockConfiguration => ({
  BlockPublicAcls: value,
  IgnorePublicAcls: value,
  BlockPublicPolicy: value,
  RestrictPublicBuckets: value,
})
