import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand,
  DeleteObjectCommand, DeleteObjectsCommand, DeleteObjectTaggingCommand, GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketLocationCommand,
  GetBucketTaggingCommand, GetBucketVersioningCommand, GetObjectCommand, GetObjectTaggingCommand, GetPublicAccessBlockCommand, HeadBucketCommand, HeadObjectCommand,
  ListBucketsCommand, ListMultipartUploadsCommand, ListObjectsCommand, ListObjectsV2Command, ListPartsCommand, paginateListObjectsV2,
  PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketTaggingCommand, PutBucketVersioningCommand, PutObjectCommand, PutObjectTaggingCommand,
  type ListMultipartUploadsCommandOutput, PutPublicAccessBlockCommand, type S3Client, UploadPartCommand, UploadPartCopyCommand,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { millis } from '../src/base/time.ts'
import { NOW, s3Server } from './s3-server.ts'
import { OURS, THEIRS } from './temporary-control.ts'

const Bucket = 'logs'
const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex')

const house = async (more: Parameters<Awaited<ReturnType<typeof s3Server>>['client']>[0] = {}) => {
  const server = await s3Server()
  const s3 = await server.client(more)
  await s3.send(new CreateBucketCommand({ Bucket }))
  return { ...server, s3 }
}

const text = async (s3: S3Client, Key: string, more: object = {}): Promise<string> => (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToString()

const refusal = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer
  } catch (error) {
    const { name, $metadata } = error as { name: string; $metadata: { httpStatusCode: number } }
    return `${$metadata.httpStatusCode} ${name}`
  }
  throw new Error('was accepted')
}

test.each([['by path', true], ['by host', false]])('buckets and objects, named %s', async (_, forcePathStyle) => {
  const { s3 } = await house({ forcePathStyle })
  expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([{ Name: Bucket, CreationDate: new Date(NOW), BucketArn: `arn:aws:s3:::${Bucket}` }])
  expect((await s3.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('us-east-1')
  expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined()
  const Key = 'a b/ü+€?#%2F😀.txt'
  const put = await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', CacheControl: 'no-store', Metadata: { who: 'me' }, Expires: new Date(0) }),
  )
  expect(put.ETag).toBe(`"${md5('hello')}"`)
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }))
  expect(await got.Body!.transformToString()).toBe('hello')
  expect(got).toMatchObject({ ContentLength: 5, ContentType: 'text/plain', CacheControl: 'no-store', Metadata: { who: 'me' }, ETag: put.ETag, AcceptRanges: 'bytes' })
  expect(got.LastModified).toEqual(new Date(Math.floor(NOW / 1000) * 1000))
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ContentLength: 5, ETag: put.ETag, Metadata: { who: 'me' } })
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toMatchObject([{ Key, Size: 5, ETag: put.ETag }])
  await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key }))
  expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key })))).toBe('404 NoSuchKey')
  expect(await refusal(s3.send(new HeadObjectCommand({ Bucket, Key })))).toBe('404 NotFound')
  await s3.send(new DeleteBucketCommand({ Bucket }))
  expect(await refusal(s3.send(new HeadBucketCommand({ Bucket })))).toBe('404 NotFound')
})

