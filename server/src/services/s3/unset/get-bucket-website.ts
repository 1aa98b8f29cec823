import type { GetBucketWebsiteCommandInput, GetBucketWebsiteOutput } from '@aws-sdk/client-s3'
import { Fault } from '../../../wire/fault.ts'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getBucketWebsite = (parts: S3Parts) =>
  unset<GetBucketWebsiteCommandInput, GetBucketWebsiteOutput>(parts, {
    name: 'GetBucketWebsite',
    answer: BucketName => new Fault('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration', { status: 404, members: { BucketName } }),
    members: ['RedirectAllRequestsTo', 'IndexDocument', 'ErrorDocument', 'RoutingRules'],
  })
