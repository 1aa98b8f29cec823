import type { GetBucketLifecycleConfigurationCommandInput, GetBucketLifecycleConfigurationOutput, LifecycleRule, TransitionDefaultMinimumObjectSize } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import { DEFAULT_MINIMUM } from './lifecycle.ts'
import type { S3Parts } from './parts.ts'

export const getBucketLifecycleConfiguration = ({ buckets }: S3Parts) =>
  operation<GetBucketLifecycleConfigurationCommandInput, GetBucketLifecycleConfigurationOutput>({
    name: 'GetBucketLifecycleConfiguration',
    permission: 'GetLifecycleConfiguration',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'Rules', how: 'as they were put' },
    ],
    async run(input, { tenant }) {
      const found = await shownDocument<readonly LifecycleRule[]>(buckets, input, tenant, 'lifecycle')
      if (found === undefined || found === null) {
        const text = 'The lifecycle configuration does not exist'
        throw new Fault('NoSuchLifecycleConfiguration', text, { status: 404, members: { BucketName: input.Bucket } })
      }
      const minimum = await shownDocument<TransitionDefaultMinimumObjectSize>(buckets, input, tenant, 'transitionMinimum')
      return { Rules: found.map(dated), TransitionDefaultMinimumObjectSize: minimum ?? DEFAULT_MINIMUM }
    },
  })

/** Kept as JSON, dates became texts. */
const dated = (rule: LifecycleRule): LifecycleRule => ({
  ...rule,
  ...(rule.Expiration?.Date === undefined ? {} : { Expiration: { ...rule.Expiration, Date: new Date(rule.Expiration.Date) } }),
  ...(rule.Transitions === undefined
    ? {}
    : { Transitions: rule.Transitions.map(step => (step.Date === undefined ? step : { ...step, Date: new Date(step.Date) })) }),
})
