import { request } from 'node:http'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, RunningServer } from '../product/running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--auth', 'off'] })
}, 90_000)
afterAll(() => server.stop())

const SCOPE = 'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261121/us-east-1/logs/aws4_request'

/** One sender's headers, as it writes them; what they sign is not looked at here. */
interface Sender {
  readonly headers: Readonly<Record<string, string>>
  readonly gzip?: boolean
  readonly path?: string
}

const BOTO3: Sender = {
  headers: {
    'Content-Type': 'application/x-amz-json-1.1',
    'User-Agent': 'Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.11.2 cfg/retry-mode#legacy',
    'X-Amz-Date': '20261121T120000Z',
    'amz-sdk-invocation-id': '7f0a1f2e-0000-4000-8000-000000000000',
    'amz-sdk-request': 'attempt=1',
    Authorization: `${SCOPE}, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=00`,
  },
}
const FLUENT_BIT: Sender = {
  headers: {
    'User-Agent': 'aws-fluent-bit-plugin',
    'Content-Type': 'application/x-amz-json-1.1',
    'x-amz-date': '20261121T120000Z',
    Authorization: `${SCOPE}, SignedHeaders=content-type;host;user-agent;x-amz-date;x-amz-target, Signature=00`,
  },
}
const GO_SDK_V1: Sender = {
  headers: {
    'User-Agent': 'Docker 20.10.24 (linux) aws-sdk-go/1.31.6 (go1.19.7; linux; amd64)',
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Date': '20261121T120000Z',
    'Accept-Encoding': 'gzip',
    Authorization: `${SCOPE}, SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-target, Signature=00`,
  },
}
const AGENT: Sender = {
  gzip: true,
  headers: {
    'User-Agent': 'CWAgent/1.300060.0 (go1.24.5; linux; amd64) ID/00000000-0000-4000-8000-000000000000 outputs:(cloudwatchlogs) aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.5 api/cloudwatchlogs#1.47.3',
    'Content-Type': 'application/x-amz-json-1.1',
    'Amz-Sdk-Request': 'attempt=1; max=1',
    'Amz-Sdk-Invocation-Id': '7f0a1f2e-0000-4000-8000-000000000000',
    'X-Amz-Date': '20261121T120000Z',
    'Accept-Encoding': 'gzip',
    Authorization: `${SCOPE}, SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-encoding;content-length;content-type;host;x-amz-date;x-amz-target, Signature=00`,
  },
}

