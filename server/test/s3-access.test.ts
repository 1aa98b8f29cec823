import { CreateBucketCommand, DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { epochMillis } from '../src/base/time.ts'
import { NOW, SECRET, s3Server } from './s3-server.ts'
import { OURS } from './temporary-control.ts'

const Bucket = 'logs'
const refusal = async (answer: Promise<unknown>): Promise<string> => answer.then(() => 'accepted', (error: { name: string }) => error.name)

test('addresses that carry their signature, for GET and PUT', async () => {
  const server = await s3Server()
  await (await server.client()).send(new CreateBucketCommand({ Bucket }))
  const presigned = (method: string, more: { path?: string; host?: string; at?: number } = {}) => server.presigned({ method, path: '/logs/a%20b.txt', ...more })
  expect(await server.raw({ method: 'PUT', path: await presigned('PUT'), headers: { 'content-length': 5 }, body: ['hello'] })).toMatchObject({ status: 200 })
  expect(await server.raw({ method: 'GET', path: await presigned('GET') })).toMatchObject({ status: 200, text: 'hello' })
  expect(await server.raw({ method: 'GET', path: await presigned('GET', { path: '/a%20b.txt', host: 'logs.localhost' }), headers: { host: 'logs.localhost' } })).toMatchObject({ text: 'hello' })
  // A page that uploads in parts has to be told what the parts are called.
  const { headers } = await server.raw({ method: 'GET', path: await presigned('GET'), headers: { origin: 'https://shop.example' } })
  expect(String(headers['access-control-expose-headers']).split(', ')).toContain('etag')
  expect(await server.raw({ method: 'DELETE', path: await presigned('GET') })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
  expect(await server.raw({ method: 'GET', path: (await presigned('GET')).replace('a%20b', 'other') })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
  const late = await presigned('GET', { at: NOW - 61_000 })
  expect(await server.raw({ method: 'GET', path: late })).toMatchObject({ status: 403, code: 'AccessDenied', text: expect.stringContaining('Request has expired') as unknown })
  expect(await server.raw({ method: 'GET', path: late.replace(/X-Amz-Signature=[^&]*/, '') })).toMatchObject({ status: 400, code: 'AuthorizationQueryParametersError' })
})

test('addresses of the AWS CLI and boto3, which sign by version 2 where nobody says otherwise', async () => {
  const server = await s3Server()
  await (await server.client()).send(new CreateBucketCommand({ Bucket }))
  const key = 'AWSAccessKeyId=AKIA111111111111'
  // As botocore writes them, good until the year 2100.
  const put = `/a%20b%2B%C3%BC.txt?${key}&Signature=OaRrrNgIuZqPgzTieV3301Mutf4%3D&content-type=text%2Fplain&x-amz-meta-a=b&Expires=4102444800`
  const get = `/a%20b%2B%C3%BC.txt?response-content-type=text%2Fx%20y&${key}&Signature=MIDnIsACIFJK8NKaC3NCofNhivU%3D&Expires=4102444800`
  const upload = { method: 'PUT', headers: { 'content-length': 5, 'content-type': 'text/plain' }, body: ['hello'] }
  expect(await server.raw({ ...upload, path: `/logs${put}` })).toMatchObject({ status: 200 })
  expect(await server.raw({ method: 'GET', path: `/logs${get}` })).toMatchObject({ status: 200, text: 'hello', headers: { 'content-type': 'text/x y', 'x-amz-meta-a': 'b' } })
  expect(await server.raw({ method: 'GET', path: get, headers: { host: 'logs.localhost' } })).toMatchObject({ status: 200, text: 'hello' })
  const refused = async (path: string, more: object = {}) => {
    const { status, text } = await server.raw({ method: 'GET', path, ...more })
    const { ServerTime: _, StringToSignBytes: __, ...said } = elements(text)
    return [status, said]
  }
  const signature = { Code: 'SignatureDoesNotMatch', Message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.' }
  expect(await refused(`/logs${get}`.replace('x%20y', 'html'))).toEqual([403, {
    ...signature, AWSAccessKeyId: 'AKIA111111111111', SignatureProvided: 'MIDnIsACIFJK8NKaC3NCofNhivU=',
    StringToSign: 'GET\n\n\n4102444800\n/logs/a%20b%2B%C3%BC.txt?response-content-type=text/html',
  }])
  expect(await refused(`/logs${put}`, { ...upload, headers: { ...upload.headers, 'x-amz-acl': 'private' } })).toMatchObject([403, signature])
  expect(await refused(`/logs${get}`, { method: 'DELETE' })).toMatchObject([403, signature])
  const late = `/logs${get}`.replace('MIDnIsACIFJK8NKaC3NCofNhivU%3D&Expires=4102444800', 'DAPdH2hEn0Xvx0w6aFnCug48J20%3D&Expires=1600000060')
  expect(await refused(late)).toEqual([403, { Code: 'AccessDenied', Message: 'Request has expired', Expires: '2020-09-13T12:27:40Z' }])
  expect(await refused(`/logs/a?${key}&Expires=4102444800`)).toEqual([403, {
    Code: 'AccessDenied', Message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
  }])
  expect(await refused(`/logs/a?${key}&Signature=x&Expires=never`)).toEqual([403, { Code: 'AccessDenied', Message: 'Invalid date (should be seconds since epoch): never' }])
  expect(await refused(`/logs${get}`.replace('AKIA1', 'AKIA2'))).toEqual([403, {
    Code: 'InvalidAccessKeyId', Message: 'The AWS Access Key Id you provided does not exist in our records.', AWSAccessKeyId: 'AKIA211111111111',
  }])
})

/** What an error says, element by element. */
const elements = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/<([\w-]+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name!, value!.replaceAll('&amp;', '&')]).filter(([name]) => name !== 'RequestId' && name !== 'HostId'))
const isoTime = (at: number): string => new Date(at).toISOString().replace(/\.\d{3}/, '')

test('a signature that does not hold is told with what was to be signed', async () => {
  const server = await s3Server()
  const path = await server.presigned({ method: 'GET', path: '/logs/a' })
  const { text, status } = await server.raw({ method: 'DELETE', path })
  const { StringToSign = '', CanonicalRequest = '', ...said } = elements(text)
  const bytes = (value: string): string => Buffer.from(value).toString('hex').replaceAll(/(..)(?=.)/g, '$1 ')
  expect([status, said]).toEqual([403, {
    Code: 'SignatureDoesNotMatch',
    Message: 'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    AWSAccessKeyId: `AKIA${OURS.account}`,
    SignatureProvided: /X-Amz-Signature=(\w+)/.exec(path)![1],
    StringToSignBytes: bytes(StringToSign),
    CanonicalRequestBytes: bytes(CanonicalRequest),
  }])
  expect(StringToSign).toMatch(/^AWS4-HMAC-SHA256\n\d{8}T\d{6}Z\n\d{8}\/us-east-1\/s3\/aws4_request\n[0-9a-f]{64}$/)
  expect(CanonicalRequest).toMatch(/^DELETE\n\/logs\/a\nX-Amz-Algorithm=AWS4-HMAC-SHA256&[^]*\nUNSIGNED-PAYLOAD$/)
})

test('what came too late, too early, or with less than is wanted, is told with the times', async () => {
  const server = await s3Server()
  const told = async (path: string) => elements((await server.raw({ method: 'GET', path })).text)
  const at = NOW - (NOW % 1000)
  expect(await told(await server.presigned({ method: 'GET', path: '/logs/a', at: at - 61_000 }))).toEqual({
    Code: 'AccessDenied', Message: 'Request has expired', 'X-Amz-Expires': '60', Expires: isoTime(at - 1000), ServerTime: isoTime(at),
  })
  expect(await told(await server.presigned({ method: 'GET', path: '/logs/a', at: at + 3_600_000 }))).toEqual({
    Code: 'AccessDenied', Message: 'Request is not valid yet', ServerTime: isoTime(at),
  })
  expect(await told((await server.presigned({ method: 'GET', path: '/logs/a' })).replace(/X-Amz-Date=\w+&/, ''))).toEqual({
    Code: 'AuthorizationQueryParametersError',
    Message: 'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
  })
  const headers = await server.signed({ method: 'GET', path: '/logs/a' }, 'UNSIGNED-PAYLOAD')
  server.clock.step(epochMillis(at + 3_600_000))
  const { text, status } = await server.raw({ method: 'GET', path: '/logs/a', headers })
  expect([status, elements(text)]).toEqual([403, {
    Code: 'RequestTimeTooSkewed',
    Message: 'The difference between the request time and the current time is too large.',
    RequestTime: headers['x-amz-date'],
    ServerTime: isoTime(at + 3_600_000),
    MaxAllowedSkewMilliseconds: '900000',
  }])
})

test('headers of S3 that are not signed are refused by name', async () => {
  const server = await s3Server()
  const told = async (path: string, headers: Record<string, string>) => server.raw({ method: 'PUT', path, headers: { ...headers, 'content-length': '0' } })
  const beside = { 'x-amz-meta-b': '1', 'x-amz-acl': 'private', 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-type': 'text/plain' }
  const refused = { Code: 'AccessDenied', Message: 'There were headers present in the request which were not signed', HeadersNotSigned: 'x-amz-acl, x-amz-meta-b' }
  for (const answer of [
    await told(await server.presigned({ method: 'PUT', path: '/logs/a' }), beside),
    await told('/logs/a', { ...(await server.signed({ method: 'PUT', path: '/logs/a' }, 'UNSIGNED-PAYLOAD')), ...beside }),
  ]) expect([answer.status, elements(answer.text)]).toEqual([403, refused])
})

test('policies say who may do what with which keys', async () => {
  const server = await s3Server()
  const root = await server.client()
  await root.send(new CreateBucketCommand({ Bucket }))
  await root.send(new PutObjectCommand({ Bucket, Key: 'in/a', Body: 'x' }))
  const { access } = server.store
  await access.putUser({ account: OURS.account, name: 'ann', id: 'AIDAANN', path: '/', createdAt: NOW })
  const statement = [
    { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource: 'arn:aws:s3:::logs/in/*' },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::logs', Condition: { StringLike: { 's3:prefix': 'in/*' } } },
  ]
  await access.putPolicy(OURS.account, 'ann', 'p', JSON.stringify({ Version: '2012-10-17', Statement: statement }))
  await access.putKey({ account: OURS.account, id: 'AKIAANN', secret: SECRET, status: 'Active', userName: 'ann', createdAt: NOW, temporary: undefined })
  const ann = await server.client({ credentials: { accessKeyId: 'AKIAANN', secretAccessKey: SECRET } })
  expect(await refusal(ann.send(new PutObjectCommand({ Bucket, Key: 'in/b', Body: 'x' })))).toBe('accepted')
  // Tags are a permission of their own.
  expect(await refusal(ann.send(new PutObjectCommand({ Bucket, Key: 'in/b', Body: 'x', Tagging: 'a=b' })))).toBe('AccessDenied')
  expect(await refusal(ann.send(new GetObjectCommand({ Bucket, Key: 'in/a' })))).toBe('accepted')
  expect(await refusal(ann.send(new ListObjectsV2Command({ Bucket, Prefix: 'in/' })))).toBe('accepted')
  expect(await refusal(ann.send(new ListObjectsV2Command({ Bucket })))).toBe('AccessDenied')
  expect(await refusal(ann.send(new PutObjectCommand({ Bucket, Key: 'out/b', Body: 'x' })))).toBe('AccessDenied')
  expect(await refusal(ann.send(new DeleteObjectCommand({ Bucket, Key: 'in/a' })))).toBe('AccessDenied')
  expect(server.files()).toHaveLength(2)
  const { entries } = await server.store.audit.list({ tenant: OURS, limit: 10 })
  expect(entries.map(({ operation, errorCode, resources }) => [operation, errorCode, resources])).toEqual([
    ['DeleteObject', 'AccessDenied', ['arn:aws:s3:::logs/in/a']],
    ['CreateBucket', undefined, ['arn:aws:s3:::logs']],
  ])
})

test('temporary keys need their token', async () => {
  const server = await s3Server()
  const temporary = { sessionToken: 'token', expiresAt: epochMillis(NOW + 60_000), name: 'n', issuerKeyId: `AKIA${OURS.account}`, policy: undefined }
  await server.keyOf(OURS)
  await server.store.access.putKey({ account: OURS.account, id: 'ASIATEMP', secret: SECRET, status: 'Active', userName: undefined, createdAt: NOW, temporary })
  const given = (sessionToken: string | undefined) => server.client({ credentials: { accessKeyId: 'ASIATEMP', secretAccessKey: SECRET, ...(sessionToken === undefined ? {} : { sessionToken }) } })
  expect(await refusal((await given('token')).send(new CreateBucketCommand({ Bucket })))).toBe('accepted')
  expect(await refusal((await given('other')).send(new CreateBucketCommand({ Bucket })))).toBe('InvalidToken')
  expect(await refusal((await given(undefined)).send(new CreateBucketCommand({ Bucket })))).toBe('InvalidAccessKeyId')
  server.clock.step(epochMillis(NOW + 61_000))
  expect(await refusal((await given('token')).send(new CreateBucketCommand({ Bucket })))).toBe('ExpiredToken')
})

test('without signatures everybody is who he says, and bodies are still read as they are meant', async () => {
  const server = await s3Server({ open: true })
  const anyone = await server.client({ credentials: { accessKeyId: '333333333333', secretAccessKey: 'any' } })
  await anyone.send(new CreateBucketCommand({ Bucket }))
  await anyone.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'hello', ChecksumAlgorithm: 'CRC32' }))
  expect(await (await anyone.send(new GetObjectCommand({ Bucket, Key: 'k' }))).Body!.transformToString()).toBe('hello')
  const other = await server.client({ credentials: { accessKeyId: '444444444444', secretAccessKey: 'any' } })
  expect(await refusal(other.send(new GetObjectCommand({ Bucket, Key: 'k' })))).toBe('NoSuchBucket')
  const page = await server.raw({ method: 'GET', path: '/', headers: { host: 's3.localhost', origin: 'https://evil.example' } })
  expect(page.status).toBe(403)
})
