import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand, DeleteBucketOwnershipControlsCommand, DeleteBucketPolicyCommand, DeleteObjectCommand, DeleteObjectTaggingCommand,
  DeleteObjectsCommand, DeletePublicAccessBlockCommand, GetBucketAccelerateConfigurationCommand, GetBucketAclCommand, GetBucketCorsCommand,
  GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketLocationCommand, GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand, GetBucketOwnershipControlsCommand, GetBucketPolicyCommand, GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand, GetBucketRequestPaymentCommand, GetBucketWebsiteCommand, GetObjectAclCommand, GetObjectAttributesCommand,
  GetObjectCommand, GetObjectLockConfigurationCommand, GetObjectTaggingCommand, GetPublicAccessBlockCommand, HeadBucketCommand, HeadObjectCommand,
  ListBucketsCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand, ListObjectsCommand, ListObjectsV2Command, ListPartsCommand,
  PutBucketAclCommand, PutBucketCorsCommand, PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand, PutBucketOwnershipControlsCommand, PutBucketPolicyCommand, PutBucketTaggingCommand,
  PutBucketVersioningCommand, PutObjectAclCommand, PutObjectCommand, PutObjectTaggingCommand, PutPublicAccessBlockCommand, UploadPartCommand,
  UploadPartCopyCommand, type S3Client,
} from '@aws-sdk/client-s3'
import { describe, expect, test } from 'vitest'
import { checksumHasher, type ChecksumAlgorithm } from '../src/base/checksum.ts'
import { region } from '../src/base/tenancy.ts'
import { epochMillis } from '../src/base/time.ts'
import { NOW, s3Server } from './s3-server.ts'
import { OURS } from './temporary-control.ts'

/** What S3 itself answers, member by member, as it was recorded by those who asked it. */
const Bucket = 'logs'
const FIVE = 5 * 1024 ** 2
const md5 = (data: string | Buffer): string => createHash('md5').update(data).digest('hex')

const house = async () => {
  const server = await s3Server()
  // Without checksums of its own, so that S3's default shows.
  const s3 = await server.client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' })
  await s3.send(new CreateBucketCommand({ Bucket }))
  return { ...server, s3 }
}

const sum = (algorithm: ChecksumAlgorithm, data: string | Buffer): string => {
  const hasher = checksumHasher(algorithm)
  hasher.add(Buffer.from(data))
  return hasher.digest()
}

/** The answer without what belongs to the client. */
const bare = async (answer: Promise<object>): Promise<Record<string, unknown>> => {
  const { $metadata, Body: _, ...rest } = (await answer) as Record<string, unknown> & { $metadata: { httpStatusCode: number } }
  return { status: $metadata.httpStatusCode, ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) }
}

/** The refusal with all that it says. */
const refusal = async (answer: Promise<unknown>): Promise<Record<string, unknown>> => {
  try {
    await answer
  } catch (error) {
    const { $metadata, name, message, $fault: _, $response: __, RequestId: ___, HostId: ____, Code: _____, message: ______, ...members } = error as Error & {
      $metadata: { httpStatusCode: number }
    } & Record<string, unknown>
    return { status: $metadata.httpStatusCode, name, message, ...members }
  }
  throw new Error('was accepted')
}

const invalid = (message: string, ArgumentName?: string, ArgumentValue?: string) => ({
  status: 400, name: 'InvalidArgument', message, ...(ArgumentName === undefined ? {} : { ArgumentName }), ...(ArgumentValue === undefined ? {} : { ArgumentValue }),
})
const request = (message: string) => ({ status: 400, name: 'InvalidRequest', message })
const digest = (message: string) => ({ status: 400, name: 'BadDigest', message })
const failed = (Condition: string) => ({
  status: 412, name: 'PreconditionFailed', message: 'At least one of the pre-conditions you specified did not hold', Condition,
})
const conflict = (Condition: string, Key: string) => ({
  status: 409, name: 'ConditionalRequestConflict', Condition, Key,
  message: 'The conditional request cannot succeed due to a conflicting operation against this resource.',
})
const unaccepted = (Header: string, additionalMessage: string) => ({
  status: 501, name: 'NotImplemented', message: 'A header you provided implies functionality that is not implemented', Header, additionalMessage,
})

