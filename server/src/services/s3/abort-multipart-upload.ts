import type { AbortMultipartUploadCommandInput, AbortMultipartUploadOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { noSuchUpload } from './faults.ts'
import { requireKey } from './object-key.ts'
import type { S3Parts } from './parts.ts'
import { differences } from './unsupported.ts'

export const abortMultipartUpload = ({ buckets, uploads }: S3Parts) =>
  operation<AbortMultipartUploadCommandInput, AbortMultipartUploadOutput>({
    name: 'AbortMultipartUpload',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(['RequestPayer', 'RequestCharged'], [{ member: 'IfMatchInitiatedTime', how: 'without effect' }]),
    async run(input, { tenant }) {
      const bucket = await bucketOf(buckets, input, tenant)
      const { UploadId: id = '' } = input
      if (!(await uploads.abort(bucket.id, requireKey(input.Key), id))) throw noSuchUpload(id)
      return {}
    },
  })
