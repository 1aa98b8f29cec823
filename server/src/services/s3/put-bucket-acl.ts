import type { PutBucketAclCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { ACL_DIFFERENCES, requireOwnAcl } from './acl.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import type { S3Parts } from './parts.ts'

export const putBucketAcl = ({ buckets }: S3Parts) =>
  operation<PutBucketAclCommandInput, void>({
    name: 'PutBucketAcl',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: ACL_DIFFERENCES,
    run: async (input, { tenant }) => requireOwnAcl(await bucketOf(buckets, input, tenant), input),
  })