test('refusals have S3\'s codes', async () => {
  const { s3, client } = await house()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
  const table: readonly (readonly [Promise<unknown>, string])[] = [
    [s3.send(new CreateBucketCommand({ Bucket: 'UPPER' })), '400 InvalidBucketName'],
    [s3.send(new DeleteBucketCommand({ Bucket })), '409 BucketNotEmpty'],
    [s3.send(new ListObjectsV2Command({ Bucket: 'none' })), '404 NoSuchBucket'],
    [s3.send(new PutObjectCommand({ Bucket: 'none', Key: 'k', Body: 'x' })), '404 NoSuchBucket'],
    [s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner: THEIRS.account })), '403 Unknown'],
    [s3.send(new ListObjectsV2Command({ Bucket, ExpectedBucketOwner: THEIRS.account })), '403 AccessDenied'],
    [s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range: 'bytes=1-' })), '416 InvalidRange'],
    [s3.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: 'other' })), '400 InvalidArgument'],
    [s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfMatch: '"other"' })), '412 PreconditionFailed'],
    [s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfNoneMatch: md5('x') })), '304 Unknown'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', IfNoneMatch: '*' })), '412 PreconditionFailed'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', ContentMD5: Buffer.from(md5('z'), 'hex').toString('base64') })), '400 BadDigest'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', ContentMD5: 'short' })), '400 InvalidDigest'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', ACL: 'public-read' })), '400 AccessControlListNotSupported'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', StorageClass: 'GLACIER' })), '501 NotImplemented'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k'.repeat(1025), Body: 'y' })), '400 KeyTooLongError'],
    [s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'y', Metadata: { a: 'x'.repeat(3000) } })), '400 MetadataTooLarge'],
    [s3.send(new UploadPartCommand({ Bucket, Key: 'k', UploadId: 'none', PartNumber: 1, Body: 'y' })), '404 NoSuchUpload'],
    [s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k` })), '400 InvalidRequest'],
    [s3.send(new CopyObjectCommand({ Bucket, Key: 'k2', CopySource: `${Bucket}/none` })), '404 NoSuchKey'],
    [s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })), '404 NoSuchLifecycleConfiguration'],
    [s3.send(new GetBucketTaggingCommand({ Bucket })), '404 NoSuchTagSet'],
  ]
  const found = await Promise.all(table.map(([answer]) => refusal(answer)))
  expect(found.map((code, at) => `${at} ${code}`)).toEqual(table.map(([, code], at) => `${at} ${code}`))
  expect(await text(s3, 'k')).toBe('x')
  const wrong = await client({ credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } })
  expect(await refusal(wrong.send(new ListBucketsCommand({})))).toBe('403 InvalidAccessKeyId')
  const forged = await client({ credentials: { accessKeyId: `AKIA${OURS.account}`, secretAccessKey: 'x' } })
  expect(await refusal(forged.send(new ListBucketsCommand({})))).toBe('403 SignatureDoesNotMatch')
  const late = await client({ systemClockOffset: -3_600_000 })
  expect(await refusal(late.send(new ListBucketsCommand({})))).toBe('403 RequestTimeTooSkewed')
})

test('an account sees nothing of another\'s', async () => {
  const { s3, client } = await house()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'ours', Body: 'x' }))
  const theirs = await client({}, THEIRS)
  expect((await theirs.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([])
  expect(await refusal(theirs.send(new GetObjectCommand({ Bucket, Key: 'ours' })))).toBe('404 NoSuchBucket')
  await theirs.send(new CreateBucketCommand({ Bucket }))
  expect((await theirs.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0)
  expect(await refusal(theirs.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/ours` })))).toBe('404 NoSuchKey')
  expect(await text(s3, 'ours')).toBe('x')
})

test('ranges and parts of objects', async () => {
  const { s3 } = await house()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '0123456789' }))
  const table = [['bytes=0-0', '0', 'bytes 0-0/10'], ['bytes=8-', '89', 'bytes 8-9/10'], ['bytes=-3', '789', 'bytes 7-9/10'], ['bytes=5-99', '56789', 'bytes 5-9/10']] as const
  for (const [Range, expected, ContentRange] of table) {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'k', Range }))
    expect(await got.Body!.transformToString()).toBe(expected)
    expect(got).toMatchObject({ ContentRange, ContentLength: expected.length, $metadata: { httpStatusCode: 206 } })
  }
  for (const Range of ['bytes=3-1', 'bytes=0-1,3-4', 'lines=1-2']) expect(await text(s3, 'k', { Range })).toBe('0123456789')
  expect(await text(s3, 'k', { ResponseContentType: 'text/x', IfModifiedSince: new Date(0), IfMatch: '*' })).toBe('0123456789')
})