interface Answer {
  readonly status: number
  readonly rawHeaders: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

/** Sends a text as the sender would, byte by byte; answers with the headers as they were spelled. */
const send = (sender: Sender, operation: string, text: string, more: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const body = sender.gzip === true && operation === 'PutLogEvents' ? gzipSync(text) : Buffer.from(text)
    const headers = { ...sender.headers, 'X-Amz-Target': `Logs_20140328.${operation}`, 'Content-Length': body.length, ...(body[0] === 0x1f ? { 'Content-Encoding': 'gzip' } : {}), ...more }
    const outgoing = request(`${server.url}/`, { method: 'POST', headers }, incoming => {
      const pieces: Buffer[] = []
      incoming.on('data', (piece: Buffer) => pieces.push(piece))
      incoming.on('end', () => {
        const answer = Buffer.concat(pieces).toString()
        resolve({ status: incoming.statusCode!, rawHeaders: incoming.rawHeaders, body: answer === '' ? {} : (JSON.parse(answer) as Record<string, unknown>) })
      })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })

const stored = async (logGroupName: string): Promise<readonly unknown[]> => {
  const { body } = await send(BOTO3, 'FilterLogEvents', JSON.stringify({ logGroupName }))
  return (body['events'] as readonly { logStreamName: string; message: string }[]).map(({ logStreamName, message }) => [logStreamName, message])
}

/** What the SDKs and Fluent Bit read an error's name from. */
const errorOf = ({ status, body }: Answer): readonly unknown[] => [status, body['__type']]

const now = (): number => Date.now()

test('watchtower (Python): the group is looked for and made, the stream made when the first put says that it is missing', async () => {
  const put = JSON.stringify({ logGroupName: 'watchtower', logStreamName: 'machine/app/1', logEvents: [{ timestamp: now(), message: 'a warning' }] })
  expect((await send(BOTO3, 'DescribeLogGroups', '{"logGroupNamePrefix": "watchtower"}')).body).toEqual({ logGroups: [] })
  expect((await send(BOTO3, 'CreateLogGroup', '{"logGroupName": "watchtower"}')).status).toBe(200)
  expect(errorOf(await send(BOTO3, 'CreateLogGroup', '{"logGroupName": "watchtower"}'))).toEqual([400, 'ResourceAlreadyExistsException'])
  expect(errorOf(await send(BOTO3, 'PutLogEvents', put))).toEqual([400, 'ResourceNotFoundException'])
  expect((await send(BOTO3, 'CreateLogStream', '{"logGroupName": "watchtower", "logStreamName": "machine/app/1"}')).status).toBe(200)
  const first = await send(BOTO3, 'PutLogEvents', put)
  expect([first.status, first.body['rejectedLogEventsInfo']]).toEqual([200, undefined])
  const next = JSON.stringify({ ...(JSON.parse(put) as object), sequenceToken: first.body['nextSequenceToken'] })
  expect((await send(BOTO3, 'PutLogEvents', next)).status).toBe(200)
  expect(await stored('watchtower')).toEqual([['machine/app/1', 'a warning'], ['machine/app/1', 'a warning']])
})

test('Fluent Bit (cloudwatch_logs): stream, then group, then stream again; its JSON by hand; the request id as AWS spells it', async () => {
  const stream = '{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log"}'
  expect(errorOf(await send(FLUENT_BIT, 'CreateLogStream', stream))).toEqual([400, 'ResourceNotFoundException'])
  expect((await send(FLUENT_BIT, 'CreateLogGroup', '{"logGroupName":"fluent-bit"}')).status).toBe(200)
  expect((await send(FLUENT_BIT, 'PutRetentionPolicy', '{"logGroupName":"fluent-bit","retentionInDays":14}')).status).toBe(200)
  expect((await send(FLUENT_BIT, 'CreateLogStream', stream)).status).toBe(200)
  expect(errorOf(await send(FLUENT_BIT, 'CreateLogStream', stream))).toEqual([400, 'ResourceAlreadyExistsException'])
  const message = '{\\"log\\":\\"caf\\u00e9 \\\\u0000\\",\\"stream\\":\\"stdout\\"}'
  const put = `{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log","logEvents":[{"timestamp":${now()},"message":"${message}"},{"timestamp":${now()},"message":"plain"}]}`
  const answer = await send(FLUENT_BIT, 'PutLogEvents', put, { 'x-amzn-logs-format': 'json/emf' })
  expect(answer.status).toBe(200)
  expect(answer.rawHeaders).toContain('x-amzn-RequestId')
  expect(await stored('fluent-bit')).toEqual([['from-kube.var.log', '{"log":"café \\u0000","stream":"stdout"}'], ['from-kube.var.log', 'plain']])
})

test('Fluent Bit names the entity of a container', async () => {
  const entity = '"entity":{"keyAttributes":{"Type":"Service","Name":"shop","Environment":"k8s:prod/default","AwsAccountId":"000000000000"},"attributes":{"PlatformType":"K8s","K8s.Cluster":"prod","K8s.Namespace":"default","AWS.ServiceNameSource":"K8sWorkload"}}'
  await send(FLUENT_BIT, 'CreateLogGroup', '{"logGroupName":"entities"}')
  await send(FLUENT_BIT, 'CreateLogStream', '{"logGroupName":"entities","logStreamName":"s"}')
  const { status, body } = await send(FLUENT_BIT, 'PutLogEvents', `{"logGroupName":"entities","logStreamName":"s",${entity},"logEvents":[{"timestamp":${now()},"message":"a"}]}`)
  expect([status, body['rejectedEntityInfo']]).toEqual([200, undefined])
})

test('Docker (awslogs): every put carries the token of the one before; lines of a container are sorted by time', async () => {
  const names = { logGroupName: 'docker', logStreamName: '3c9f5d0e' }
  expect(errorOf(await send(GO_SDK_V1, 'CreateLogStream', JSON.stringify(names)))).toEqual([400, 'ResourceNotFoundException'])
  await send(GO_SDK_V1, 'CreateLogGroup', '{"logGroupName":"docker"}')
  expect((await send(GO_SDK_V1, 'CreateLogStream', JSON.stringify(names))).status).toBe(200)
  let sequenceToken: unknown
  for (const lines of [['starting', 'listening on 80'], ['GET /'], ['GET /health']]) {
    const logEvents = lines.map(message => ({ message, timestamp: now() }))
    const { status, body } = await send(GO_SDK_V1, 'PutLogEvents', JSON.stringify({ logEvents, ...names, sequenceToken }))
    expect(status).toBe(200)
    expect(body['nextSequenceToken']).toMatch(/^\d{56}$/)
    sequenceToken = body['nextSequenceToken']
  }
  expect(await stored('docker')).toEqual(['starting', 'listening on 80', 'GET /', 'GET /health'].map(message => ['3c9f5d0e', message]))
})

test('the CloudWatch agent: gzip from the first request on; stream and group made after ResourceNotFoundException; rejected events named', async () => {
  const names = { logGroupName: '/var/log/messages', logStreamName: 'i-0123456789abcdef0' }
  const day = 86_400_000
  const logEvents = [[-15 * day, 'old'], [0, 'now'], [3 * 3_600_000, 'new']].map(([offset, message]) => ({ message, timestamp: now() + Number(offset) }))
  const put = JSON.stringify({ logEvents, ...names, entity: { attributes: { PlatformType: 'AWS::EC2', 'EC2.InstanceId': 'i-0123456789abcdef0' }, keyAttributes: { Type: 'Service', Name: 'unknown', Environment: 'ec2:default' } } })
  expect(errorOf(await send(AGENT, 'PutLogEvents', put))).toEqual([400, 'ResourceNotFoundException'])
  expect(errorOf(await send(AGENT, 'CreateLogStream', JSON.stringify(names)))).toEqual([400, 'ResourceNotFoundException'])
  expect((await send(AGENT, 'CreateLogGroup', JSON.stringify({ logGroupName: names.logGroupName, logGroupClass: 'STANDARD' }))).status).toBe(200)
  expect((await send(AGENT, 'CreateLogStream', JSON.stringify(names))).status).toBe(200)
  const { body: groups } = await send(AGENT, 'DescribeLogGroups', JSON.stringify({ logGroupIdentifiers: [names.logGroupName] }))
  expect(groups['logGroups']).toHaveLength(1)
  expect((await send(AGENT, 'PutRetentionPolicy', JSON.stringify({ logGroupName: names.logGroupName, retentionInDays: 30 }))).status).toBe(200)
  const { status, body } = await send(AGENT, 'PutLogEvents', put)
  expect([status, body['rejectedLogEventsInfo']]).toEqual([200, { tooNewLogEventStartIndex: 2, tooOldLogEventEndIndex: 1 }])
  expect(await stored(names.logGroupName)).toEqual([[names.logStreamName, 'now']])
})
