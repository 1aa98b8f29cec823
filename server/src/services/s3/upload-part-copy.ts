import type { UploadPartCopyCommandInput, UploadPartCopyOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { bareChecksum } from './checksums.ts'
import { sourceArn, sourceFailure, sourceObject, sourcePlace } from './copy-source.ts'
import { ENCRYPTED } from './encryption.ts'
import { invalidArgument, invalidRequest, noSuchUpload } from './faults.ts'
import { requireKey } from './object-key.ts'
import { expectedOfPart, keepPart, requirePartNumber } from './part.ts'
import type { S3Parts } from './parts.ts'
import { bodyOf, receiveBody } from './receive-body.ts'
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
      const source = await sourceObject(parts, place, input, now)
      const { from, to } = copiedRange(range, source.size)
      const bytes = await parts.bodies.read(source.parts, from, to).catch((error: unknown) => {
        throw sourceFailure(error, place)
      })
      const { blob, size, etag, checksum, kept } = await receiveBody(parts, {}, bodyOf(bytes), expectedOfPart(upload))
      await keepPart(parts, id, { number, blob, size, etag, modifiedAt: now, checksum: kept })
      return { CopyPartResult: { ETag: `"${etag}"`, LastModified: new Date(now), ...bareChecksum(checksum) }, ...ENCRYPTED }
    },
  })

/** The bytes that are asked for, by their offsets: all of them, where none are named. */
const copiedRange = (range: string | undefined, size: number): { readonly from: number; readonly to: number } => {
  if (range === undefined) return { from: 0, to: size }
  const [, first = '', last = ''] = /^bytes=(\d{1,16})-(\d{1,16})$/.exec(range) ?? []
  if (first === '' || Number(last) < Number(first)) {
    const text = `The x-amz-copy-source-range value must be of the form bytes=first-last ${OFFSETS}`
    throw invalidArgument(text, 'x-amz-copy-source-range', range)
  }
  if (Number(first) >= size) throw invalidRequest('The specified copy range is invalid for the source object size')
  if (Number(last) >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, 'x-amz-copy-source-range', range)
  }
  return { from: Number(first), to: Number(last) + 1 }
}
