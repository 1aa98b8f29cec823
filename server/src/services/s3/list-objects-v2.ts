import type { ListObjectsV2CommandInput, ListObjectsV2Output } from '@aws-sdk/client-s3'
import { operation } from '../operation.ts'
import { bucketOf } from './bucket-of.ts'
import { invalidArgument } from './faults.ts'
import { limitOf, listsKeys, shownObject, writerOf } from './list-request.ts'
import { listKeys } from './listing.ts'
import { ownerOf } from './owner.ts'
import type { S3Parts } from './parts.ts'

export const listObjectsV2 = ({ buckets, objects }: S3Parts) =>
  operation<ListObjectsV2CommandInput, ListObjectsV2Output>({
    name: 'ListObjectsV2',
    ...listsKeys,
    async run(input, { tenant }) {
      const write = writerOf(input.EncodingType)
      const limit = limitOf(input.MaxKeys, 'max-keys')
      const { Prefix: prefix = '', Delimiter: delimiter, StartAfter: startAfter, ContinuationToken: token } = input
      const bucket = await bucketOf(buckets, input, tenant)
      const after = token === undefined ? startAfter : keyIn(token)
      const listed = await listKeys((from, rows) => objects.page(bucket.id, from, rows), { prefix, delimiter, after, limit })
      return {
        Name: bucket.name,
        Prefix: write(prefix),
        ...(delimiter === undefined ? {} : { Delimiter: write(delimiter) }),
        ...(startAfter === undefined || token !== undefined ? {} : { StartAfter: write(startAfter) }),
        ...(token === undefined ? {} : { ContinuationToken: token }),
        ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
        MaxKeys: limit,
        KeyCount: listed.objects.length + listed.prefixes.length,
        IsTruncated: listed.more !== undefined,
        ...(listed.more === undefined ? {} : { NextContinuationToken: tokenOf(listed.more) }),
        Contents: listed.objects.map(
          object => ({ ...shownObject(object, write), ...(input.FetchOwner === true ? { Owner: ownerOf(tenant.account) } : {}) }),
        ),
        CommonPrefixes: listed.prefixes.map(text => ({ Prefix: write(text) })),
      }
    },
  })

const tokenOf = (key: string): string => Buffer.from(key).toString('base64url')

const keyIn = (token: string): string => {
  const key = Buffer.from(token, 'base64url').toString()
  if (key === '' || tokenOf(key) !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token')
  }
  return key
}
