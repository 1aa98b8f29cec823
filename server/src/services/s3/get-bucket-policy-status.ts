import type { GetBucketPolicyStatusCommandInput, GetBucketPolicyStatusOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownPolicy } from './bucket-policy.ts'
import type { S3Parts } from './parts.ts'

export const getBucketPolicyStatus = ({ buckets }: S3Parts) =>
  operation<GetBucketPolicyStatusCommandInput, GetBucketPolicyStatusOutput>({
    name: 'GetBucketPolicyStatus',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [{ member: 'PolicyStatus.IsPublic', how: 'never: nothing is public, whatever the policy says' }],
    async run(input, { tenant }) {
      await shownPolicy(buckets, input, tenant)
      return { PolicyStatus: { IsPublic: false } }
    },
  })
