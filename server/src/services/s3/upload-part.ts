import type { UploadPartCommandInput, UploadPartOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { bareChecksum } from './checksums.ts'
import { ENCRYPTED } from './encryption.ts'
import { noSuchUpload } from './faults.ts'
import { requireKey } from './object-key.ts'
import { expectedOfPart, keepPart, requirePartNumber } from './part.ts'
import type { S3Parts } from './parts.ts'
import { receiveBody, type StreamedBody } from './receive-body.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

type Input = Omit<UploadPartCommandInput, 'Body'> & { readonly Body: StreamedBody }

export const uploadPart = (parts: S3Parts) =>
  operation<Input, UploadPartOutput>({
    name: 'UploadPart',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(
      [
        'ServerSideEncryption', 'SSECustomerAlgorithm', 'SSEKMSKeyId', 'BucketKeyEnabled', 'RequestPayer', 'RequestCharged',
        'ChecksumXXHASH64', 'ChecksumXXHASH3', 'ChecksumXXHASH128',
      ],
      [{ member: 'ContentLength', how: 'checked as the body is read' }],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const number = requirePartNumber(input.PartNumber)
      const bucket = await bucketOf(parts.buckets, input, tenant)
      refuseUnsupported(input)
      const { UploadId: id = '' } = input
      const upload = await parts.uploads.get(bucket.id, key, id)
      if (upload === undefined) throw noSuchUpload(id)
      const { blob, size, etag, checksum, kept } = await receiveBody(parts, input, input.Body, expectedOfPart(upload))
      await keepPart(parts, id, { number, blob, size, etag, modifiedAt: now, checksum: kept })
      return { ETag: `"${etag}"`, ...bareChecksum(checksum), ...ENCRYPTED }
    },
  })
