import * as schemas from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { addressOf, bucketOfHost } from './address.ts'
import { operationFinder } from './operations.ts'

const find = operationFinder(schemas)

test.each([
  ['GET', '/', '', {}, 'ListBuckets'],
  ['GET', '/b', '', {}, 'ListObjects'],
  ['GET', '/b/', 'list-type=2&prefix=x', {}, 'ListObjectsV2'],
  ['GET', '/b', 'location', {}, 'GetBucketLocation'],
  ['GET', '/b', 'uploads=', {}, 'ListMultipartUploads'],
  ['GET', '/b/k', '', {}, 'GetObject'],
  ['GET', '/b/k', 'partNumber=1&x-id=GetObject', {}, 'GetObject'],
  ['GET', '/b/k', 'uploadId=u', {}, 'ListParts'],
  ['GET', '/b/k', 'acl', {}, 'GetObjectAcl'],
  ['HEAD', '/b', '', {}, 'HeadBucket'],
  ['HEAD', '/b/k', '', {}, 'HeadObject'],
  ['PUT', '/b', '', {}, 'CreateBucket'],
  ['PUT', '/b', 'lifecycle', {}, 'PutBucketLifecycleConfiguration'],
  ['PUT', '/b/k', '', {}, 'PutObject'],
  ['PUT', '/b/k', '', { 'x-amz-copy-source': '/b/x' }, 'CopyObject'],
  ['PUT', '/b/k', 'uploadId=u&partNumber=1', {}, 'UploadPart'],
  ['PUT', '/b/k', 'uploadId=u&partNumber=1', { 'x-amz-copy-source': '/b/x' }, 'UploadPartCopy'],
  ['POST', '/b', 'delete', {}, 'DeleteObjects'],
  ['POST', '/b/k', 'uploads', {}, 'CreateMultipartUpload'],
  ['POST', '/b/k', 'uploadId=u', {}, 'CompleteMultipartUpload'],
  ['DELETE', '/b/k', 'uploadId=u', {}, 'AbortMultipartUpload'],
  ['DELETE', '/b/k', '', {}, 'DeleteObject'],
  ['POST', '/b', '', {}, undefined],
  ['PATCH', '/b/k', '', {}, undefined],
] as const)('%s %s?%s %o is %s', (method, path, query, headers, name) => {
  expect(find({ method, query, headers, address: addressOf(path, undefined)! })?.name).toBe(name)
})

test.each([
  ['localhost:4566', undefined],
  ['127.0.0.1:4566', undefined],
  ['tocsin', undefined],
  [undefined, undefined],
  ['s3.localhost:4566', ''],
  ['s3.us-east-1.amazonaws.com', ''],
  ['s3.amazonaws.com', ''],
  ['logs.s3.localhost', 'logs'],
  ['my.logs.s3.eu-west-1.amazonaws.com', 'my.logs'],
  ['LOGS.s3-eu-west-1.amazonaws.com', 'logs'],
  ['logs.localhost:4566', 'logs'],
  ['logs.tocsin.example', 'logs'],
  ['tocsin.example', undefined],
])('the host %s names the bucket %s', (host, bucket) => {
  expect(bucketOfHost(host, ['localhost', 'tocsin.example'])).toBe(bucket)
})

test.each([
  ['/', undefined, undefined, undefined],
  ['/b', undefined, 'b', undefined],
  ['/b/', undefined, 'b', undefined],
  ['/b/k/l', undefined, 'b', 'k/l'],
  ['/b//k', undefined, 'b', '/k'],
  ['/k/l', 'b', 'b', 'k/l'],
  ['/', 'b', 'b', undefined],
  ['/b/a%2Fb%20%C3%A9+', '', 'b', 'a/b é+'],
])('%s at %s is %s and %s', (path, host, bucket, key) => {
  expect(addressOf(path, host)).toEqual({ bucket, key })
})

test('a path that is not UTF-8 has no address', () => {
  expect(addressOf('/b/%ff', undefined)).toBeUndefined()
})
