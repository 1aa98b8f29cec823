import type { GetBucketEncryptionCommandInput, GetBucketEncryptionOutput, ServerSideEncryptionConfiguration } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const getBucketEncryption = ({ buckets }: S3Parts) =>
  operation<GetBucketEncryptionCommandInput, GetBucketEncryptionOutput>({
    name: 'GetBucketEncryption',
    permission: 'GetEncryptionConfiguration',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'ServerSideEncryptionConfiguration', how: 'what was put, or the default of S3\'s, whose encryption is the disk\'s here' },
    ],
    async run(input, { tenant }) {
      const found = await shownDocument<ServerSideEncryptionConfiguration>(buckets, input, tenant, 'encryption')
      if (found === null) return {}
      // On AWS a bucket without a word about it has this default, and infrastructure code looks for it.
      return {
        ServerSideEncryptionConfiguration: found ?? {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
        },
      }
    },
  })
