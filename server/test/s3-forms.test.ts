import { createHash, createHmac } from 'node:crypto'
import { CreateBucketCommand, GetObjectCommand, GetObjectTaggingCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { expect, test } from 'vitest'
import { basicTime } from '../src/wire/sigv4/claim.ts'
import { NOW, s3Server, SECRET } from './s3-server.ts'
import { OURS } from './temporary-control.ts'

const Bucket = 'logs'
const ID = `AKIA${OURS.account}`
type Fields = Readonly<Record<string, string>>

const house = async ({ open = false } = {}) => {
  const server = await s3Server({ open })
  const s3 = await server.client()
  await s3.send(new CreateBucketCommand({ Bucket }))
  return { ...server, s3 }
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** The fields of a form that its policy allows, signed by version 4. */
const signedFields = (fields: Fields, conditions: readonly unknown[], { until = NOW + 60_000, secret = SECRET } = {}): Fields => {
  const timestamp = basicTime(NOW)
  const [date, region] = [timestamp.slice(0, 8), OURS.region]
  const own = { 'x-amz-algorithm': 'AWS4-HMAC-SHA256', 'x-amz-credential': `${ID}/${date}/${region}/s3/aws4_request`, 'x-amz-date': timestamp }
  const all = [...conditions, ...Object.entries(own).map(([name, value]) => ({ [name]: value }))]
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(until).toISOString(), conditions: all })).toString('base64')
  const key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), 's3'), 'aws4_request')
  return { ...fields, ...own, policy, 'x-amz-signature': hmac(key, policy).toString('hex') }
}

const part = (name: string, content: string): string => `--edge\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${content}\r\n`
const fileOf = (content: string): string => `--edge\r\nContent-Disposition: form-data; name="file"; filename="a b.log"\r\nContent-Type: text/plain\r\n\r\n${content}\r\n--edge--\r\n`
const bodyOf = (fields: Fields, content: string): string => Object.entries(fields).map(([name, value]) => part(name, value)).join('') + fileOf(content)

const post = ({ raw }: Awaited<ReturnType<typeof s3Server>>, body: string, path = `/${Bucket}`) =>
  raw({ method: 'POST', path, headers: { 'content-type': 'multipart/form-data; boundary=edge', 'content-length': Buffer.byteLength(body) }, body: body.match(/[^]{1,7}/g)! })

const ANY = [{ bucket: Bucket }, ['starts-with', '$key', 'up/']] as const

test('a form puts an object, as its fields say', async () => {
  const server = await house()
  const fields = { key: 'up/${filename}', 'Content-Type': 'text/x-log', 'x-amz-meta-who': 'me', 'x-amz-tagging': 'a=b' }
  const conditions = [...ANY, ['eq', '$content-type', 'text/x-log'], ['starts-with', '$x-amz-meta-who', ''], { 'x-amz-tagging': 'a=b' }, ['content-length-range', 1, 100]]
  const content = 'one\r\n--edg\r\ntwo'
  const reply = await post(server, bodyOf(signedFields(fields, conditions), content))
  const etag = `"${createHash('md5').update(content).digest('hex')}"`
  expect(reply).toMatchObject({ status: 204, text: '', headers: { etag, location: 'http://localhost/logs/up/a%20b.log' } })
  const got = await server.s3.send(new GetObjectCommand({ Bucket, Key: 'up/a b.log' }))
  expect(await got.Body!.transformToString()).toBe(content)
  expect(got).toMatchObject({ ContentType: 'text/x-log', Metadata: { who: 'me' }, TagCount: 1 })
  expect((await server.s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'up/a b.log' }))).TagSet).toEqual([{ Key: 'a', Value: 'b' }])
})

test('a form says what it wants to be answered', async () => {
  const server = await house()
  const ask = (more: Fields) => post(server, bodyOf(signedFields({ key: 'up/k', ...more }, [...ANY, ...Object.entries(more).map(([name, value]) => ({ [name]: value }))]), 'x'))
  const etag = `"${createHash('md5').update('x').digest('hex')}"`
  expect(await ask({ success_action_status: '200' })).toMatchObject({ status: 200, text: '' })
  expect(await ask({ success_action_status: '201' })).toMatchObject({
    status: 201,
    text: `<?xml version="1.0" encoding="UTF-8"?>\n<PostResponse><Location>http://localhost/logs/up/k</Location><Bucket>logs</Bucket><Key>up/k</Key><ETag>${etag.replaceAll('"', '&quot;')}</ETag></PostResponse>`,
  })
  expect(await ask({ success_action_redirect: 'https://e.com/done?a=1' })).toMatchObject({
    status: 303, headers: { location: `https://e.com/done?a=1&bucket=logs&key=up%2Fk&etag=${encodeURIComponent(etag)}` },
  })
})