describe('checksums', () => {
  const algorithms = ['CRC32', 'CRC32C', 'SHA1', 'SHA256', 'CRC64NVME'] as const
  test.each(algorithms.slice(0, 4))('%s: in front of the body, and behind one that is streamed', async ChecksumAlgorithm => {
    const { s3 } = await house()
    const put = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ChecksumAlgorithm }))
    const stream = Readable.from([Buffer.alloc(70_000, 'x'), Buffer.from('end')])
    await s3.send(new PutObjectCommand({ Bucket, Key: 'streamed', Body: stream, ContentLength: 70_003, ChecksumAlgorithm }))
    const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed', ChecksumMode: 'ENABLED' }))
    expect((await got.Body!.transformToByteArray()).length).toBe(70_003)
    const name = `Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32'
    expect(got[name]).toMatch(/^[A-Za-z0-9+/]+=*$/)
    expect(put[name]).toBe((await s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' })))[name])
    expect(await refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'bad', Body: 'hello', [name]: put[name]!.replace(/^./, c => (c === 'A' ? 'B' : 'A')) })))).toBe('400 BadDigest')
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(2)
  })

  test('CRC64NVME as a header', async () => {
    const { s3 } = await house()
    // Of "123456789", by the algorithm's own catalogue.
    const ChecksumCRC64NVME = Buffer.from('ae8b14860a799888', 'hex').toString('base64')
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '123456789', ChecksumCRC64NVME }))
    expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' }))).toMatchObject({ ChecksumCRC64NVME, ChecksumType: 'FULL_OBJECT' })
    expect(await refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: '12345678', ChecksumCRC64NVME })))).toBe('400 BadDigest')
  })
})

test('an object in parts', async () => {
  const { s3, files, upkeep, store } = await house()
  const bytes = [Buffer.alloc(5 * 1024 ** 2, 'a'), Buffer.alloc(5 * 1024 ** 2, 'b'), Buffer.from('end')]
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big', ContentType: 'x/y', ChecksumAlgorithm: 'CRC32' }))
  const put = async (PartNumber: number, Body: Buffer) => {
    const { ETag, ChecksumCRC32 } = await s3.send(new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber, Body, ChecksumAlgorithm: 'CRC32' }))
    return { PartNumber, ETag, ChecksumCRC32 }
  }
  await put(1, Buffer.from('replaced'))
  const Parts = await Promise.all(bytes.map((body, at) => put(at + 1, body)))
  await put(9, Buffer.from('left out'))
  const listed = await s3.send(new ListPartsCommand({ Bucket, Key: 'big', UploadId, MaxParts: 2 }))
  expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2', Parts: [{ PartNumber: 1, Size: 5 * 1024 ** 2 }, { PartNumber: 2 }] })
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{ Key: 'big', UploadId }])
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0)
  const complete = (MultipartUpload: object) => s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload }))
  expect(await refusal(complete({ Parts: [Parts[1], Parts[0]] }))).toBe('400 InvalidPartOrder')
  expect(await refusal(complete({ Parts: [Parts[0], { PartNumber: 4, ETag: 'x' }] }))).toBe('400 InvalidPart')
  expect(await refusal(complete({ Parts: [Parts[2], { ...(await put(10, Buffer.from('x'))) }] }))).toBe('400 EntityTooSmall')
  expect(await refusal(complete({ Parts: [] }))).toBe('400 InvalidRequest')
  const done = await complete({ Parts })
  const etag = `"${md5(Buffer.concat(bytes.map(body => createHash('md5').update(body).digest())))}-3"`
  expect(done).toMatchObject({ ETag: etag, ChecksumType: 'COMPOSITE', Location: 'http://localhost:4566/logs/big' })
  // Who lost the answer asks again, and gets it; who asks for something else, or for what is gone, does not.
  const { $metadata: _, ...answer } = done
  expect(await complete({ Parts })).toMatchObject(answer)
  expect(await refusal(complete({ Parts: Parts.slice(1) }))).toBe('404 NoSuchUpload')
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }))
  expect(md5(Buffer.from(await got.Body!.transformToByteArray()))).toBe(md5(Buffer.concat(bytes)))
  expect(got).toMatchObject({ ETag: etag, ContentType: 'x/y' })
  expect(await text(s3, 'big', { Range: `bytes=${10 * 1024 ** 2 - 2}-` })).toBe('bbend')
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'big', PartNumber: 3 }))).toMatchObject({ ContentLength: 3, PartsCount: 3 })
  await upkeep()
  expect(files()).toHaveLength(3)
  expect(await store.objectFeed.after(0, 10)).toMatchObject([{ key: 'big', size: 10 * 1024 ** 2 + 3, parts: [{}, {}, {}] }])

  const { UploadId: second } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'copied' }))
  const copy = { Bucket, Key: 'copied', UploadId: second, CopySource: `${Bucket}/big` }
  const part = await s3.send(new UploadPartCopyCommand({ ...copy, PartNumber: 1, CopySourceRange: `bytes=${10 * 1024 ** 2 - 1}-${10 * 1024 ** 2 + 1}` }))
  expect(part.CopyPartResult?.ETag).toBe(`"${md5('ben')}"`)
  expect(await refusal(s3.send(new UploadPartCopyCommand({ ...copy, PartNumber: 1, CopySourceRange: 'bytes=0-99999999' })))).toBe('400 InvalidArgument')
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'copied', UploadId: second }))
  expect(await refusal(s3.send(new ListPartsCommand({ Bucket, Key: 'copied', UploadId: second })))).toBe('404 NoSuchUpload')
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'big' }))
  expect(await refusal(complete({ Parts }))).toBe('404 NoSuchUpload')
  await upkeep()
  expect(files()).toEqual([])
})

test('uploads under way are listed page by page, common prefixes once', async () => {
  const { s3 } = await house()
  for (const Key of ['a', 'b/1', 'b/1', 'b/2', 'c/1', 'd']) await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, StorageClass: 'STANDARD_IA' }))
  for (const MaxUploads of [1, 2, 3, 10]) {
    const seen: string[] = []
    let next: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {}
    while (next !== undefined && seen.length < 10) {
      const page: ListMultipartUploadsCommandOutput = await s3.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', MaxUploads, ...next }))
      const { Uploads = [], CommonPrefixes = [] } = page
      seen.push(...Uploads.map(({ Key, StorageClass }) => `${Key} ${StorageClass}`), ...CommonPrefixes.map(({ Prefix }) => `${Prefix}`))
      next = page.IsTruncated === true ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined
    }
    expect(seen.toSorted()).toEqual(['a STANDARD_IA', 'b/', 'c/', 'd STANDARD_IA'])
  }
})

test('copies live without their originals', async () => {
  const { s3, upkeep, files } = await house()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'a/ü', Body: 'hello', ContentType: 'text/plain', Metadata: { who: 'me' } }))
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `/${Bucket}/a/%C3%BC` }))
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'a/ü', CopySource: `${Bucket}/a/%C3%BC`, MetadataDirective: 'REPLACE', Metadata: { who: 'you' } }))
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'a/ü' }))).toMatchObject({ Metadata: { who: 'you' }, ContentType: 'binary/octet-stream' })
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a/ü' }, { Key: 'none' }, { Key: 'b', VersionId: 'v' }] } }))
  expect(Deleted).toEqual([{ Key: 'a/ü' }, { Key: 'none' }])
  expect(Errors).toMatchObject([{ Key: 'b', Code: 'NoSuchVersion' }])
  await upkeep()
  expect(files()).toHaveLength(1)
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'b' }))).toMatchObject({ Metadata: { who: 'me' }, ContentType: 'text/plain' })
  expect(await text(s3, 'b')).toBe('hello')
})

test('lists with prefixes, delimiters and pages', async () => {
  const { s3 } = await house()
  const keys = ['a', 'a/1', 'a/2', 'b/c/1', 'b/c/2', 'b/d', 'c', 'é/1', '😀']
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  const list = async (more: object) => {
    const { Contents = [], CommonPrefixes = [], ...rest } = await s3.send(new ListObjectsV2Command({ Bucket, ...more }))
    return { keys: [...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix)], ...rest }
  }
  expect(await list({ Delimiter: '/' })).toMatchObject({ keys: ['a', 'c', '😀', 'a/', 'b/', 'é/'], KeyCount: 6, IsTruncated: false })
  expect((await list({ Prefix: 'b/', Delimiter: '/' })).keys).toEqual(['b/d', 'b/c/'])
  expect((await list({ StartAfter: 'b/c/1' })).keys).toEqual(['b/c/2', 'b/d', 'c', 'é/1', '😀'])
  expect((await list({ Prefix: 'é', EncodingType: 'url' })).keys).toEqual(['%C3%A9/1'])
  expect((await list({ MaxKeys: 0 })).keys).toEqual([])
  for (const pageSize of [1, 2, 3, 9]) {
    const seen: (string | undefined)[] = []
    for await (const { Contents = [], CommonPrefixes = [] } of paginateListObjectsV2({ client: s3, pageSize }, { Bucket, Delimiter: '/' })) {
      seen.push(...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix))
    }
    expect(new Set(seen)).toEqual(new Set(['a', 'a/', 'b/', 'c', 'é/', '😀']))
    expect(seen).toHaveLength(6)
  }
  const first = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', MaxKeys: 2 }))
  expect(first).toMatchObject({ IsTruncated: true, NextMarker: 'a/' })
  const second = await s3.send(new ListObjectsCommand({ Bucket, Delimiter: '/', Marker: first.NextMarker, MaxKeys: 2 }))
  expect([second.CommonPrefixes, second.Contents?.map(({ Key }) => Key)]).toEqual([[{ Prefix: 'b/' }], ['c']])
  expect(await refusal(list({ ContinuationToken: '!' }))).toBe('400 InvalidArgument')
})

test('lifecycle rules delete by age and prefix', async () => {
  const { s3, client, clock, upkeep, files } = await house()
  const Rules = [
    { ID: 'logs', Status: 'Enabled' as const, Filter: { Prefix: 'logs/' }, Expiration: { Days: 2 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } },
    { ID: 'dated', Status: 'Enabled' as const, Filter: { Prefix: 'dated/' }, Expiration: { Date: new Date('2020-01-01T00:00:00Z') } },
    { ID: 'off', Status: 'Disabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 1 } },
  ]
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }))
  expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual(Rules)
  for (const Key of ['logs/a', 'other', 'dated/a']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }))
  const half = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'logs/half' }))
  expect(half).toMatchObject({ AbortDate: new Date((Math.floor(NOW / 86_400_000) + 2) * 86_400_000), AbortRuleId: 'logs' })
  expect((await s3.send(new ListPartsCommand({ Bucket, Key: 'logs/half', UploadId: half.UploadId }))).AbortDate).toEqual(half.AbortDate)
  const other = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'other' }))
  expect(other).not.toHaveProperty('AbortDate')
  await s3.send(new AbortMultipartUploadCommand({ Bucket, Key: 'other', UploadId: other.UploadId }))
  const left = async () => {
    // A client each: they set their clocks by the answers' dates, which are the machine's.
    const later = () => client({ systemClockOffset: clock.now() - Date.now() })
    return [(await (await later()).send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key), (await (await later()).send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0]
  }
  await upkeep()
  expect(await left()).toEqual([['logs/a', 'other'], 1])
  await clock.advance(millis(2 * 86_400_000))
  await upkeep()
  // Two days have passed, but not the midnight after them.
  expect(await left()).toEqual([['logs/a', 'other'], 0])
  await clock.advance(millis(86_400_000))
  await upkeep()
  expect(await left()).toEqual([['other'], 0])
  expect(files()).toHaveLength(1)
  const bad = (rule: object) => refusal(s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [rule as never] } })))
  clock.step(NOW)
  expect(await bad({ Status: 'Enabled', Filter: {}, Expiration: { Days: 0 } })).toBe('400 InvalidArgument')
  expect(await bad({ Status: 'Enabled', Filter: {} })).toBe('400 InvalidRequest')
  expect(await bad({ Status: 'Perhaps', Filter: {}, Expiration: { Days: 1 } })).toBe('400 MalformedXML')
  const Tag = { Key: 'a', Value: 'b' }
  expect(await bad({ Status: 'Enabled', Filter: { Tag }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })).toBe('400 InvalidRequest')
  expect(await bad({ Status: 'Enabled', Filter: { Tag: { ...Tag, Key: 'a,b' } }, Expiration: { Days: 1 } })).toBe('400 InvalidTag')
})

test('lifecycle rules delete by tags', async () => {
  const { s3, clock, upkeep, client } = await house()
  const [one, other] = [{ Key: 'keep', Value: 'no' }, { Key: 'of', Value: "it's" }]
  const rule = (ID: string, Filter: object) => ({ ID, Filter, Status: 'Enabled' as const, Expiration: { Days: 1 } })
  const Rules = [rule('both', { And: { Prefix: 'tmp/', Tags: [one, other] } }), rule('one', { Tag: { Key: 'gone', Value: '' } })]
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } })).catch((error: unknown) => expect(error).toMatchObject({ name: 'InvalidTag' }))
  Rules[0]!.Filter = { And: { Prefix: 'tmp/', Tags: [one, { ...other, Value: 'it is' }] } }
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }))
  const table = [['tmp/both', 'keep=no&of=it%20is'], ['tmp/half', 'keep=no'], ['tmp/other', 'keep=no&of=it'], ['both', 'keep=no&of=it+is'], ['single', 'gone=&x=y'], ['none', undefined]] as const
  for (const [Key, Tagging] of table) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Tagging }))
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'tmp/both' }))).Expiration).toContain('rule-id="both"')
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'tmp/half' }))).Expiration).toBeUndefined()
  await clock.advance(millis(2 * 86_400_000))
  await upkeep()
  const later = await client({ systemClockOffset: clock.now() - Date.now() })
  expect((await later.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key)).toEqual(['both', 'none', 'tmp/half', 'tmp/other'])
})

test('objects have tags, which come with them, are changed, and go along with copies', async () => {
  const { s3 } = await house()
  const tags = async (Key: string) => (await s3.send(new GetObjectTaggingCommand({ Bucket, Key }))).TagSet?.map(tag => `${tag.Key}=${tag.Value}`).join()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging: 'a=1&b%20c=%C3%A4&empty&' }))
  expect(await tags('k')).toBe('a=1,b c=ä,empty=')
  expect((await s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))).TagCount).toBe(3)
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'along', CopySource: `${Bucket}/k`, Tagging: 'not=taken' }))
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'new', CopySource: `${Bucket}/k`, TaggingDirective: 'REPLACE', Tagging: 'd=e' }))
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'bare', CopySource: `${Bucket}/k`, TaggingDirective: 'REPLACE' }))
  expect([await tags('along'), await tags('new'), await tags('bare')]).toEqual(['a=1,b c=ä,empty=', 'd=e', ''])
  expect(await refusal(s3.send(new CopyObjectCommand({ Bucket, Key: 'n', CopySource: `${Bucket}/k`, TaggingDirective: 'MERGE' as 'COPY' })))).toBe('400 InvalidArgument')
  const { LastModified } = await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet: [{ Key: 'z', Value: '9' }] } }))
  expect(await tags('k')).toBe('z=9')
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).LastModified).toEqual(LastModified)
  await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' }))
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).not.toHaveProperty('TagCount')
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big', Tagging: 'p=q' }))
  const { ETag } = await s3.send(new UploadPartCommand({ Bucket, Key: 'big', UploadId, PartNumber: 1, Body: 'y' }))
  await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'big', UploadId, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }))
  expect(await tags('big')).toBe('p=q')
  await s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body: 'x' }))
  expect(await tags('big')).toBe('')
})

test('what infrastructure code sets on a bucket for logs is shown again', async () => {
  const { s3 } = await house()
  expect((await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe('AES256')
  const ServerSideEncryptionConfiguration = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: 'alias/x' }, BucketKeyEnabled: true }] }
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration }))
  expect((await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration).toEqual(ServerSideEncryptionConfiguration)
  const PublicAccessBlockConfiguration = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }))
  expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual(PublicAccessBlockConfiguration)
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined()
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled')
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'team', Value: 'ops' }] } }))
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: 'team', Value: 'ops' }])
})
