import type { ListPartsCommandInput, ListPartsOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf, objectArn } from './bucket-of.ts'
import { bareChecksum } from './checksums.ts'
import { abortOf } from './expiration.ts'
import { invalidArgument, noSuchUpload } from './faults.ts'
import { limitOf } from './list-request.ts'
import { requireKey } from './object-key.ts'
import { ownerOf } from './owner.ts'
import type { S3Parts } from './parts.ts'
import { differences, refuseUnsupported } from './unsupported.ts'

export const listParts = ({ buckets, uploads }: S3Parts) =>
  operation<ListPartsCommandInput, ListPartsOutput>({
    name: 'ListParts',
    permission: 'ListMultipartUploadParts',
    kind: 'read',
    access: 'signed',
    resources: input => [objectArn(input)],
    differs: differences(
      ['RequestPayer', 'RequestCharged', 'StorageClass'],
    ),
    async run(input, { tenant }) {
      const key = requireKey(input.Key)
      const { UploadId: id = '', PartNumberMarker: marker } = input
      const limit = limitOf(input.MaxParts, 'max-parts')
      const after = marker === undefined ? 0 : Number(marker)
      if (!Number.isSafeInteger(after) || after < 0) {
        throw invalidArgument(
          'Argument part-number-marker must be an integer between 0 and 2147483647',
          'part-number-marker',
          String(marker),
        )
      }
      refuseUnsupported(input)
      const bucket = await bucketOf(buckets, input, tenant)
      const upload = await uploads.get(bucket.id, key, id)
      if (upload === undefined) throw noSuchUpload(id)
      const found = await uploads.parts(id, after, limit + 1)
      const page = found.slice(0, limit)
      const { checksum: kind } = upload
      const { DisplayName, ID } = ownerOf(tenant.account)
      return {
        Bucket: bucket.name,
        Key: key,
        UploadId: id,
        PartNumberMarker: String(after),
        NextPartNumberMarker: String(page.at(-1)?.number ?? 0),
        MaxParts: limit,
        IsTruncated: found.length > page.length,
        Parts: page.map(({ number, size, etag, modifiedAt, checksum }) => {
          const shown = kind === undefined || checksum === undefined ? {} : bareChecksum({ ...kind, value: checksum })
          return { PartNumber: number, LastModified: new Date(modifiedAt), ETag: `"${etag}"`, Size: size, ...shown }
        }),
        Initiator: { ID, DisplayName },
        Owner: { ID, DisplayName },
        StorageClass: (upload.attributes.storageClass ?? 'STANDARD') as 'STANDARD',
        ...abortOf(bucket, upload),
        ...(kind === undefined ? {} : { ChecksumAlgorithm: kind.algorithm as 'CRC32', ChecksumType: kind.type }),
      }
    },
  })
