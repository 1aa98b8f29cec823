import type { GetBucketVersioningCommandInput, GetBucketVersioningOutput, VersioningConfiguration } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const getBucketVersioning = ({ buckets }: S3Parts) =>
  operation<GetBucketVersioningCommandInput, GetBucketVersioningOutput>({
    name: 'GetBucketVersioning',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'Status', how: 'what was put; of a key there is only the newest version' },
      { member: 'MFADelete', how: 'never there' },
    ],
    run: async (input, { tenant }) => (await shownDocument<VersioningConfiguration>(buckets, input, tenant, 'versioning')) ?? {},
  })
