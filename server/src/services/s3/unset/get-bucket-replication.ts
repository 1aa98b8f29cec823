import type { GetBucketReplicationCommandInput, GetBucketReplicationOutput } from '@aws-sdk/client-s3'
import { Fault } from '../../../wire/fault.ts'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getBucketReplication = (parts: S3Parts) =>
  unset<GetBucketReplicationCommandInput, GetBucketReplicationOutput>(parts, {
    name: 'GetBucketReplication',
    permission: 'GetReplicationConfiguration',
    answer: BucketName => new Fault('ReplicationConfigurationNotFoundError', 'The replication configuration was not found', { status: 404, members: { BucketName } }),
    members: ['ReplicationConfiguration'],
  })
