import type { GetBucketAclCommandInput, GetBucketAclOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { SHOWN_ACL_DIFFERENCES, shownAcl } from './acl.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'

export const getBucketAcl = ({ buckets }: S3Parts) =>
  operation<GetBucketAclCommandInput, GetBucketAclOutput>({
    name: 'GetBucketAcl',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: SHOWN_ACL_DIFFERENCES,
    run: async (input, { tenant }) => shownAcl(await bucketOf(buckets, input, tenant)),
  })
