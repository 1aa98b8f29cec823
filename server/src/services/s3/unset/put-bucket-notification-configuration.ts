import type { PutBucketNotificationConfigurationCommandInput } from '@aws-sdk/client-s3'
import { operation } from '../../operation.ts'
import { bucketArn, bucketOf } from '../bucket-of.ts'
import { notHere } from '../faults.ts'
import type { S3Parts } from '../parts.ts'

/** Nothing may be put in the place of nothing, as infrastructure code does when it takes its own away. */
export const putBucketNotificationConfiguration = ({ buckets }: S3Parts) =>
  operation<PutBucketNotificationConfigurationCommandInput, void>({
    name: 'PutBucketNotificationConfiguration',
    permission: 'PutBucketNotification',
    kind: 'write',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: [
      { member: 'NotificationConfiguration', how: 'refused with `NotImplemented`, unless it is empty: objects that hold logs are taken without it' },
      { member: 'SkipDestinationValidation', how: 'without effect' },
    ],
    async run(input, { tenant }) {
      await bucketOf(buckets, input, tenant)
      const { TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations, EventBridgeConfiguration } = input.NotificationConfiguration ?? {}
      const lists = [TopicConfigurations, QueueConfigurations, LambdaFunctionConfigurations]
      if (EventBridgeConfiguration !== undefined || lists.some(list => (list ?? []).length > 0)) throw notHere('notifications of objects')
    },
  })