describe('objects', () => {
  test('a put, a get and a head say everything', async () => {
    const { s3 } = await house()
    const ETag = `"${md5('hello')}"`
    const checksum = { ChecksumCRC64NVME: sum('CRC64NVME', 'hello'), ChecksumType: 'FULL_OBJECT' }
    expect(await bare(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' })))).toEqual({ status: 200, ETag, ...checksum, ServerSideEncryption: 'AES256' })
    const shown = {
      AcceptRanges: 'bytes', ContentLength: 5, ContentType: 'application/octet-stream', ETag, LastModified: new Date(Math.floor(NOW / 1000) * 1000), Metadata: {},
      ServerSideEncryption: 'AES256',
    }
    expect(await bare(s3.send(new HeadObjectCommand({ Bucket, Key: 'k' })))).toEqual({ status: 200, ...shown })
    expect(await bare(s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' })))).toEqual({ status: 200, ...shown, ...checksum })
    expect(await bare(s3.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED' })))).toEqual({ status: 200, ...shown, ...checksum })
    const get = (more: object) => bare(s3.send(new GetObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED', ...more })))
    // A range of all of it has the checksum, another has none; a part of what was put at once is all of it.
    expect(await get({ Range: 'bytes=0-99' })).toEqual({ status: 206, ...shown, ...checksum, ContentRange: 'bytes 0-4/5' })
    expect(await get({ PartNumber: 1 })).toEqual({ status: 206, ...shown, ...checksum, ContentRange: 'bytes 0-4/5' })
    expect(await get({ Range: 'bytes=1-2' })).toEqual({ status: 206, ...shown, ContentLength: 2, ContentRange: 'bytes 1-2/5' })
    expect(await get({ Range: 'bytes=3-1' })).toEqual({ status: 200, ...shown, ...checksum })
  })

  test('attributes', async () => {
    const { s3 } = await house()
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }))
    const attributes = (...ObjectAttributes: string[]) => s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ObjectAttributes as 'ETag'[] }))
    const LastModified = new Date(Math.floor(NOW / 1000) * 1000)
    expect(await bare(attributes('ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'))).toEqual({
      status: 200, LastModified, ETag: md5('hello'), Checksum: { ChecksumCRC64NVME: sum('CRC64NVME', 'hello'), ChecksumType: 'FULL_OBJECT' }, StorageClass: 'STANDARD', ObjectSize: 5,
    })
    expect(await bare(attributes('ObjectSize'))).toEqual({ status: 200, LastModified, ObjectSize: 5 })
    expect(await bare(s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' })))).toEqual({ status: 200, TagSet: [] })
    expect(await bare(s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k' })))).toEqual({ status: 204 })
    expect(await refusal(s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'none' })))).toMatchObject({ status: 404, name: 'NoSuchKey', Key: 'none' })
    expect(await refusal(attributes('Size'))).toEqual(invalid('Invalid attribute name specified.', 'x-amz-object-attributes'))
    expect(await refusal(attributes(''))).toEqual(request('The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty'))
    expect(await refusal(s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'none', ObjectAttributes: ['ETag'] })))).toMatchObject({ status: 404, name: 'NoSuchKey' })
  })

  test('refusals', async () => {
    const { s3 } = await house()
    const put = (more: object) => refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ...more })))
    const get = (more: object) => refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'k', ...more })))
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }))
    const other = createHash('md5').update('other').digest()
    for (const ContentMD5 of ['MTIz', 'not base64', '000']) {
      expect(await put({ ContentMD5 })).toEqual({ status: 400, name: 'InvalidDigest', message: 'The Content-MD5 you specified was invalid.', 'Content-MD5': ContentMD5 })
    }
    expect(await put({ ContentMD5: other.toString('base64') })).toEqual({
      ...digest('The Content-MD5 you specified did not match what we received.'),
      ExpectedDigest: other.toString('hex'), CalculatedDigest: createHash('md5').update('hello').digest('base64'),
    })
    for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) {
      const name = `Checksum${algorithm}`
      expect(await put({ [name]: 'rubbish' })).toEqual(request(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`))
      expect(await put({ [name]: sum(algorithm, 'other') })).toEqual(digest(`The ${algorithm} you specified did not match the calculated checksum.`))
    }
    expect(await put({ StorageClass: 'OUTPOSTS' })).toEqual({
      status: 400, name: 'InvalidStorageClass', message: 'The storage class you specified is not valid', StorageClassRequested: 'OUTPOSTS',
    })
    expect(await put({ ACL: 'fake-acl' })).toMatchObject({ status: 400, name: 'InvalidArgument', ArgumentName: 'x-amz-acl', ArgumentValue: 'fake-acl' })
    expect(await put({ ExpectedBucketOwner: 'abcd' })).toEqual({
      status: 400, name: 'InvalidBucketOwnerAWSAccountID', message: 'The value of the expected bucket owner parameter must be an AWS Account ID... [abcd]',
    })
    expect(await get({ Key: 'none' })).toEqual({ status: 404, name: 'NoSuchKey', message: 'The specified key does not exist.', Key: 'none' })
    expect(await get({ Range: 'bytes=9-' })).toEqual({
      status: 416, name: 'InvalidRange', message: 'The requested range is not satisfiable', RangeRequested: 'bytes=9-', ActualObjectSize: '5',
    })
    expect(await get({ PartNumber: 2 })).toEqual({
      status: 416, name: 'InvalidPartNumber', message: 'The requested partnumber is not satisfiable', PartNumberRequested: '2', ActualPartCount: '1',
    })
    const version = invalid('Invalid version id specified', 'versionId', 'v1')
    expect(await get({ VersionId: 'v1' })).toEqual(version)
    expect(await refusal(s3.send(new DeleteObjectCommand({ Bucket, Key: 'none', VersionId: 'v1' })))).toEqual(version)
    const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k', VersionId: 'v1' }] } }))
    expect(Errors).toEqual([{ Key: 'k', VersionId: 'v1', Code: 'NoSuchVersion', Message: 'The specified version does not exist.' }])
    const bypass = 'x-amz-bypass-governance-retention is only applicable to Object Lock enabled buckets.'
    expect(await refusal(s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', BypassGovernanceRetention: true })))).toEqual(invalid(bypass, 'x-amz-bypass-governance-retention'))
  })

  test('tags', async () => {
    const { s3 } = await house()
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }))
    const tag = (...TagSet: { Key: string; Value: string }[]) => s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', Tagging: { TagSet } }))
    const header = (Tagging: string) => refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', Tagging })))
    const wrong = (message: string, more: object = {}) => ({ status: 400, name: 'InvalidTag', message, ...more })
    expect(await bare(tag({ Key: 'a', Value: '' }))).toEqual({ status: 200 })
    expect(await refusal(tag({ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }))).toEqual(wrong('Cannot provide multiple Tags with the same key', { TagKey: 'a' }))
    expect(await refusal(tag({ Key: 'a,b', Value: '' }))).toEqual(wrong('The TagKey you have provided is invalid', { TagKey: 'a,b' }))
    expect(await refusal(tag({ Key: 'a', Value: 'b,c' }))).toEqual(wrong('The TagValue you have provided is invalid', { TagKey: 'a', TagValue: 'b,c' }))
    expect(await refusal(tag({ Key: 'aws:a', Value: '' }))).toEqual(wrong('Your TagKey cannot be prefixed with aws:', { TagKey: 'aws:a' }))
    const many = Array.from({ length: 11 }, (_, at) => ({ Key: `k${at}`, Value: '' }))
    const tooMany = { status: 400, name: 'BadRequest', message: 'Object tags cannot be greater than 10' }
    expect(await refusal(tag(...many))).toEqual(tooMany)
    expect(await header(many.map(({ Key }) => `${Key}=`).join('&'))).toEqual(tooMany)
    const rule = 'shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.'
    for (const text of ['TagSet=[{Key=string,Value=string}]', 'Key1=Val1,Key2=Val2', 'a=1&a=2', '=', 'a=%E4']) {
      expect(await header(text)).toEqual(invalid(`The header 'x-amz-tagging' ${rule}`, 'x-amz-tagging', text))
    }
    const encoded = 'TagSet%3D%5B%7BKey%3Dstring%2CValue%3Dstring%7D%5D'
    expect(await header(encoded)).toEqual(wrong('The TagKey you have provided is invalid', { TagKey: decodeURIComponent(encoded) }))
    expect(await refusal(s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'none', Tagging: { TagSet: [] } })))).toMatchObject({ status: 404, name: 'NoSuchKey', Key: 'none' })
    const CreateBucketConfiguration = { Tags: [{ Key: 'aws:a', Value: '' }] }
    expect(await refusal(s3.send(new CreateBucketCommand({ Bucket: 'tagged', CreateBucketConfiguration })))).toEqual(wrong(
      'User-defined tag keys can\'t start with "aws:". This prefix is reserved for system tags. Remove "aws:" from your tag keys and try again.',
    ))
  })

  test('versions, of which each key has one', async () => {
    const { s3 } = await house()
    for (const Key of ['a', 'b/1', 'b/2', 'c']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', StorageClass: 'STANDARD_IA' }))
    const version = {
      ETag: `"${md5('hello')}"`, Size: 5, StorageClass: 'STANDARD_IA', ChecksumAlgorithm: ['CRC64NVME'], ChecksumType: 'FULL_OBJECT', LastModified: new Date(NOW),
      VersionId: 'null', IsLatest: true, Owner: { ID: expect.any(String) as string, DisplayName: OURS.account },
    }
    const list = (more: object) => bare(s3.send(new ListObjectVersionsCommand({ Bucket, ...more })))
    const shown = { status: 200, Name: Bucket, Prefix: '', KeyMarker: '', VersionIdMarker: '', MaxKeys: 1000, IsTruncated: false }
    expect(await list({ Delimiter: '/' })).toEqual({ ...shown, Delimiter: '/', CommonPrefixes: [{ Prefix: 'b/' }], Versions: [{ Key: 'a', ...version }, { Key: 'c', ...version }] })
    expect(await list({ MaxKeys: 2 })).toMatchObject({ IsTruncated: true, NextKeyMarker: 'b/1', NextVersionIdMarker: 'null', Versions: [{ Key: 'a' }, { Key: 'b/1' }] })
    expect(await list({ KeyMarker: 'b/1', VersionIdMarker: 'null' })).toMatchObject({ Versions: [{ Key: 'b/2' }, { Key: 'c' }] })
    expect(await refusal(s3.send(new ListObjectVersionsCommand({ Bucket, VersionIdMarker: 'null' })))).toEqual(
      invalid('A version-id marker cannot be specified without a key marker.', 'version-id-marker', 'null'),
    )
    expect((await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 1 }))).Contents?.[0]?.StorageClass).toBe('STANDARD_IA')
  })

  test('conditions', async () => {
    const { s3 } = await house()
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello' }))
    const [before, after] = [new Date(NOW - 86_400_000), new Date(NOW + 86_400_000)]
    const copy = (more: object) => refusal(s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k`, ...more })))
    expect(await copy({ CopySourceIfMatch: 'other' })).toEqual(failed('x-amz-copy-source-If-Match'))
    expect(await copy({ CopySourceIfUnmodifiedSince: before })).toEqual(failed('x-amz-copy-source-If-Unmodified-Since'))
    expect(await copy({ CopySourceIfNoneMatch: md5('hello') })).toEqual(failed('x-amz-copy-source-If-None-Match'))
    expect(await copy({ CopySourceIfModifiedSince: new Date(NOW) })).toEqual(failed('x-amz-copy-source-If-Modified-Since'))
    // A time that is still to come says nothing.
    expect(await bare(s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k`, CopySourceIfModifiedSince: after })))).toMatchObject({ status: 200 })
    expect(await bare(s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfModifiedSince: after })))).toMatchObject({ status: 200 })
    expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key: 'k', IfUnmodifiedSince: before })))).toEqual(failed('If-Unmodified-Since'))
    const put = (more: object) => refusal(s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x', ...more })))
    expect(await put({ IfNoneMatch: '*' })).toEqual(failed('If-None-Match'))
    expect(await put({ IfMatch: '"other"' })).toEqual(failed('If-Match'))
    expect(await put({ Key: 'none', IfMatch: '"other"' })).toMatchObject({ status: 404, name: 'NoSuchKey', Key: 'none' })
    expect(await put({ IfNoneMatch: '"x"' })).toEqual(unaccepted('If-None-Match', "We don't accept the provided value of If-None-Match header for this API"))
    expect(await put({ IfMatch: '*' })).toEqual(unaccepted('If-Match', "We don't accept the provided value of If-Match header for this API"))
    expect(await put({ IfMatch: '"x"', IfNoneMatch: '*' })).toEqual(unaccepted('If-Match,If-None-Match', 'Multiple conditional request headers present in the request'))
  })

  test('copies', async () => {
    const { s3 } = await house()
    await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', WebsiteRedirectLocation: '/x', ContentType: 'text/plain' }))
    const copy = async (more: object) => (await s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k`, ...more }))).CopyObjectResult
    const result = { ETag: `"${md5('hello')}"`, LastModified: new Date(NOW) }
    expect(await bare(s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k` })))).toEqual({
      status: 200, CopyObjectResult: { ...result, ChecksumCRC64NVME: sum('CRC64NVME', 'hello') }, ServerSideEncryption: 'AES256',
    })
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'c' }))
    expect([head.WebsiteRedirectLocation, head.ContentType]).toEqual([undefined, 'text/plain'])
    for (const ChecksumAlgorithm of ['CRC32', 'CRC32C', 'SHA1', 'SHA256'] as const) {
      expect(await copy({ ChecksumAlgorithm })).toEqual({ ...result, [`Checksum${ChecksumAlgorithm}`]: sum(ChecksumAlgorithm, 'hello') })
      expect(await bare(s3.send(new HeadObjectCommand({ Bucket, Key: 'c', ChecksumMode: 'ENABLED' })))).toMatchObject({ ChecksumType: 'FULL_OBJECT', [`Checksum${ChecksumAlgorithm}`]: sum(ChecksumAlgorithm, 'hello') })
    }
    expect(await refusal(s3.send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: 'nothing' })))).toEqual(invalid('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source'))
    const itself = "metadata, storage class, website redirect location or encryption attributes."
    expect(await refusal(copy({ Key: 'k' }))).toEqual(request(`This copy request is illegal because it is trying to copy an object to itself without changing the object's ${itself}`))
    expect(await copy({ Key: 'k', ServerSideEncryption: 'AES256' })).toMatchObject(result)
  })

  test('numbers in addresses', async () => {
    const { raw, signed } = await house()
    const ask = async (query: Record<string, string>): Promise<string | undefined> => {
      const path = `/${Bucket}?${new URLSearchParams(query).toString()}`
      const { status, text } = await raw({ method: 'GET', path, headers: await signed({ method: 'GET', path: `/${Bucket}`, query }, 'UNSIGNED-PAYLOAD') })
      return `${status} ${/<Code>.*<\/ArgumentValue>/.exec(text)?.[0]}`
    }
    for (const [name, value] of [['max-keys', 'abc'], ['max-keys', '99999999999'], ['max-keys', '1.5']] as const) {
      expect(await ask({ 'list-type': '2', [name]: value })).toBe(
        `400 <Code>InvalidArgument</Code><Message>Provided ${name} not an integer or within integer range</Message><ArgumentName>${name}</ArgumentName><ArgumentValue>${value}</ArgumentValue>`,
      )
    }
  })

  test('when they go by the bucket\'s rules, and by which', async () => {
    const { s3 } = await house()
    const rule = (ID: string, Days: number, more: object) => ({ ID, Status: 'Enabled' as const, Filter: more, Expiration: { Days } })
    const Rules = [rule('all of it', 9, { Prefix: 'l' }), rule('logs', 2, { Prefix: 'logs/' }), rule('large', 1, { ObjectSizeGreaterThan: 100 })]
    const put = new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } })
    expect(await bare(s3.send(put))).toEqual({ status: 200, TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K' })
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).TransitionDefaultMinimumObjectSize).toBe('all_storage_classes_128K')
    const day = (days: number) => new Date((Math.floor(NOW / 86_400_000) + 1 + days) * 86_400_000).toUTCString()
    const expiration = async (Key: string, Body: string) => {
      const { Expiration } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }))
      expect((await s3.send(new HeadObjectCommand({ Bucket, Key }))).Expiration).toBe(Expiration)
      return Expiration
    }
    expect(await expiration('logs/a', 'x')).toBe(`expiry-date="${day(2)}", rule-id="logs"`)
    expect(await expiration('l', 'x')).toBe(`expiry-date="${day(9)}", rule-id="all%20of%20it"`)
    expect(await expiration('logs/b', 'x'.repeat(101))).toBe(`expiry-date="${day(1)}", rule-id="large"`)
    expect(await expiration('other', 'x')).toBeUndefined()
  })
})

