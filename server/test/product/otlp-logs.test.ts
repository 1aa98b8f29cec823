import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, FilterLogEventsCommand, PutBearerTokenAuthenticationCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire'
import { SignatureV4 } from '@smithy/signature-v4'
import { createHash, createHmac } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, RunningServer } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder() })
}, 60_000)
afterAll(() => server.stop())

const basic = ({ accessKeyId, secretAccessKey } = server.credentials): Record<string, string> =>
  ({ authorization: `Basic ${Buffer.from(`${accessKeyId}:${secretAccessKey}`).toString('base64')}` })

const nanos = (offset = 0): string => `${Date.now() + offset}000000`

const requestOf = (service: string, ...bodies: readonly (readonly [text: string, offset?: number])[]) => ({
  resourceLogs: [{
    resource: { attributes: [{ key: 'service.name', value: { stringValue: service } }] },
    scopeLogs: [{ logRecords: bodies.map(([stringValue, offset]) => ({ timeUnixNano: nanos(offset), body: { stringValue } })) }],
  }],
})

const post = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>): Promise<Response> =>
  fetch(`${server.url}/v1/logs`, { method: 'POST', body, headers })

const postJson = (value: unknown, headers: Record<string, string> = basic()): Promise<Response> =>
  post(JSON.stringify(value), { 'content-type': 'application/json', ...headers })

/** Stream, body and resource of each. */
const messages = async (logGroupName: string, region?: string): Promise<readonly unknown[]> => {
  const { events = [] } = await new CloudWatchLogsClient(server.clientConfig(region)).send(new FilterLogEventsCommand({ logGroupName }))
  return events.map(({ message, logStreamName }) => {
    const { body, resource } = JSON.parse(message!) as { body: unknown; resource: { attributes: unknown } }
    return [logStreamName, body, resource.attributes]
  })
}

test('records as JSON, with an access key', async () => {
  const answer = await postJson(requestOf('shop', ['later'], ['earlier', -5_000]))
  expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([200, 'application/json', {}])
  expect(await messages('/otlp/shop')).toEqual([
    ['default', 'earlier', { 'service.name': 'shop' }],
    ['default', 'later', { 'service.name': 'shop' }],
  ])
})

test('records as gzipped protobuf, to the group and stream that headers name', async () => {
  const record = new BinaryWriter().tag(1, 1).fixed64(nanos()).tag(5, 2).fork().tag(1, 2).string('in protobuf').join().finish()
  const body = Buffer.from(new BinaryWriter().tag(1, 2).fork().tag(2, 2).fork().tag(2, 2).bytes(record).join().join().finish())
  const headers = { ...basic(), 'content-type': 'application/x-protobuf', 'content-encoding': 'gzip', 'x-aws-log-group': '/named', 'x-aws-log-stream': 's' }
  const answer = await post(gzipSync(body), headers)
  expect([answer.status, answer.headers.get('content-type'), (await answer.bytes()).length]).toEqual([200, 'application/x-protobuf', 0])
  expect(await messages('/named')).toEqual([['s', 'in protobuf', {}]])
})

test('a signature does as well, as the collector\'s sigv4auth extension makes it', async () => {
  class Sha256 {
    readonly #hash
    constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
      this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as Buffer)
    }
    update(data: string | ArrayBuffer | ArrayBufferView): void {
      this.#hash.update(data as Buffer)
    }
    digest = async (): Promise<Uint8Array> => this.#hash.digest()
    reset = (): void => undefined
  }
  const signer = new SignatureV4({ service: 'logs', region: 'eu-west-1', credentials: server.credentials, sha256: Sha256 })
  const { hostname, port } = new URL(server.url)
  const body = JSON.stringify(requestOf('signed', ['by signature']))
  const { headers } = await signer.sign({ method: 'POST', protocol: 'http:', hostname, path: '/v1/logs', headers: { host: `${hostname}:${port}`, 'content-type': 'application/json' }, body })
  expect((await post(body, headers)).status).toBe(200)
  expect(await messages('/otlp/signed', 'eu-west-1')).toEqual([['default', 'by signature', { 'service.name': 'signed' }]])
})

