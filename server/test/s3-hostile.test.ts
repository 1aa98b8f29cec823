import { createHash } from 'node:crypto'
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import fc from 'fast-check'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { s3Server, sealedChunks, type RawReply } from './s3-server.ts'

const Bucket = 'logs'
const sha256 = (data: string): string => createHash('sha256').update(data).digest('hex')

const house = async () => {
  const server = await s3Server()
  const s3 = await server.client()
  await s3.send(new CreateBucketCommand({ Bucket }))
  const keys = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents?.map(({ Key }) => Key) ?? []
  /** Nothing is shown, nothing is on the disk, nothing was told of. */
  const traces = async () => [await keys(), server.files(), (await server.store.objectFeed.after(0, 10)).length]
  return { ...server, s3, keys, traces }
}

const NO_TRACE = [[], [], 0]

/** Strict: throws where the answer is no well-formed document. */
const wellFormed = (text: string): string => {
  const names: string[] = []
  const parser = new SaxesParser()
  parser.on('error', error => {
    throw error
  })
  parser.on('opentag', ({ name }) => names.push(name))
  parser.write(text).close()
  return names[0] ?? ''
}

const put = async (
  server: Awaited<ReturnType<typeof house>>,
  payload: string,
  body: readonly (string | Buffer)[],
  headers: Record<string, string> = {},
  breakOff = false,
): Promise<RawReply> => {
  const path = `/${Bucket}/k`
  const signed = await server.signed({ method: 'PUT', path, headers }, payload)
  return server.raw({ method: 'PUT', path, headers: signed, body, breakOff })
}

