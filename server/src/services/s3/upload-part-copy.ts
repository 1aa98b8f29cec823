import type { UploadPartCopyCommandInput, UploadPartCopyOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { algorithmNamed, shownChecksum } from './checksums.ts'
import { sourceArn, sourceFailure, sourceObject, sourcePlace } from './copy-source.ts'
import { invalidArgument, noSuchUpload } from './faults.ts'
import { requireKey } from './object-key.ts'
import { keepPart, requirePartNumber } from './part.ts'
import type { S3Parts } from './parts.ts'
import { rangeOf } from './range.ts'
import { receiveBody } from './receive-body.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

const OFFSETS = 'where first and last are the zero-based offsets of the first and last bytes to copy'

export const uploadPartCopy = (parts: S3Parts) =>
  operation<UploadPartCopyCommandInput, UploadPartCopyOutput>({
    name: 'UploadPartCopy',
    permission: 'PutObject',
    kind: 'data',
    access: 'signed',
    resources: input => [objectArn(input)],
    also: input => [{ permission: 'GetObject', resource: sourceArn(input.CopySource ?? '') }],
    differs: differences(
      ['ServerSideEncryption', 'SSECustomerAlgorithm', 'SSEKMSKeyId', 'BucketKeyEnabled', 'RequestPayer', 'RequestCharged'],
      [
        { member: 'CopySourceVersionId', how: 'never there' },
      ],
    ),
    async run(input, { tenant, now }) {
      const key = requireKey(input.Key)
      const number = requirePartNumber(input.PartNumber)
      const bucket = await bucketOf(parts.buckets, input, tenant)
      const place = await sourcePlace(parts, input, tenant)
      refuseUnsupported(input)
      const { UploadId: id = '', CopySourceRange: range } = input
      const upload = await parts.uploads.get(bucket.id, key, id)
      if (upload === undefined) throw noSuchUpload(id)
      const source = await sourceObject(parts, place, input)
      const piece = rangeOf(range, source.size)
      if (range !== undefined && (piece === undefined || !/^bytes=\d+-\d+$/.test(range) || Number(range.split('-')[1]) >= source.size)) {
        throw invalidArgument(
          `The x-amz-copy-source-range value must be of the form bytes=first-last ${OFFSETS}`,
          'x-amz-copy-source-range',
          range,
        )
      }
      const algorithm = algorithmNamed(upload.checksumAlgorithm)
      const bytes = await parts.bodies.read(source.parts, piece?.from ?? 0, piece?.to ?? source.size).catch((error: unknown) => {
        throw sourceFailure(error, place)
      })
      const body = { announced: [], trailing: {}, [Symbol.asyncIterator]: () => bytes[Symbol.asyncIterator]() }
      const { blob, size, etag, checksum } = await receiveBody(parts, { ChecksumAlgorithm: algorithm }, body)
      const part = { number, blob, size, etag, modifiedAt: now, checksum: checksum?.value }
      await keepPart(parts, id, part)
      const { ChecksumType: _, ...shown } = shownChecksum(checksum)
      return { CopyPartResult: { ETag: `"${etag}"`, LastModified: new Date(now), ...shown } }
    },
  })