describe('in parts', () => {
  const begin = async (s3: S3Client, more: object = {}) => {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k', ...more }))
    const upload = { Bucket, Key: 'k', UploadId }
    const part = (PartNumber: number, Body: string | Buffer, extra: object = {}) => s3.send(new UploadPartCommand({ ...upload, PartNumber, Body, ...extra }))
    const complete = (Parts: readonly object[], extra: object = {}) => s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [...Parts] }, ...extra }))
    return { UploadId, part, complete, upload }
  }
  const bytes = [Buffer.alloc(FIVE + 1, 'a'), Buffer.alloc(FIVE, 'b'), Buffer.from('end')]
  const whole = Buffer.concat(bytes)
  const etag = `"${md5(Buffer.concat(bytes.map(body => createHash('md5').update(body).digest())))}-3"`

  test.each([['CRC32', 'COMPOSITE'], ['SHA256', 'COMPOSITE'], ['CRC32', 'FULL_OBJECT'], ['CRC32C', 'FULL_OBJECT'], ['CRC64NVME', 'FULL_OBJECT']] as const)('%s, %s', async (algorithm, type) => {
    const { s3 } = await house()
    const name = `Checksum${algorithm}` as 'ChecksumCRC32'
    const begun = await bare(s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k', ChecksumAlgorithm: algorithm, ChecksumType: type })))
    expect(begun).toEqual({ status: 200, Bucket, Key: 'k', UploadId: expect.any(String), ChecksumAlgorithm: algorithm, ChecksumType: type, ServerSideEncryption: 'AES256' })
    const { part, complete, upload } = await begin(s3, { ChecksumAlgorithm: algorithm, ChecksumType: type })
    const parts = await Promise.all(bytes.map(async (body, at) => ({ PartNumber: at + 1, ...(await part(at + 1, body)) })))
    expect(parts).toMatchObject(
      bytes.map((body, at) => ({ PartNumber: at + 1, ETag: `"${md5(body)}"`, [name]: sum(algorithm, body), ServerSideEncryption: 'AES256' })),
    )
    const listed = await s3.send(new ListPartsCommand(upload))
    expect([listed.ChecksumAlgorithm, listed.ChecksumType, listed.Parts?.map(it => it[name])]).toEqual([algorithm, type, bytes.map(body => sum(algorithm, body))])
    expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toMatchObject([{}, { ChecksumAlgorithm: algorithm, ChecksumType: type }])
    const Parts = parts.map(({ PartNumber, ETag, [name]: value }) => ({ PartNumber, ETag, [name]: value }))
    const other = type === 'COMPOSITE' ? 'FULL_OBJECT' : 'COMPOSITE'
    expect(await refusal(complete(Parts, { ChecksumType: other }))).toEqual(request(`The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`))
    expect(await refusal(complete([{ ...Parts[0], [name]: sum(algorithm, 'other') }]))).toMatchObject({ name: 'InvalidPart', PartNumber: '1' })
    expect(await refusal(part(4, 'x', { ChecksumSHA1: sum('SHA1', 'x') }))).toEqual(request(`Checksum Type mismatch occurred, expected checksum Type: ${algorithm.toLowerCase()}, actual checksum Type: sha1`))
    if (type === 'COMPOSITE') {
      const missing = 'The complete request must include the checksum for each part. It was missing for part 1 in the request.'
      expect(await refusal(complete([{ PartNumber: 1, ETag: parts[0]!.ETag }]))).toEqual(request(`The upload was created using a ${algorithm.toLowerCase()} checksum. ${missing}`))
      expect(await refusal(complete([{ PartNumber: 1, ETag: parts[0]!.ETag, ChecksumSHA1: sum('SHA1', 'x') }]))).toEqual(digest('The sha1 you specified for part 1 did not match what we received.'))
    } else expect(await refusal(complete(Parts, { [name]: sum(algorithm, 'other') }))).toEqual(digest(`The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`))
    const value = type === 'COMPOSITE'
      ? `${sum(algorithm, Buffer.concat(bytes.map(body => Buffer.from(sum(algorithm, body), 'base64'))))}-3`
      : sum(algorithm, whole)
    const checksum = { [name]: value, ChecksumType: type }
    expect(await bare(complete(Parts))).toEqual({ status: 200, Bucket, Key: 'k', ETag: etag, Location: 'http://localhost:4566/logs/k', ...checksum, ServerSideEncryption: 'AES256' })
    const head = (more: object) => bare(s3.send(new HeadObjectCommand({ Bucket, Key: 'k', ChecksumMode: 'ENABLED', ...more })))
    expect(await head({})).toMatchObject({ ETag: etag, ...checksum })
    const third = await head({ PartNumber: 3 })
    expect(third).toMatchObject({ status: 206, PartsCount: 3, ContentLength: 3, ContentRange: `bytes ${2 * FIVE + 1}-${2 * FIVE + 3}/${2 * FIVE + 4}` })
    expect([third[name], third['ChecksumType']]).toEqual(type === 'COMPOSITE' ? [sum(algorithm, 'end'), 'COMPOSITE'] : [undefined, undefined])
    // How many parts there are is not said behind the checksum here, and each part only where it has one of its own.
    const attributes = await bare(s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', ObjectAttributes: ['Checksum', 'ObjectParts'], MaxParts: 1, PartNumberMarker: '1' })))
    const page = { PartNumberMarker: '1', NextPartNumberMarker: '2', MaxParts: 1, IsTruncated: true, Parts: [{ PartNumber: 2, Size: FIVE, [name]: sum(algorithm, bytes[1]!) }] }
    expect(attributes).toEqual({
      status: 200, LastModified: new Date(Math.floor(NOW / 1000) * 1000), Checksum: { [name]: value.replace('-3', ''), ChecksumType: type },
      ObjectParts: { TotalPartsCount: 3, ...(type === 'COMPOSITE' ? page : {}) },
    })
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents).toMatchObject([{ Key: 'k', ChecksumAlgorithm: [algorithm], ChecksumType: type }])
    // A copy is one piece, with the ETag and the checksum of one.
    const { CopyObjectResult } = await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/k` }))
    expect(CopyObjectResult).toEqual({ ETag: `"${md5(whole)}"`, LastModified: new Date(NOW), [name]: sum(algorithm, whole) })
    expect(await bare(s3.send(new HeadObjectCommand({ Bucket, Key: 'copy', ChecksumMode: 'ENABLED' })))).toMatchObject({ [name]: sum(algorithm, whole), ChecksumType: 'FULL_OBJECT' })
  })

  test('without a checksum, S3 makes one of the whole object', async () => {
    const { s3 } = await house()
    const { part, complete, upload } = await begin(s3)
    const first = await bare(part(1, bytes[0]!, { ChecksumCRC32: sum('CRC32', bytes[0]!) }))
    expect(first).toEqual({ status: 200, ETag: `"${md5(bytes[0]!)}"`, ChecksumCRC32: sum('CRC32', bytes[0]!), ServerSideEncryption: 'AES256' })
    const second = await bare(part(2, 'end'))
    const listed = await s3.send(new ListPartsCommand(upload))
    expect([listed.ChecksumAlgorithm, Object.keys(listed.Parts![0]!).toSorted()]).toEqual([undefined, ['ETag', 'LastModified', 'PartNumber', 'Size']])
    const Parts = [{ PartNumber: 1, ETag: String(first['ETag']) }, { PartNumber: 2, ETag: String(second['ETag']) }]
    expect(await refusal(complete(Parts, { ChecksumType: 'FULL_OBJECT' }))).toEqual(request('The upload was created using the null checksum mode. The complete request must use the same checksum mode.'))
    expect(await refusal(complete([{ ...Parts[0], ChecksumCRC32: first['ChecksumCRC32'] }]))).toMatchObject({ name: 'InvalidPart', PartNumber: '1' })
    expect(await refusal(complete(Parts, { MpuObjectSize: 5 }))).toEqual(request(`The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: ${FIVE + 4}`))
    expect(await bare(complete(Parts))).toMatchObject({ ChecksumCRC64NVME: sum('CRC64NVME', Buffer.concat([bytes[0]!, Buffer.from('end')])), ChecksumType: 'FULL_OBJECT' })
  })

  test('refusals', async () => {
    const { s3, clock } = await house()
    const create = (more: object) => refusal(s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k', ...more })))
    const types = 'Please try again with any of the valid types: [CRC32, CRC32C, SHA1, SHA256]'
    expect(await create({ ChecksumAlgorithm: 'TEST' })).toEqual(request(`Checksum algorithm provided is unsupported. ${types}`))
    expect(await create({ ChecksumType: 'COMPOSITE' })).toEqual(request('The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.'))
    for (const [ChecksumAlgorithm, ChecksumType] of [['SHA1', 'FULL_OBJECT'], ['SHA256', 'FULL_OBJECT'], ['CRC64NVME', 'COMPOSITE']] as const) {
      expect(await create({ ChecksumAlgorithm, ChecksumType })).toEqual(request(`The ${ChecksumType} checksum type cannot be used with the ${ChecksumAlgorithm.toLowerCase()} checksum algorithm.`))
    }
    const { part, complete, UploadId, upload } = await begin(s3)
    const { ETag } = await part(1, 'x')
    await part(2, 'y')
    const other = createHash('md5').update('other').digest('base64')
    expect(await refusal(part(1, 'x', { ContentMD5: other }))).toMatchObject({ name: 'BadDigest', ExpectedDigest: other, CalculatedDigest: createHash('md5').update('x').digest('base64') })
    expect(await refusal(part(-1, 'x'))).toEqual(invalid('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', '-1'))
    expect(await refusal(complete([]))).toEqual(request('You must specify at least one part'))
    expect(await refusal(complete([{ PartNumber: 2, ETag }, { PartNumber: 1, ETag }]))).toMatchObject({ name: 'InvalidPart', PartNumber: '2' })
    expect(await refusal(complete([{ PartNumber: 1, ETag }, { PartNumber: 1, ETag }]))).toEqual({
      status: 400, name: 'InvalidPartOrder', message: 'The list of parts was not in ascending order. Parts must be ordered by part number.', UploadId,
    })
    const why = "The part may not have been uploaded, or the specified entity tag may not match the part's entity tag."
    expect(await refusal(complete([{ PartNumber: 3, ETag }]))).toEqual({
      status: 400, name: 'InvalidPart', message: `One or more of the specified parts could not be found.  ${why}`, UploadId, PartNumber: '3', ETag: md5('x'),
    })
    expect(await refusal(complete([{ PartNumber: 1, ETag }, { PartNumber: 2, ETag: md5('y') }]))).toEqual({
      status: 400, name: 'EntityTooSmall', message: 'Your proposed upload is smaller than the minimum allowed size', ProposedSize: '1', MinSizeAllowed: String(FIVE), PartNumber: '1', ETag: md5('x'),
    })
    await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: '0123456789' }))
    const copy = (CopySourceRange: string) => refusal(s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange })))
    const form = 'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy'
    for (const range of ['0-8', 'bytes=1-0', 'bytes=-', 'bytes=1-', 'bytes=-2', 'bytes=0-1,3-4']) expect(await copy(range)).toEqual(invalid(form, 'x-amz-copy-source-range', range))
    expect(await copy('bytes=0-100')).toEqual(invalid('Range specified is not valid for source object of size: 10', 'x-amz-copy-source-range', 'bytes=0-100'))
    expect(await copy('bytes=100-200')).toEqual(request('The specified copy range is invalid for the source object size'))
    expect(await bare(s3.send(new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, CopySourceRange: 'bytes=0-8' })))).toEqual({
      status: 200, CopyPartResult: { ETag: `"${md5('012345678')}"`, LastModified: new Date(NOW) }, ServerSideEncryption: 'AES256',
    })
    // What was written while the upload was under way is not what it was begun over.
    clock.step(epochMillis(clock.now() + 1))
    const { ETag: later } = await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'meanwhile' }))
    const parts = [{ PartNumber: 2, ETag: md5('y') }]
    expect(await refusal(complete(parts, { IfMatch: later }))).toEqual(conflict('If-Match', 'k'))
    expect(await refusal(complete(parts, { IfMatch: '"other"' }))).toEqual(failed('If-Match'))
    expect(await refusal(complete(parts, { IfNoneMatch: '*' }))).toEqual(failed('If-None-Match'))
  })

  test('uploads are listed as they began, with markers on every page', async () => {
    const { s3, clock } = await house()
    const ids: string[] = []
    for (const Key of ['b', 'a', 'a', 'c/1', 'c/2']) {
      clock.step(epochMillis(clock.now() + 1))
      ids.push((await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }))).UploadId!)
    }
    const [b, a1, a2, c1, c2] = ids
    const list = (more: object = {}) => s3.send(new ListMultipartUploadsCommand({ Bucket, ...more }))
    const all = await list()
    expect(all.Uploads?.map(({ UploadId }) => UploadId)).toEqual([a1, a2, b, c1, c2])
    expect([all.NextKeyMarker, all.NextUploadIdMarker, all.Prefix, all.UploadIdMarker, all.KeyMarker]).toEqual(['c/2', c2, undefined, '', ''])
    expect(await list({ MaxUploads: 1, KeyMarker: 'a', UploadIdMarker: a1 })).toMatchObject({ NextKeyMarker: 'a', NextUploadIdMarker: a2, IsTruncated: true })
    expect(await list({ KeyMarker: 'c/2' })).toMatchObject({ NextKeyMarker: '', NextUploadIdMarker: '', IsTruncated: false })
    expect(await list({ MaxUploads: 1, UploadIdMarker: b })).toMatchObject({ NextKeyMarker: 'a', UploadIdMarker: '' })
    expect(await refusal(list({ KeyMarker: 'a', UploadIdMarker: b }))).toEqual(invalid('Invalid uploadId marker', 'upload-id-marker', b))
    expect(await list({ Delimiter: '/', KeyMarker: 'c/1' })).toMatchObject({ NextKeyMarker: '' })
    expect((await list({ Delimiter: '/', Prefix: 'c/' })).Prefix).toBe('c/')
  })
})

describe('lists', () => {
  test('keys', async () => {
    const { s3 } = await house()
    for (const Key of ['dir/sub/1', 'dir/sub/2', 'dir/x', 'dir/y (1)!~.txt']) await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', ChecksumAlgorithm: 'SHA1' }))
    const content = (Key: string) => ({
      Key, LastModified: new Date(NOW), ETag: `"${md5('x')}"`, Size: 1, StorageClass: 'STANDARD', ChecksumAlgorithm: ['SHA1'], ChecksumType: 'FULL_OBJECT',
    })
    expect(await bare(s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'dir/', Delimiter: '/', MaxKeys: 2 })))).toEqual({
      status: 200, Name: Bucket, Prefix: 'dir/', Delimiter: '/', MaxKeys: 2, KeyCount: 2, IsTruncated: true, NextContinuationToken: expect.any(String),
      Contents: [content('dir/x')], CommonPrefixes: [{ Prefix: 'dir/sub/' }],
    })
    const Owner = { ID: createHash('sha256').update(OURS.account).digest('hex'), DisplayName: OURS.account }
    expect(await bare(s3.send(new ListObjectsCommand({ Bucket, Prefix: 'dir/x' })))).toEqual({
      status: 200, Name: Bucket, Prefix: 'dir/x', Marker: '', MaxKeys: 1000, IsTruncated: false, Contents: [{ ...content('dir/x'), Owner }],
    })
    // A marker within a common prefix is behind all of it.
    expect(await s3.send(new ListObjectsCommand({ Bucket, Prefix: 'dir/', Delimiter: '/', Marker: 'dir/sub/1', MaxKeys: 1 }))).toMatchObject({ Contents: [{ Key: 'dir/x' }], NextMarker: 'dir/x' })
    const first = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: 'dir/sub/1', MaxKeys: 1, EncodingType: 'url' }))
    const next = await s3.send(new ListObjectsV2Command({ Bucket, StartAfter: 'dir/sub/1', ContinuationToken: first.NextContinuationToken, EncodingType: 'url' }))
    expect([first.StartAfter, next.StartAfter, next.ContinuationToken]).toEqual(['dir/sub/1', undefined, first.NextContinuationToken])
    expect(next.Contents?.map(({ Key }) => Key)).toEqual(['dir/x', 'dir/y+%281%29%21%7E.txt'])
    expect(await refusal(s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken: 'rubbish' })))).toEqual(invalid('The continuation token provided is incorrect', 'continuation-token'))
    expect(await refusal(s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'value' as 'url' })))).toEqual(invalid('Invalid Encoding Method specified in Request', 'encoding-type', 'value'))
  })
})

describe('buckets', () => {
  test('where they are', async () => {
    const { s3, client } = await house()
    expect(await bare(s3.send(new HeadBucketCommand({ Bucket })))).toEqual({ status: 200, BucketArn: 'arn:aws:s3:::logs', BucketRegion: 'us-east-1', AccessPointAlias: false })
    expect(await bare(s3.send(new CreateBucketCommand({ Bucket })))).toEqual({ status: 200, Location: '/logs', BucketArn: 'arn:aws:s3:::logs' })
    const create = (on: S3Client, name: string, LocationConstraint?: string) =>
      on.send(new CreateBucketCommand({ Bucket: name, ...(LocationConstraint === undefined ? {} : { CreateBucketConfiguration: { LocationConstraint: LocationConstraint as 'EU' } }) }))
    expect(await bare(create(s3, 'far', 'eu-west-3'))).toEqual({ status: 200, Location: 'http://far.localhost:4566/', BucketArn: 'arn:aws:s3:::far' })
    expect((await s3.send(new GetBucketLocationCommand({ Bucket: 'far' }))).LocationConstraint).toBe('eu-west-3')
    for (const LocationConstraint of ['us-east-1', 'aws-global']) {
      expect(await refusal(create(s3, 'x-y-z', LocationConstraint))).toEqual({
        status: 400, name: 'InvalidLocationConstraint', message: 'The specified location-constraint is not valid', LocationConstraint,
      })
    }
    expect(await refusal(create(s3, 'far', 'eu-west-3'))).toMatchObject({ status: 409, name: 'BucketAlreadyOwnedByYou', BucketName: 'far' })
    const west = await client({}, { ...OURS, region: region('us-west-1') })
    const illegal = (what: string) => ({
      status: 400, name: 'IllegalLocationConstraintException', message: `The ${what} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    })
    expect(await refusal(create(west, 'x-y-z', 'us-east-2'))).toEqual(illegal('us-east-2'))
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([
      { Name: 'far', CreationDate: new Date(NOW), BucketArn: 'arn:aws:s3:::far' }, { Name: 'logs', CreationDate: new Date(NOW), BucketArn: 'arn:aws:s3:::logs' },
    ])
    expect((await s3.send(new ListBucketsCommand({ Prefix: 'fa' }))).Buckets).toEqual([{ Name: 'far', CreationDate: new Date(NOW), BucketArn: 'arn:aws:s3:::far', BucketRegion: 'eu-west-3' }])
    expect(await refusal(s3.send(new CreateBucketCommand({ Bucket: 'x-y-z', ObjectOwnership: 'Nobody' as 'ObjectWriter' })))).toEqual(invalid('Invalid x-amz-object-ownership header: Nobody', 'x-amz-object-ownership'))
  })

  test('what is set on them, and taken away', async () => {
    const { s3 } = await house()
    const malformed = { status: 400, name: 'MalformedXML', message: 'The XML you provided was not well-formed or did not validate against our published schema' }
    const blocks = (value: boolean) => ({ BlockPublicAcls: value, IgnorePublicAcls: value, BlockPublicPolicy: value, RestrictPublicBuckets: value })
    const access = async () => (await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration
    expect(await access()).toEqual(blocks(true))
    await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicAcls: false } }))
    expect(await access()).toEqual(blocks(false))
    for (let times = 0; times < 2; times++) expect(await bare(s3.send(new DeletePublicAccessBlockCommand({ Bucket })))).toEqual({ status: 204 })
    expect(await refusal(access())).toEqual({
      status: 404, name: 'NoSuchPublicAccessBlockConfiguration', message: 'The public access block configuration was not found', BucketName: Bucket,
    })
    const ownership = async () => (await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls
    const own = (Rules: readonly { ObjectOwnership: 'ObjectWriter' }[]) => s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [...Rules] } }))
    expect(await ownership()).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] })
    expect(await refusal(own([{ ObjectOwnership: 'Nobody' as 'ObjectWriter' }]))).toEqual(malformed)
    await own([{ ObjectOwnership: 'ObjectWriter' }])
    expect(await ownership()).toEqual({ Rules: [{ ObjectOwnership: 'ObjectWriter' }] })
    expect(await bare(s3.send(new DeleteBucketOwnershipControlsCommand({ Bucket })))).toEqual({ status: 204 })
    expect(await refusal(ownership())).toEqual({
      status: 404, name: 'OwnershipControlsNotFoundError', message: 'The bucket ownership controls were not found', BucketName: Bucket,
    })
    const encryption = async () => (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration
    expect(await encryption()).toEqual({ Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }] })
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const, KMSMasterKeyID: 'x' } }]
    expect(await refusal(s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } })))).toEqual(
      invalid('a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse', 'ApplyServerSideEncryptionByDefault'),
    )
    const unknown = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES512' as 'AES256' } }]
    expect(await refusal(s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: unknown } })))).toEqual(malformed)
    expect(await bare(s3.send(new DeleteBucketEncryptionCommand({ Bucket })))).toEqual({ status: 204 })
    expect(await encryption()).toBeUndefined()
    const cors = (...CORSRules: { AllowedMethods: string[]; AllowedOrigins: string[] }[]) => s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }))
    const rule = { AllowedHeaders: ['x-AMZ-server-SIDE-encryption'], AllowedMethods: ['GET'], AllowedOrigins: ['https://localhost:4200'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 3000 }
    expect(await bare(s3.send(new DeleteBucketCorsCommand({ Bucket })))).toEqual({ status: 204 })
    expect(await bare(cors(rule, { AllowedMethods: ['PUT', 'HEAD'], AllowedOrigins: [''] }))).toEqual({ status: 200 })
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual([rule, { AllowedMethods: ['PUT', 'HEAD'], AllowedOrigins: [''] }])
    expect(await refusal(cors({ AllowedMethods: ['MYMETHOD'], AllowedOrigins: ['*'] }))).toEqual(request('Found unsupported HTTP method in CORS config. Unsupported method is MYMETHOD'))
    expect(await refusal(cors())).toEqual(malformed)
    expect(await bare(s3.send(new DeleteBucketCorsCommand({ Bucket })))).toEqual({ status: 204 })
    expect(await refusal(s3.send(new GetBucketCorsCommand({ Bucket })))).toEqual({
      status: 404, name: 'NoSuchCORSConfiguration', message: 'The CORS configuration does not exist', BucketName: Bucket,
    })
    const versioning = (VersioningConfiguration: object) => refusal(s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration })))
    expect(await versioning({ Status: 'enabled' })).toEqual(malformed)
    expect(await versioning({ Status: 'Enabled', MFADelete: 'Enabled' })).toMatchObject({ status: 501, name: 'NotImplemented' })
    expect(await versioning({})).toEqual({ status: 400, name: 'IllegalVersioningConfigurationException', message: 'The Versioning element must be specified' })
    const tag = (...TagSet: { Key: string; Value: string }[]) => s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
    expect(await bare(tag({ Key: 'a', Value: '' }))).toEqual({ status: 204 })
    const wrong = (message: string, more: object) => ({ status: 400, name: 'InvalidTag', message, ...more })
    expect(await refusal(tag({ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }))).toEqual(wrong('Cannot provide multiple Tags with the same key', { TagKey: 'a' }))
    expect(await refusal(tag({ Key: 'a,b', Value: '' }))).toEqual(wrong('The TagKey you have provided is invalid', { TagKey: 'a,b' }))
    expect(await refusal(tag({ Key: 'a', Value: 'b,c' }))).toEqual(wrong('The TagValue you have provided is invalid', { TagKey: 'a', TagValue: 'b,c' }))
    expect(await refusal(tag({ Key: 'aws:a', Value: '' }))).toEqual(wrong('System tags cannot be added/updated by requester', { TagKey: 'aws:a' }))
    const lifecycle = (rule: object, more: object = {}) =>
      refusal(s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [{ ID: 'r', Status: 'Enabled', ...rule }] }, ...more })))
    const Filter = { Prefix: '' }
    expect(await lifecycle({})).toEqual(malformed)
    expect(await lifecycle({ Filter, NoncurrentVersionExpiration: {} })).toEqual(malformed)
    expect(await lifecycle({ Filter, Expiration: { Days: 1, ExpiredObjectDeleteMarker: true } })).toEqual(malformed)
    const transition = (Days: number, StorageClass: string, more: object = {}) => lifecycle({ Filter, Transitions: [{ Days, StorageClass }], ...more })
    expect(await transition(10, 'STANDARD_IA')).toEqual(invalid("'Days' in Transition action must be greater than or equal to 30 for storageClass 'STANDARD_IA'"))
    expect(await transition(60, 'GLACIER', { Expiration: { Days: 60 } })).toEqual(
      invalid("'Days' in the Expiration action for filter '(prefix=)' must be greater than 'Days' in the Transition action"),
    )
    expect(await transition(60, 'STANDARD')).toEqual(malformed)
    expect(await lifecycle({ Filter, Transitions: [{ Days: 60, Date: new Date('2030-01-01T00:00:00Z'), StorageClass: 'GLACIER' }] })).toEqual(malformed)
    expect(await lifecycle({ Filter, NoncurrentVersionExpiration: { NoncurrentDays: 0 } })).toEqual(
      invalid("'NoncurrentDays' for NoncurrentVersionExpiration action must be a positive integer"),
    )
    const Tags = [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }]
    expect(await lifecycle({ Filter: { And: { Tags } }, Expiration: { Days: 1 } })).toEqual(request('Duplicate Tag Keys are not allowed.'))
    expect(await lifecycle({ Filter, Expiration: { Days: 1 } }, { TransitionDefaultMinimumObjectSize: 'value' })).toEqual(request('Invalid TransitionDefaultMinimumObjectSize found: value'))
    expect(await refusal(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })))).toEqual({
      status: 404, name: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist', BucketName: Bucket,
    })
  })
})

