import type { ListObjectVersionsCommandInput, ListObjectVersionsOutput } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf } from './bucket-of.ts'
import { invalidArgument } from './faults.ts'
import { limitOf, listsKeys, shownObject, writerOf } from './list-request.ts'
import { listKeys } from './listing.ts'
import { ownerOf } from './owner.ts'
import type { S3Parts } from './parts.ts'

/** Whoever empties a bucket before he deletes it asks for versions, also where there is only one of each key. */
export const listObjectVersions = ({ buckets, objects }: S3Parts) =>
  operation<ListObjectVersionsCommandInput, ListObjectVersionsOutput>({
    name: 'ListObjectVersions',
    ...listsKeys,
    permission: 'ListBucketVersions',
    differs: [
      ...listsKeys.differs.map(({ member, ...rest }) => ({ ...rest, ...(member === undefined ? {} : { member: member.replace(/^Contents/, 'Versions') }) })),
      { member: 'Versions.VersionId', how: 'always `null`: of a key there is only the newest version' },
      { member: 'DeleteMarkers', how: 'never there' },
    ],
    async run(input, { tenant }) {
      const write = writerOf(input.EncodingType)
      const limit = limitOf(input.MaxKeys, 'max-keys')
      const { Prefix: prefix = '', Delimiter: delimiter, KeyMarker: marker = '', VersionIdMarker: version = '' } = input
      if (marker === '' && version !== '') throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', version)
      const bucket = await bucketOf(buckets, input, tenant)
      const after = marker === '' ? undefined : marker
      const listed = await listKeys((from, rows) => objects.page(bucket.id, from, rows), { prefix, delimiter, after, limit })
      // Behind a common prefix there is no version to go on with.
      const isKey = listed.objects.at(-1)?.key === listed.more
      return {
        Name: bucket.name,
        Prefix: write(prefix),
        KeyMarker: write(marker),
        VersionIdMarker: version,
        ...(listed.more === undefined ? {} : { NextKeyMarker: write(listed.more), ...(isKey ? { NextVersionIdMarker: 'null' } : {}) }),
        ...(delimiter === undefined ? {} : { Delimiter: write(delimiter) }),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        MaxKeys: limit,
        IsTruncated: listed.more !== undefined,
        Versions: listed.objects.map(object => ({ ...shownObject(object, write), VersionId: 'null', IsLatest: true, Owner: ownerOf(tenant.account) })),
        CommonPrefixes: listed.prefixes.map(text => ({ Prefix: write(text) })),
      }
    },
  })
