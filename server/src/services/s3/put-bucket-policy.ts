import type { PutBucketPolicyCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import { requirePolicy } from './bucket-policy.ts'
import { setDocument } from './document.ts'
import type { S3Parts } from './parts.ts'
import { DIGESTS } from './unsupported.ts'

export const putBucketPolicy = ({ buckets }: S3Parts) =>
  operation<PutBucketPolicyCommandInput, void>({
    name: 'PutBucketPolicy',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      ...DIGESTS,
      { member: 'Policy', how: 'checked for its form, kept and shown; only the caller\'s policies decide: accounts are kept apart, and no service of AWS\'s delivers here' },
      { member: 'ConfirmRemoveSelfBucketAccess', how: 'without effect: no policy of a bucket keeps anybody out' },
    ],
    async run(input, { tenant }) {
      const { Policy: policy = '' } = input
      const { name } = await bucketOf(buckets, input, tenant)
      requirePolicy(policy, name)
      await setDocument(buckets, input, tenant, 'policy', policy)
    },
  })
