import type { CORSRule, GetBucketCorsCommandInput, GetBucketCorsOutput } from '@aws-sdk/client-s3'
import { Fault } from '../../wire/fault.ts'
import { operation } from '../operation.ts'
import { bucketArn } from './bucket-of.ts'
import { shownDocument } from './document.ts'
import type { S3Parts } from './parts.ts'

export const getBucketCors = ({ buckets }: S3Parts) =>
  operation<GetBucketCorsCommandInput, GetBucketCorsOutput>({
    name: 'GetBucketCors',
    permission: 'GetBucketCORS',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    async run(input, { tenant }) {
      const found = await shownDocument<CORSRule[]>(buckets, input, tenant, 'cors')
      if (found === undefined || found === null) {
        throw new Fault('NoSuchCORSConfiguration', 'The CORS configuration does not exist', { status: 404, members: { BucketName: input.Bucket } })
      }
      return {
        CORSRules: found.map(({ ID, AllowedHeaders, AllowedMethods, AllowedOrigins, ExposeHeaders, MaxAgeSeconds }) =>
          ({ ID, AllowedHeaders, AllowedMethods, AllowedOrigins, ExposeHeaders, MaxAgeSeconds })),
      }
    },
  })
