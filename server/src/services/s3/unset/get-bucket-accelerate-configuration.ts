import type { GetBucketAccelerateConfigurationCommandInput, GetBucketAccelerateConfigurationOutput } from '@aws-sdk/client-s3'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getBucketAccelerateConfiguration = (parts: S3Parts) =>
  unset<GetBucketAccelerateConfigurationCommandInput, GetBucketAccelerateConfigurationOutput>(parts, {
    name: 'GetBucketAccelerateConfiguration',
    permission: 'GetAccelerateConfiguration',
    answer: () => ({}),
    members: ['Status', 'RequestPayer', 'RequestCharged'],
  })