test('version 2, which boto3 signs forms by', async () => {
  const server = await house()
  const policy = Buffer.from(JSON.stringify({ expiration: new Date(NOW + 60_000).toISOString(), conditions: [{ bucket: Bucket }, { key: 'k' }] })).toString('base64')
  const fields = { key: 'k', AWSAccessKeyId: ID, policy, signature: createHmac('sha1', SECRET).update(policy).digest('base64') }
  await server.client()
  expect((await post(server, bodyOf(fields, 'x'))).status).toBe(204)
  expect(await post(server, bodyOf({ ...fields, signature: 'AAAA' }, 'x'))).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' })
})

test('what a form is refused for, and nothing of it is kept', async () => {
  const server = await house()
  const good = { key: 'up/k' }
  const policy = 'Invalid according to Policy: '
  const table: readonly (readonly [string, string, number, string, string])[] = [
    ['nobody', bodyOf(good, 'x'), 403, 'AccessDenied', 'Access Denied'],
    ['another key', bodyOf(signedFields({ key: 'down/k' }, ANY), 'x'), 403, 'AccessDenied', `${policy}Policy Condition failed: ["starts-with", "$key", "up/"]`],
    ['another bucket', bodyOf(signedFields(good, [{ bucket: 'other' }, { key: 'up/k' }]), 'x'), 403, 'AccessDenied', `${policy}Policy Condition failed: ["eq", "$bucket", "other"]`],
    ['more than it may', bodyOf(signedFields({ ...good, acl: 'private' }, ANY), 'x'), 403, 'AccessDenied', `${policy}Extra input fields: acl`],
    ['too late', bodyOf(signedFields(good, ANY, { until: NOW - 1000 }), 'x'), 403, 'AccessDenied', `${policy}Policy expired.`],
    ['forged', bodyOf(signedFields(good, ANY, { secret: 'x' }), 'x'), 403, 'SignatureDoesNotMatch', 'The request signature we calculated'],
    ['too long', bodyOf(signedFields(good, [...ANY, ['content-length-range', 0, 3]]), 'four'), 400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size'],
    ['too short', bodyOf(signedFields(good, [...ANY, ['content-length-range', 5, 9]]), 'four'), 400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size'],
    ['no such condition', bodyOf(signedFields(good, [['like', '$key', 'up/']]), 'x'), 400, 'InvalidPolicyDocument', 'Invalid Policy: Invalid condition'],
    ['no key', bodyOf(signedFields({}, ANY), 'x'), 400, 'InvalidArgument', "Bucket POST must contain a field named 'key'."],
    ['no file', `${part('key', 'up/k')}--edge--\r\n`, 400, 'InvalidArgument', 'POST requires exactly one file upload per request.'],
    ['cut', bodyOf(signedFields(good, ANY), 'x').slice(0, -12), 400, 'MalformedPOSTRequest', 'The body of your POST request is not well-formed multipart/form-data.'],
    ['endless fields', part('a', 'x'.repeat(30_000)) + bodyOf(good, 'x'), 400, 'MaxPostPreDataLengthExceeded', 'Your POST request fields preceding the upload file were too large.'],
  ]
  for (const [what, body, status, code, message] of table) {
    const reply = await post(server, body)
    expect([what, reply.status, reply.code, reply.text.includes(message.replaceAll('"', '&quot;'))]).toEqual([what, status, code, true])
  }
  expect((await server.s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0)
  expect(server.files()).toEqual([])
})

test('where nobody checks signatures, a form needs none', async () => {
  const server = await house({ open: true })
  expect((await post(server, bodyOf({ key: 'k' }, 'x'))).status).toBe(204)
  expect((await post(server, bodyOf({ key: 'k' }, 'x'), '/no-such-bucket')).code).toBe('NoSuchBucket')
})
