import type { GetObjectLockConfigurationCommandInput, GetObjectLockConfigurationOutput } from '@aws-sdk/client-s3'
import { Fault } from '../../../wire/fault.ts'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getObjectLockConfiguration = (parts: S3Parts) =>
  unset<GetObjectLockConfigurationCommandInput, GetObjectLockConfigurationOutput>(parts, {
    name: 'GetObjectLockConfiguration',
    permission: 'GetBucketObjectLockConfiguration',
    answer: BucketName => new Fault('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket', { status: 404, members: { BucketName } }),
    members: ['ObjectLockConfiguration'],
  })