test('hashes, lengths and broken connections', async () => {
  const server = await house()
  expect(await put(server, sha256('other'), ['hello'], { 'content-length': '5' })).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' })
  expect(await put(server, 'nonsense', ['hello'], { 'content-length': '5' })).toMatchObject({ status: 400, code: 'InvalidArgument' })
  expect(await put(server, 'UNSIGNED-PAYLOAD', ['hello'])).toMatchObject({ status: 411, code: 'MissingContentLength' })
  expect(await put(server, 'UNSIGNED-PAYLOAD', ['hello'], { 'content-length': '99' }, true)).toMatchObject({ status: 0 })
  expect(await put(server, 'UNSIGNED-PAYLOAD', [], { 'content-length': '6000000000000' }, true)).toBeDefined()
  expect(await put(server, 'UNSIGNED-PAYLOAD', ['x'], { 'content-length': '1', 'content-md5': 'AAAAAAAAAAAAAAAAAAAAAA==' })).toMatchObject({ status: 400, code: 'BadDigest' })
  expect(await put(server, 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD', ['x'])).toMatchObject({ status: 501, code: 'NotImplemented' })
  expect(await put(server, 'UNSIGNED-PAYLOAD', ['x'], { 'content-length': '1', 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-checksum-sha1': 'x' })).toMatchObject({ code: 'InvalidRequest' })
  await expect.poll(() => server.traces()).toEqual(NO_TRACE)
})

test('chunks that are signed, wrongly signed, cut, or longer than they say', async () => {
  const server = await house()
  const path = `/${Bucket}/k`
  const send = async (kind: string, length: number, make: (authorization: string, timestamp: string) => string, more: Record<string, string> = {}) => {
    const headers = await server.signed({ method: 'PUT', path, headers: { 'x-amz-decoded-content-length': String(length), 'content-encoding': 'aws-chunked', ...more } }, kind)
    const body = make(headers['authorization']!, headers['x-amz-date']!)
    return server.raw({ method: 'PUT', path, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, body: [body] })
  }
  const SIGNED = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'
  const chunks = ['a'.repeat(8192), 'tail']
  const refused = [
    await send(SIGNED, 8196, (a, t) => sealedChunks(a, t, chunks).replace('tail', 'tale')),
    await send(SIGNED, 8196, (a, t) => sealedChunks(a, t, chunks).replace(/chunk-signature=[0-9a-f]{64}/, `chunk-signature=${'0'.repeat(64)}`)),
    await send(SIGNED, 8196, (a, t) => sealedChunks(a, t, chunks).replaceAll(/;chunk-signature=[0-9a-f]{64}/g, '')),
    await send(SIGNED, 8196, (a, t) => sealedChunks(a, t, chunks).slice(0, 4000)),
    await send(SIGNED, 8195, (a, t) => sealedChunks(a, t, chunks)),
    await send(SIGNED, 9000, (a, t) => sealedChunks(a, t, chunks)),
    await send(SIGNED, 8196, (a, t) => `${sealedChunks(a, t, chunks)}more`),
    await send(SIGNED, 8196, () => 'x'.repeat(5000)),
    await send(SIGNED, 8196, () => 'fffffffffffff\r\n'),
    await send(`${SIGNED}-TRAILER`, 8196, (a, t) => sealedChunks(a, t, chunks, { 'x-amz-checksum-crc32': 'AAAAAA==' }), { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    await send(`${SIGNED}-TRAILER`, 8196, (a, t) => sealedChunks(a, t, chunks, { 'x-amz-meta-a': 'b' }).replace('meta-a:b', 'meta-a:c')),
    await send(`${SIGNED}-TRAILER`, 8196, (a, t) => sealedChunks(a, t, chunks, { other: 'b' }), { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    await send('STREAMING-UNSIGNED-PAYLOAD-TRAILER', 3, () => '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n', { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    await send('STREAMING-UNSIGNED-PAYLOAD-TRAILER', 3, () => '3\r\nabc\r\n0\r\nno colon\r\n\r\n'),
    await send('STREAMING-UNSIGNED-PAYLOAD-TRAILER', 3, () => '3\r\nabcd\r\n0\r\n\r\n'),
  ]
  expect(refused.map(({ status, code }) => `${status} ${code}`)).toEqual([
    '403 SignatureDoesNotMatch', '403 SignatureDoesNotMatch', '400 InvalidRequest', '400 IncompleteBody', '400 IncompleteBody', '400 IncompleteBody',
    '400 InvalidRequest', '400 InvalidRequest', '400 InvalidRequest', '400 BadDigest', '403 SignatureDoesNotMatch', '400 MalformedTrailerError',
    '400 BadDigest', '400 MalformedTrailerError', '400 InvalidRequest',
  ])
  for (const { text } of refused) expect(wellFormed(text)).toBe('Error')
  expect(await server.traces()).toEqual(NO_TRACE)
  const crc = { 'x-amz-checksum-crc32': 'NSRBwg==' }
  const taken = [
    await send(SIGNED, 8196, (a, t) => sealedChunks(a, t, chunks)),
    await send(SIGNED, 0, (a, t) => sealedChunks(a, t, [])),
    await send(`${SIGNED}-TRAILER`, 3, (a, t) => sealedChunks(a, t, ['abc'], crc), { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
    await send('STREAMING-UNSIGNED-PAYLOAD-TRAILER', 3, () => '2\r\nab\r\n1\r\nc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n', { 'x-amz-trailer': 'x-amz-checksum-crc32' }),
  ]
  expect(taken.map(({ status, code }) => [status, code])).toEqual(taken.map(() => [200, undefined]))
  const got = await server.s3.send(new GetObjectCommand({ Bucket, Key: 'k' }))
  expect([await got.Body!.transformToString(), got.ContentEncoding]).toEqual(['abc', undefined])
  expect(await server.store.objectFeed.after(0, 10)).toHaveLength(4)
})

test('keys that would be paths never become any', async () => {
  const server = await house()
  const long = `${'é'.repeat(512)}x`
  const table: readonly (readonly [string, number])[] = [
    ['../x', 400], ['..', 400], ['a/../../x', 400], ['%2e%2e%2fx', 400], ['%2e%2e/%2e%2e/etc/passwd', 400], ['a%00b', 400], ['%', 400], ['%ff', 400], ['%c0%af', 400],
    [encodeURIComponent(long), 400], ['x'.repeat(1025), 400],
    ['a/../x', 200], ['a//b', 200], ['.', 200], ['a%2Fb%5c..%5cc', 200], [encodeURIComponent('é'.repeat(512)), 200], ['%F0%9F%98%80', 200], ['%E2%80%AE%01', 200], ['__proto__', 200],
  ]
  for (const [key, status] of table) {
    const path = `/${Bucket}/${key}`
    const headers = await server.signed({ method: 'PUT', path }, 'UNSIGNED-PAYLOAD')
    const reply = await server.raw({ method: 'PUT', path, headers: { ...headers, 'content-length': 1 }, body: ['x'] })
    expect([key, reply.status]).toEqual([key, status])
  }
  const accepted = table.filter(([, status]) => status === 200).map(([key]) => decodeURIComponent(key))
  const listed = await server.s3.send(new ListObjectsV2Command({ Bucket, EncodingType: 'url' }))
  expect(listed.Contents?.map(({ Key }) => decodeURIComponent(Key!)).toSorted()).toEqual(accepted.toSorted())
  for (const file of server.files()) expect(file).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{32}$/)
  const bucket = await server.raw({ method: 'PUT', path: '/..%2f..', headers: await server.signed({ method: 'PUT', path: '/..%2f..' }, 'UNSIGNED-PAYLOAD') })
  expect(bucket).toMatchObject({ status: 400, code: 'InvalidBucketName' })
})

test('documents that are none', async () => {
  const server = await house()
  const deep = `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Delete><Object><Key>&b;</Key></Object></Delete>'
  const bodies = [
    '', 'x', '<Delete>', '<Delete><Object><Key>k</Key></Object>', deep, bomb, '<!DOCTYPE Delete SYSTEM "file:///etc/passwd"><Delete/>',
    '<Delete><Object><Key>&nbsp;</Key></Object></Delete>', '<Delete><Object><Key>&#0;</Key></Object></Delete>', '<Delete/><Delete/>',
    '<Delete><Object><Key><b/></Key></Object></Delete>', '<Delete></Delete>', `<Delete>${'<Object><Key>k</Key></Object>'.repeat(1001)}</Delete>`, '<?php ?><Delete/>',
    `<Delete>${'<x/>'.repeat(250_000)}</Delete>`, '\u0000', '<Delete><Quiet>maybe</Quiet><Object><Key>k</Key></Object></Delete>', '<Delete a=1></Delete>', '<Delete a="<"></Delete>',
  ]
  for (const body of bodies) {
    const headers = await server.signed({ method: 'POST', path: `/${Bucket}`, query: { delete: '' } }, sha256(body))
    const reply = await server.raw({ method: 'POST', path: `/${Bucket}?delete=`, headers: { ...headers, 'content-length': Buffer.byteLength(body) }, body: [body] })
    expect([body.slice(0, 60), reply.status, reply.code]).toEqual([body.slice(0, 60), 400, body === '' ? 'MissingRequestBodyError' : 'MalformedXML'])
    expect(wellFormed(reply.text)).toBe('Error')
  }
  const many = 'x'.repeat(5_000_000)
  const headers = await server.signed({ method: 'POST', path: `/${Bucket}`, query: { delete: '' } }, sha256(many))
  expect(await server.raw({ method: 'POST', path: `/${Bucket}?delete=`, headers: { ...headers, 'content-length': many.length }, body: [many] })).toMatchObject({ code: 'MaxMessageLengthExceeded' })
})

test('whatever is asked, the answer is a document, and no fault of ours', async () => {
  const server = await house()
  await server.s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))
  const piece = fc.oneof(fc.constantFrom('logs', 'k', '..', '%2f', '%00', '%', '', 'é', '😀', 'other', '<', '&amp;'), fc.string({ maxLength: 8 }))
  const name = fc.constantFrom(
    'uploads', 'uploadId', 'partNumber', 'delete', 'list-type', 'max-keys', 'prefix', 'delimiter', 'continuation-token', 'encoding-type', 'versionId', 'lifecycle', 'acl',
    'x-id', 'location', 'tagging', 'select', 'max-uploads', 'key-marker', 'response-content-type', '__proto__', 'versions',
  )
  const value = fc.oneof(fc.constantFrom('', '0', '-1', '1', '2', '99999999999999999999', '1e3', 'NaN', 'url', 'PutObject'), fc.string({ maxLength: 12 }))
  const header = fc.record(
    {
      range: fc.oneof(fc.constantFrom('bytes=0-0', 'bytes=-0', 'bytes=9-', 'bytes=-'), fc.stringMatching(/^[ -~]{0,20}$/)),
      'if-modified-since': fc.stringMatching(/^[ -~]{0,20}$/),
      'x-amz-copy-source': fc.oneof(fc.constantFrom('logs/k', '/logs/k', 'logs', 'logs/', 'none/k', 'arn:aws:s3:x'), fc.stringMatching(/^[ -~]{0,20}$/)),
      'x-amz-meta-a': fc.stringMatching(/^[ -~]{0,20}$/),
      'x-amz-storage-class': fc.stringMatching(/^[A-Z_]{0,12}$/),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'), fc.array(piece, { maxLength: 3 }), fc.array(fc.tuple(name, value), { maxLength: 3 }), header, async (method, path, query, headers) => {
      const target = `/${path.map(part => part.replaceAll(/[^!-~]|[?#]/gu, encodeURIComponent)).join('/')}`
      const pairs = Object.fromEntries(query)
      const signed = await server.signed({ method, path: target, query: pairs, headers: Object.fromEntries(Object.entries(headers).map(([key, text]) => [key, text.trim()])) }, 'UNSIGNED-PAYLOAD').catch(() => undefined)
      if (signed === undefined) return
      const search = Object.entries(pairs).map(([key, text]) => `${encodeURIComponent(key)}=${encodeURIComponent(text.toWellFormed())}`).join('&')
      const reply = await server.raw({ method, path: search === '' ? target : `${target}?${search}`, headers: { ...signed, 'content-length': 0 } })
      expect([200, 204, 206, 304, 400, 403, 404, 405, 409, 411, 412, 416, 501]).toContain(reply.status)
      if (reply.text.startsWith('<?xml')) wellFormed(reply.text)
    }),
    { numRuns: 150 },
  )
})

test('what is not S3\'s goes elsewhere, and nobody gets in without a name', async () => {
  const server = await house()
  expect(await server.raw({ method: 'GET', path: '/health' })).toMatchObject({ status: 418 })
  expect(await server.raw({ method: 'PUT', path: '/logs/k' })).toMatchObject({ status: 418 })
  expect(await server.raw({ method: 'GET', path: '/k', headers: { host: 'logs.s3.localhost:4566' } })).toMatchObject({ status: 403, code: 'AccessDenied' })
  expect(await server.raw({ method: 'GET', path: '/k', headers: { host: 'logs.s3.eu-west-1.amazonaws.com' } })).toMatchObject({ status: 403, code: 'AccessDenied' })
  expect(await server.raw({ method: 'GET', path: '/logs/k', headers: { authorization: 'AWS AKIA:c2ln' } })).toMatchObject({ status: 400, code: 'InvalidRequest' })
  const unbuilt = await server.raw({ method: 'GET', path: `/${Bucket}?analytics=`, headers: await server.signed({ method: 'GET', path: `/${Bucket}`, query: { analytics: '' } }, 'UNSIGNED-PAYLOAD') })
  expect(unbuilt).toMatchObject({ status: 501, code: 'NotImplemented' })
  expect(unbuilt.text).toContain('ListBucketAnalyticsConfigurations')
})
