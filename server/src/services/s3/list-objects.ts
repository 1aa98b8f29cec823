import type { ListObjectsCommandInput, ListObjectsOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf } from './bucket-of.ts'
import { limitOf, listsKeys, shownObject, writerOf } from './list-request.ts'
import { listKeys } from './listing.ts'
import { ownerOf } from './owner.ts'
import type { S3Parts } from './parts.ts'

export const listObjects = ({ buckets, objects }: S3Parts) =>
  operation<ListObjectsCommandInput, ListObjectsOutput>({
    name: 'ListObjects',
    ...listsKeys,
    async run(input, { tenant }) {
      const write = writerOf(input.EncodingType)
      const limit = limitOf(input.MaxKeys, 'max-keys')
      const { Prefix: prefix = '', Delimiter: delimiter, Marker: marker } = input
      const bucket = await bucketOf(buckets, input, tenant)
      const after = marker === '' ? undefined : marker
      const listed = await listKeys((from, rows) => objects.page(bucket.id, from, rows), { prefix, delimiter, after, limit })
      return {
        Name: bucket.name,
        Prefix: write(prefix),
        Marker: write(marker ?? ''),
        ...(delimiter === undefined ? {} : { Delimiter: write(delimiter) }),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        MaxKeys: limit,
        IsTruncated: listed.more !== undefined,
        // Without a delimiter the last key serves as the next marker.
        ...(listed.more === undefined || delimiter === undefined ? {} : { NextMarker: write(listed.more) }),
        Contents: listed.objects.map(object => ({ ...shownObject(object, write), Owner: ownerOf(tenant.account) })),
        CommonPrefixes: listed.prefixes.map(text => ({ Prefix: write(text) })),
      }
    },
  })