test('policies, access lists, and what no bucket has', async () => {
  const { s3 } = await house()
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
  const absent = (name: string, message: string) => ({ status: 404, name, message, BucketName: Bucket })
  expect(await refusal(s3.send(new GetBucketPolicyCommand({ Bucket })))).toEqual(absent('NoSuchBucketPolicy', 'The bucket policy does not exist'))
  const statement = { Sid: 'tls', Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  const policy = (more: object) => JSON.stringify({ Version: '2012-10-17', Statement: [{ ...statement, ...more }] })
  const put = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }))
  expect(await bare(put(policy({})))).toEqual({ status: 200 })
  expect(await bare(s3.send(new GetBucketPolicyCommand({ Bucket })))).toEqual({ status: 200, Policy: policy({}) })
  expect(await bare(s3.send(new GetBucketPolicyStatusCommand({ Bucket })))).toEqual({ status: 200, PolicyStatus: { IsPublic: false } })
  expect(await bare(s3.send(new DeleteBucketPolicyCommand({ Bucket })))).toEqual({ status: 204 })
  const malformed = (message: string) => ({ status: 400, name: 'MalformedPolicy', message })
  for (const [text, message] of [
    ['no', "Policies must be valid JSON and the first byte must be '{'"],
    ['{', "Policies must be valid JSON and the first byte must be '{'"],
    [JSON.stringify({ Version: '2012-10-17' }), 'Missing required field Statement'],
    [policy({ Principal: undefined }), 'Missing required field Principal'],
    [policy({ Effect: 'deny' }), 'Invalid effect: deny'],
    [policy({ Action: 'sns:*' }), 'Policy has invalid action'],
    [policy({ Resource: 'arn:aws:s3:::other/*' }), 'Policy has invalid resource'],
    [policy({ Whatever: 1 }), 'Unknown field Whatever'],
  ] as const) expect(await refusal(put(text))).toEqual(malformed(message))

  const owner = (await s3.send(new ListBucketsCommand({}))).Owner!
  const acl = { status: 200, Owner: owner, Grants: [{ Grantee: { ...owner, Type: 'CanonicalUser' }, Permission: 'FULL_CONTROL' }] }
  expect(await bare(s3.send(new GetBucketAclCommand({ Bucket })))).toEqual(acl)
  expect(await bare(s3.send(new GetObjectAclCommand({ Bucket, Key: 'k' })))).toEqual(acl)
  const putAcl = (more: object) => s3.send(new PutBucketAclCommand({ Bucket, ...more }))
  const off = { status: 400, name: 'AccessControlListNotSupported', message: 'The bucket does not allow ACLs' }
  expect(await refusal(putAcl({ ACL: 'private' }))).toEqual(off)
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }))
  expect(await bare(putAcl({ ACL: 'private' }))).toEqual({ status: 200 })
  expect(await bare(putAcl({ AccessControlPolicy: { Owner: acl.Owner, Grants: acl.Grants } }))).toEqual({ status: 200 })
  expect(await bare(s3.send(new PutObjectAclCommand({ Bucket, Key: 'k', GrantFullControl: `id="${owner.ID}"` })))).toEqual({ status: 200 })
  expect(await refusal(putAcl({ ACL: 'public-read' }))).toMatchObject({ status: 501, name: 'NotImplemented' })
  expect(await refusal(putAcl({ GrantRead: `id="${owner.ID}"` }))).toMatchObject({ status: 501, name: 'NotImplemented' })
  expect(await refusal(putAcl({}))).toEqual({ status: 400, name: 'MissingSecurityHeader', message: 'Your request was missing a required header', MissingHeaderName: 'x-amz-acl' })
  expect(await refusal(putAcl({ ACL: 'private', GrantRead: 'id=x' }))).toEqual(request('Specifying both Canned ACLs and Header Grants is not allowed'))

  const get = (Command: new (input: { Bucket: string }) => object) => s3.send(new Command({ Bucket }) as GetBucketLoggingCommand)
  expect(await refusal(get(GetBucketWebsiteCommand))).toEqual(absent('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'))
  expect(await refusal(get(GetBucketReplicationCommand))).toEqual(absent('ReplicationConfigurationNotFoundError', 'The replication configuration was not found'))
  expect(await refusal(get(GetObjectLockConfigurationCommand))).toEqual(absent('ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'))
  for (const Command of [GetBucketLoggingCommand, GetBucketAccelerateConfigurationCommand, GetBucketNotificationConfigurationCommand]) expect(await bare(get(Command))).toEqual({ status: 200 })
  expect(await bare(get(GetBucketRequestPaymentCommand))).toEqual({ status: 200, Payer: 'BucketOwner' })
  const notify = (NotificationConfiguration: object) => s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }))
  expect(await bare(notify({}))).toEqual({ status: 200 })
  expect(await refusal(notify({ EventBridgeConfiguration: {} }))).toMatchObject({ status: 501, name: 'NotImplemented' })
  const log = (BucketLoggingStatus: object) => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus }))
  expect(await bare(log({}))).toEqual({ status: 200 })
  expect(await refusal(log({ LoggingEnabled: { TargetBucket: Bucket, TargetPrefix: '' } }))).toMatchObject({ status: 501, name: 'NotImplemented' })
})

test('the checksums themselves', () => {
  // Of 'abc' by the algorithms' own catalogues and tools.
  expect(sum('CRC32', 'abc')).toBe(Buffer.from(crc32('abc').toString(16).padStart(8, '0'), 'hex').toString('base64'))
  expect(sum('CRC32C', '123456789')).toBe(Buffer.from('e3069283', 'hex').toString('base64'))
  expect(sum('CRC64NVME', '123456789')).toBe(Buffer.from('ae8b14860a799888', 'hex').toString('base64'))
  expect(sum('SHA256', 'abc')).toBe(createHash('sha256').update('abc').digest('base64'))
})
