import type { GetBucketRequestPaymentCommandInput, GetBucketRequestPaymentOutput } from '@aws-sdk/client-s3'
import type { S3Parts } from '../parts.ts'
import { unset } from './unset.ts'

export const getBucketRequestPayment = (parts: S3Parts) =>
  unset<GetBucketRequestPaymentCommandInput, GetBucketRequestPaymentOutput>(parts, {
    name: 'GetBucketRequestPayment',
    answer: () => ({ Payer: 'BucketOwner' }),
    members: [],
  })
