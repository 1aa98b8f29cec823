import type { ListMultipartUploadsCommandInput, ListMultipartUploadsOutput } from '@aws-sdk/client-s3'
import type { Upload } from '../../model/object.ts'
import { operation } from '../operation.ts'
import { bucketArn, bucketOf } from './bucket-of.ts'
import { invalidArgument } from './faults.ts'
import { limitOf, writerOf } from './list-request.ts'
import { ownerOf } from './owner.ts'
import type { S3Parts } from './parts.ts'
import { differences } from './unsupported.ts'

export const listMultipartUploads = ({ buckets, uploads }: S3Parts) =>
  operation<ListMultipartUploadsCommandInput, ListMultipartUploadsOutput>({
    name: 'ListMultipartUploads',
    permission: 'ListBucketMultipartUploads',
    kind: 'read',
    access: 'signed',
    resources: input => [bucketArn(input)],
    differs: differences(['RequestPayer', 'RequestCharged'], [
      { member: 'Uploads.StorageClass', how: 'kept and shown, without effect' },
    ]),
    async run(input, { tenant }) {
      const write = writerOf(input.EncodingType)
      const limit = limitOf(input.MaxUploads, 'max-uploads')
      const { Prefix: prefix = '', Delimiter: delimiter, KeyMarker: keyMarker = '' } = input
      const bucket = await bucketOf(buckets, input, tenant)
      const idMarker = keyMarker === '' || input.UploadIdMarker === '' ? undefined : input.UploadIdMarker
      if (idMarker !== undefined && (await uploads.get(bucket.id, keyMarker, idMarker)) === undefined) {
        throw invalidArgument('Invalid uploadId marker', 'upload-id-marker', idMarker)
      }
      const next = (
        from: { readonly key: string; readonly id: string | undefined },
      ): Promise<readonly Upload[]> => uploads.page(bucket.id, from, 1000)
      const shown: Upload[] = []
      const prefixes = new Set<string>()
      let more = false
      // Also the first upload of a common prefix: what the next page goes on behind, the prefix with it.
      let last: Upload | undefined
      let after: { readonly key: string; readonly id: string | undefined } = { key: keyMarker, id: idMarker }
      for (let rows = await next(after); rows.length > 0 && !more; rows = await next(after)) {
        for (const row of rows) {
          after = { key: row.key, id: row.id }
          if (!row.key.startsWith(prefix)) continue
          const end = delimiter === undefined || delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length)
          const common = end === -1 ? undefined : row.key.slice(0, end + delimiter!.length)
          if (common !== undefined && (prefixes.has(common) || keyMarker.startsWith(common))) continue
          if (shown.length + prefixes.size === limit) {
            more = limit > 0
            break
          }
          last = row
          if (common === undefined) shown.push(row)
          else prefixes.add(common)
        }
        if (limit === 0) break
      }
      const { DisplayName, ID } = ownerOf(tenant.account)
      return {
        Bucket: bucket.name,
        KeyMarker: write(keyMarker),
        UploadIdMarker: idMarker ?? '',
        ...(input.Prefix === undefined ? {} : { Prefix: write(prefix) }),
        ...(delimiter === undefined ? {} : { Delimiter: write(delimiter) }),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        MaxUploads: limit,
        IsTruncated: more,
        NextKeyMarker: write(last?.key ?? ''),
        NextUploadIdMarker: last?.id ?? '',
        Uploads: shown.map(({ id, key, startedAt, checksum, attributes }) => ({
          UploadId: id,
          Key: write(key),
          Initiated: new Date(startedAt),
          StorageClass: (attributes.storageClass ?? 'STANDARD') as 'STANDARD',
          Owner: { ID, DisplayName },
          Initiator: { ID, DisplayName },
          ...(checksum === undefined ? {} : { ChecksumAlgorithm: checksum.algorithm as 'CRC32', ChecksumType: checksum.type }),
        })),
        CommonPrefixes: [...prefixes].map(text => ({ Prefix: write(text) })),
      }
    },
  })