test('what is too old is told of, and the rest is taken', async () => {
  const client = new CloudWatchLogsClient(server.clientConfig())
  await client.send(new CreateLogGroupCommand({ logGroupName: '/otlp/short' }))
  await client.send(new PutRetentionPolicyCommand({ logGroupName: '/otlp/short', retentionInDays: 1 }))
  const day = 86_400_000
  const answer = await postJson(requestOf('short', ['now'], ['expired', -2 * day], ['old', -15 * day], ['new', day]))
  expect([answer.status, await answer.json()]).toEqual([200, {
    partialSuccess: { rejectedLogRecords: '3', errorMessage: '{"tooOldLogEventCount":1,"tooNewLogEventCount":1,"expiredLogEventCount":1}' },
  }])
  expect(await messages('/otlp/short')).toHaveLength(1)
})

const status = async (answer: Response): Promise<readonly unknown[]> => {
  if (answer.headers.get('content-type') === 'application/json') return [answer.status, ...Object.values((await answer.json()) as object)]
  const reader = new BinaryReader(await answer.bytes())
  reader.tag()
  const code = reader.int32()
  reader.tag()
  return [answer.status, code, reader.string()]
}

test('refusals are statuses of google.rpc, in the form of the request', async () => {
  const protobuf = { 'content-type': 'application/x-protobuf' }
  expect(await status(await postJson(requestOf('a', ['b']), {}))).toEqual([401, 16, 'Sign the request, or send an access key as Basic authorization or a bearer token.'])
  expect(await status(await postJson(requestOf('a', ['b']), basic({ accessKeyId: server.credentials.accessKeyId, secretAccessKey: 'wrong' })))).toEqual([401, 16, 'The access key id or the secret access key is wrong.'])
  expect(await status(await post('no protobuf', { ...basic(), ...protobuf }))).toEqual([400, 3, expect.stringContaining('The request is no protobuf of OTLP: ')])
  expect(await status(await post('{', { ...basic(), 'content-type': 'application/json' }))).toEqual([400, 3, expect.stringContaining('The request is no JSON: ')])
  expect(await status(await post('{}', { ...basic(), 'content-type': 'text/plain' }))).toEqual([415, 3, 'Send application/x-protobuf or application/json.'])
  expect(await status(await post('x', { ...basic(), ...protobuf, 'content-encoding': 'gzip' }))).toEqual([400, 3, 'The request body could not be decompressed.'])
  expect(await status(await post(new Uint8Array(9 * 1_048_576), { ...basic(), ...protobuf }))).toEqual([413, 3, 'The request is larger than 8388608 bytes.'])
  expect((await fetch(`${server.url}/v1/logs`)).status).toBe(405)
})

test('who may not put log events there may not here', async () => {
  const iam = server.iam()
  await iam.send(new CreateUserCommand({ UserName: 'shipper' }))
  const statement = { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: 'arn:aws:logs:*:*:log-group:/otlp/mine:*' }
  await iam.send(new PutUserPolicyCommand({ UserName: 'shipper', PolicyName: 'p', PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'shipper' }))
  const headers = basic({ accessKeyId: AccessKey!.AccessKeyId!, secretAccessKey: AccessKey!.SecretAccessKey! })
  expect((await postJson(requestOf('mine', ['a']), headers)).status).toBe(200)
  expect(await status(await postJson(requestOf('theirs', ['a']), headers))).toEqual([403, 7, expect.stringContaining('is not authorized to perform: logs:PutLogEvents')])
})

test('plain JSON has doors beside; all of them take a bearer token where the log group does', async () => {
  const client = new CloudWatchLogsClient(server.clientConfig())
  await client.send(new CreateLogGroupCommand({ logGroupName: '/plain' }))
  await client.send(new CreateLogStreamCommand({ logGroupName: '/plain', logStreamName: 's' }))
  const authorization = `Bearer ACWL${basic()['authorization']!.slice('Basic '.length)}`
  const send = async (): Promise<number> =>
    (await fetch(`${server.url}/ingest/json?logGroup=/plain&logStream=s`, { method: 'POST', body: '{"a":1.0}', headers: { authorization, 'content-type': 'application/json' } })).status
  const otlp = (): Promise<Response> => postJson(requestOf('x', ['by OTLP']), { authorization, 'x-aws-log-group': '/plain', 'x-aws-log-stream': 's' })
  expect([await send(), (await otlp()).status, (await postJson(requestOf('fresh', ['a']), { authorization })).status]).toEqual([403, 403, 403])
  await client.send(new PutBearerTokenAuthenticationCommand({ logGroupIdentifier: '/plain', bearerTokenAuthenticationEnabled: true }))
  expect([await send(), (await otlp()).status]).toEqual([200, 200])
  const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName: '/plain' }))
  expect(events.map(({ message, logStreamName }) => [logStreamName, message])).toEqual([['s', '{"a":1.0}'], ['s', expect.stringContaining('by OTLP')]])
})
