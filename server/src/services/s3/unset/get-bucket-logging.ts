import type { GetBucketLoggingCommandInput, GetBucketLoggingOutput } from '@aws-sdk/client-s3'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getBucketLogging = (parts: S3Parts) =>
  unset<GetBucketLoggingCommandInput, GetBucketLoggingOutput>(parts, {
    name: 'GetBucketLogging',
    answer: () => ({}),
    members: ['LoggingEnabled'],
  })
