import type { GetBucketNotificationConfigurationCommandInput, GetBucketNotificationConfigurationCommandOutput } from '@aws-sdk/client-s3'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getBucketNotificationConfiguration = (parts: S3Parts) =>
  unset<GetBucketNotificationConfigurationCommandInput, Omit<GetBucketNotificationConfigurationCommandOutput, '$metadata'>>(parts, {
    name: 'GetBucketNotificationConfiguration',
    permission: 'GetBucketNotification',
    answer: () => ({}),
    members: ['TopicConfigurations', 'QueueConfigurations', 'LambdaFunctionConfigurations', 'EventBridgeConfiguration'],
  })
