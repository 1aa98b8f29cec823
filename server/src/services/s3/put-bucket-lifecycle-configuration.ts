import type { PutBucketLifecycleConfigurationCommandInput, PutBucketLifecycleConfigurationOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import { noSuchBucket } from './faults.ts'
import { expiryOf, requireMinimum } from './lifecycle.ts'
import type { S3Parts } from './parts.ts'
import { newBlob } from './receive-body.ts'

export const putBucketLifecycleConfiguration = ({ buckets, entropy }: S3Parts) =>
  operation<PutBucketLifecycleConfigurationCommandInput, PutBucketLifecycleConfigurationOutput>({
    name: 'PutBucketLifecycleConfiguration',
    permission: 'PutLifecycleConfiguration',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'ChecksumAlgorithm', how: 'a checksum is checked where it is given' },
      { member: 'TransitionDefaultMinimumObjectSize', how: 'kept and shown' },
      { member: 'LifecycleConfiguration.Rules.Transitions', how: 'kept and shown; there is one kind of storage' },
      { member: 'LifecycleConfiguration.Rules.NoncurrentVersionTransitions', how: 'kept and shown; there is one version of a key' },
      { member: 'LifecycleConfiguration.Rules.NoncurrentVersionExpiration', how: 'kept and shown; there is one version of a key' },
    ],
    async run(input, { tenant }) {
      const rules = (input.LifecycleConfiguration?.Rules ?? []).map(rule => ({ ...rule, ID: rule.ID ?? newBlob(entropy) }))
      const expiry = expiryOf(rules)
      const minimum = requireMinimum(input.TransitionDefaultMinimumObjectSize)
      const bucket = await bucketOf(buckets, input, tenant)
      const kept = await buckets.change(bucket.id, ({ documents }) => ({
        documents: { ...documents, lifecycle: rules, transitionMinimum: minimum },
        expiry,
      }))
      if (!kept) throw noSuchBucket(bucket.name)
      return { TransitionDefaultMinimumObjectSize: minimum }
    },
  })
