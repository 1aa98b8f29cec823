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
const JSON_TYPE = 'application/x-amz-json-1.1'

/** One sender's headers, as it writes them; what they sign is not looked at here. */
interface Sender {
  readonly headers: Readonly<Record<string, string>>
  /** What it compresses: the agent every PutLogEvents that gets smaller by it, versions of it other requests too. */
  readonly gzip?: (operation: string) => boolean
}

/** As watchtower's calls went by. */
const BOTO3: Sender = {
  headers: {
    'Accept-Encoding': 'identity',
    'Content-Type': JSON_TYPE,
    'User-Agent': 'Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.1 md/arch#x86_64 lang/python#3.11.7 md/pyimpl#CPython m/N,e,D,Z,b cfg/retry-mode#legacy Botocore/1.43.11',
    'X-Amz-Date': '20261121T120000Z',
    'amz-sdk-invocation-id': '7f0a1f2e-0000-4000-8000-000000000000',
    'amz-sdk-request': 'attempt=1',
    Authorization: `${SCOPE}, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=00`,
  },
}
/** https://github.com/fluent/fluent-bit/blob/master/src/aws/flb_aws_util.c: it signs whatever headers it has so far. */
const FLUENT_BIT: Sender = {
  headers: {
    'User-Agent': 'aws-fluent-bit-plugin-eks',
    'Content-Type': JSON_TYPE,
    'x-amz-date': '20261121T120000Z',
    Authorization: `${SCOPE}, SignedHeaders=content-length;content-type;host;user-agent;x-amz-date;x-amz-target, Signature=00`,
  },
}
/** As Docker's calls went by. */
const GO_SDK_V1: Sender = {
  headers: {
    'User-Agent': 'Docker 20.10.24+dfsg1 (linux) aws-sdk-go/1.44.133 (go1.19.8; linux; amd64)',
    Authorization: `${SCOPE}, SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-target, Signature=00`,
    'Content-Type': JSON_TYPE,
    'X-Amz-Date': '20261121T120000Z',
    'Accept-Encoding': 'gzip',
  },
}
const GO_SDK_V2: Sender = {
  headers: {
    'User-Agent': 'aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.5 md/GOOS#linux md/GOARCH#amd64 api/cloudwatchlogs#1.47.3 Docker/28.5.1',
    'Amz-Sdk-Invocation-Id': '7f0a1f2e-0000-4000-8000-000000000000',
    'Amz-Sdk-Request': 'attempt=1; max=3',
    Authorization: `${SCOPE}, SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-length;content-type;host;x-amz-date;x-amz-target, Signature=00`,
    'Content-Type': JSON_TYPE,
    'X-Amz-Date': '20261121T120000Z',
    'Accept-Encoding': 'gzip',
  },
}
const AGENT: Sender = {
  headers: {
    ...GO_SDK_V2.headers,
    'User-Agent': 'CWAgent/1.300060.0 (go1.24.5; linux; amd64) ID/00000000-0000-4000-8000-000000000000 outputs:(cloudwatchlogs) aws-sdk-go-v2/1.36.3 api/cloudwatchlogs#1.47.3',
    'X-Amz-Agent-Stats': '"cpu":0.5,"mem":104857600,"fd":12,"th":9,"lat":12,"load":350,"code":200,"scount":1,"rft":1',
  },
  gzip: operation => operation === 'PutLogEvents' || operation === 'DescribeLogGroups',
}
const RUST_SDK: Sender = {
  headers: {
    'content-type': JSON_TYPE,
    'user-agent': 'aws-sdk-rust/1.3.3 os/linux lang/rust/1.85.0',
    'x-amz-user-agent': 'aws-sdk-rust/1.3.3 ua/2.1 api/cloudwatchlogs/1.70.0 os/linux lang/rust/1.85.0',
    'x-amz-date': '20261121T120000Z',
    authorization: `${SCOPE}, SignedHeaders=content-type;host;x-amz-date;x-amz-target;x-amz-user-agent, Signature=00`,
    'amz-sdk-request': 'attempt=1; max=1',
    'amz-sdk-invocation-id': '7f0a1f2e-0000-4000-8000-000000000000',
  },
}
const RUBY_SDK: Sender = {
  headers: {
    'Content-Type': JSON_TYPE,
    'Accept-Encoding': '',
    'User-Agent': 'aws-sdk-ruby3/3.232.0 ua/2.1 api/cloudwatch_logs#1.122.0 os/linux md/x86_64 lang/ruby#3.3.9 md/3.3.9 m/D,N',
    'X-Amz-Date': '20261121T120000Z',
    Authorization: `${SCOPE}, SignedHeaders=content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target, Signature=00`,
    Accept: '*/*',
  },
}

interface Answer {
  readonly status: number
  readonly rawHeaders: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

/** Sends a body as the sender would, byte by byte; answers with the headers as they were spelled. */
const send = (sender: Sender, operation: string, text: string | Buffer, more: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const gzip = sender.gzip?.(operation) === true
    const body = gzip ? gzipSync(text) : Buffer.from(text)
    const headers = { ...sender.headers, 'X-Amz-Target': `Logs_20140328.${operation}`, 'Content-Length': body.length, ...(gzip ? { 'Content-Encoding': 'gzip' } : {}), ...more }
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

const now = Date.now()
const DAY = 86_400_000

const NO_GROUP = { __type: 'ResourceNotFoundException', message: 'The specified log group does not exist.' }
/** The plugin of fluentd compares this text, word by word. */
const NO_STREAM = { __type: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' }
const GROUP_EXISTS = { __type: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' }
const STREAM_EXISTS = { __type: 'ResourceAlreadyExistsException', message: 'The specified log stream already exists' }
const DONE = {}
/** Without a token the collector of OpenTelemetry would put the same events again. */
const PUT = { nextSequenceToken: expect.stringMatching(/^\d{56}$/) as string }
const REFUSALS: ReadonlySet<object> = new Set([NO_GROUP, NO_STREAM, GROUP_EXISTS, STREAM_EXISTS])

/** What it asks for, and what it is answered: 400 with a refusal's whole body, else 200. */
type Step = readonly [operation: string, body: object | string | Buffer, answer: object, headers?: Readonly<Record<string, string>>]

interface Script {
  readonly title: string
  readonly sender: Sender
  readonly steps: readonly Step[]
  readonly group: string
  /** What is read back. */
  readonly stored: readonly (readonly [stream: string, message: string])[]
}

const group = (logGroupName: string) => ({ logGroupName })
const stream = (logGroupName: string, logStreamName: string) => ({ logGroupName, logStreamName })
const retention = (logGroupName: string, retentionInDays: number) => ({ logGroupName, retentionInDays })
const EMF = '{"_aws":{"Timestamp":1700000000000,"CloudWatchMetrics":[{"Namespace":"n","Dimensions":[[]],"Metrics":[{"Name":"m"}]}]},"m":1}'
const TOKEN = '49590302938006985155555555555555555555555555555555555555'
const bytes = (before: string, broken: readonly number[], after: string): Buffer => Buffer.concat([Buffer.from(before), Buffer.from(broken), Buffer.from(after)])

const SCRIPTS: readonly Script[] = [
  {
    title: 'watchtower: the group is looked for and made, the stream made when the first put says that it is missing',
    sender: BOTO3,
    steps: [
      ['DescribeLogGroups', '{"logGroupNamePrefix": "watchtower"}', { logGroups: [] }],
      ['CreateLogGroup', '{"logGroupName": "watchtower"}', DONE],
      ['CreateLogGroup', '{"logGroupName": "watchtower"}', GROUP_EXISTS],
      ['PutRetentionPolicy', '{"logGroupName": "watchtower", "retentionInDays": 7}', DONE],
      ['PutLogEvents', `{"logGroupName": "watchtower", "logStreamName": "vm/shop/11-22-26", "logEvents": [{"timestamp": ${now}, "message": "k\\u00e4se \\ud83d\\ude00"}]}`, NO_STREAM],
      ['CreateLogStream', '{"logGroupName": "watchtower", "logStreamName": "vm/shop/11-22-26"}', DONE],
      ['PutLogEvents', `{"logGroupName": "watchtower", "logStreamName": "vm/shop/11-22-26", "logEvents": [{"timestamp": ${now}, "message": "k\\u00e4se \\ud83d\\ude00"}]}`, PUT],
      ['PutLogEvents', `{"logGroupName": "watchtower", "logStreamName": "vm/shop/11-22-26", "logEvents": [{"timestamp": ${now}, "message": "{\\"a\\": null}"}], "sequenceToken": "${TOKEN}"}`, PUT],
      ['DescribeLogGroups', '{"logGroupNamePrefix": "watchtower"}', { logGroups: [expect.objectContaining({ logGroupName: 'watchtower', retentionInDays: 7 })] }],
    ],
    group: 'watchtower',
    stored: [['vm/shop/11-22-26', 'käse 😀'], ['vm/shop/11-22-26', '{"a": null}']],
  },
  {
    title: 'Fluent Bit (cloudwatch_logs): stream, then group with its class and retention, then stream again; its JSON by hand',
    sender: FLUENT_BIT,
    steps: [
      ['CreateLogStream', '{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log"}', NO_GROUP],
      ['CreateLogGroup', '{"logGroupName":"fluent-bit", "logGroupClass":"STANDARD"}', DONE],
      ['PutRetentionPolicy', '{"logGroupName":"fluent-bit","retentionInDays":14}', DONE],
      ['CreateLogStream', '{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log"}', DONE],
      ['CreateLogStream', '{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log"}', STREAM_EXISTS],
      // Another one that found no group either goes on to the retention.
      ['CreateLogGroup', '{"logGroupName":"fluent-bit"}', GROUP_EXISTS],
      [
        'PutLogEvents',
        `{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log","logEvents":[{"timestamp":${now},"message":"{\\"log\\":\\"caf\\u00e9 \\\\u0000\\",\\"stream\\":\\"stdout\\"}"},{"timestamp":${now},"message":"plain"}]}`,
        PUT,
      ],
      ['PutLogEvents', `{"logGroupName":"fluent-bit","logStreamName":"from-kube.var.log","logEvents":[{"timestamp":${now},"message":${JSON.stringify(EMF)}}]}`, PUT, { 'x-amzn-logs-format': 'json/emf' }],
      ['PutLogEvents', `{"logGroupName":"fluent-bit","logStreamName":"elsewhere","logEvents":[{"timestamp":${now},"message":"a"}]}`, NO_STREAM],
    ],
    group: 'fluent-bit',
    stored: [['from-kube.var.log', '{"log":"café \\u0000","stream":"stdout"}'], ['from-kube.var.log', 'plain'], ['from-kube.var.log', EMF]],
  },
  {
    title: 'Fluent Bit names the entity of a container',
    sender: FLUENT_BIT,
    steps: [
      ['CreateLogGroup', '{"logGroupName":"entities", "logGroupClass":"INFREQUENT_ACCESS"}', DONE],
      ['CreateLogStream', '{"logGroupName":"entities","logStreamName":"s"}', DONE],
      [
        'PutLogEvents',
        `{"logGroupName":"entities","logStreamName":"s","entity":{"keyAttributes":{"Type":"Service","Name":"shop","Environment":"k8s:prod/default","AwsAccountId":"000000000000"},"attributes":{"PlatformType":"K8s","K8s.Cluster":"prod","K8s.Namespace":"default","K8s.Node":"n","K8s.Workload":"shop","EC2.InstanceId":"i-1","AWS.ServiceNameSource":"K8sWorkload"}},"logEvents":[{"timestamp":${now},"message":"a"}]}`,
        PUT,
      ],
    ],
    group: 'entities',
    stored: [['s', 'a']],
  },
  {
    title: 'AWS for Fluent Bit (cloudwatch): the group first; of a stream that exists, the token is asked for',
    sender: GO_SDK_V1,
    steps: [
      ['CreateLogGroup', group('go-plugin'), DONE],
      ['CreateLogStream', stream('go-plugin', 'app-1'), DONE],
      ['PutLogEvents', { logEvents: [{ message: 'first', timestamp: now }], ...stream('go-plugin', 'app-1') }, PUT],
      ['CreateLogGroup', group('go-plugin'), GROUP_EXISTS],
      ['CreateLogStream', stream('go-plugin', 'app-1'), STREAM_EXISTS],
      ['DescribeLogStreams', { ...group('go-plugin'), logStreamNamePrefix: 'app-1' }, { logStreams: [expect.objectContaining({ logStreamName: 'app-1', uploadSequenceToken: TOKEN })] }],
      ['PutLogEvents', { logEvents: [{ message: 'second', timestamp: now + 1 }], ...stream('go-plugin', 'app-1'), sequenceToken: TOKEN }, PUT],
    ],
    group: 'go-plugin',
    stored: [['app-1', 'first'], ['app-1', 'second']],
  },
  {
    title: 'Docker (awslogs): lines sorted by time, events of many lines, and bytes that are no UTF-8 as the container wrote them',
    sender: GO_SDK_V1,
    steps: [
      ['CreateLogStream', stream('docker', '3c9f5d0e'), NO_GROUP],
      ['CreateLogGroup', group('docker'), DONE],
      ['CreateLogStream', stream('docker', '3c9f5d0e'), DONE],
      ['PutLogEvents', { logEvents: [{ message: 'starting', timestamp: now }, { message: 'INFO a\n at x\n at y\n', timestamp: now + 1 }], ...stream('docker', '3c9f5d0e') }, PUT],
      ['PutLogEvents', bytes(`{"logEvents":[{"message":"caf`, [0xc3], `","timestamp":${now + 2}},{"message":"\\u001b[31mred\\u0000","timestamp":${now + 2}}],"logGroupName":"docker","logStreamName":"3c9f5d0e","sequenceToken":"${TOKEN}"}`), PUT],
      ['CreateLogStream', stream('docker', '3c9f5d0e'), STREAM_EXISTS],
    ],
    group: 'docker',
    stored: [['3c9f5d0e', 'starting'], ['3c9f5d0e', 'INFO a\n at x\n at y\n'], ['3c9f5d0e', 'caf\ufffd'], ['3c9f5d0e', '\u001b[31mred\0']],
  },
  {
    title: 'newer versions of Docker: by the second SDK for Go, with the format that was asked for',
    sender: GO_SDK_V2,
    steps: [
      ['CreateLogStream', stream('docker-25', 's'), NO_GROUP, { 'x-amzn-logs-format': 'json/emf' }],
      ['CreateLogGroup', group('docker-25'), DONE, { 'x-amzn-logs-format': 'json/emf' }],
      ['CreateLogStream', stream('docker-25', 's'), DONE],
      ['PutLogEvents', { logEvents: [{ message: EMF, timestamp: now }], ...stream('docker-25', 's') }, PUT, { 'x-amzn-logs-format': 'json/emf' }],
    ],
    group: 'docker-25',
    stored: [['s', EMF]],
  },
  {
    title: 'the CloudWatch agent: gzip; stream and group made when they are missing; the retention compared; what is rejected named',
    sender: AGENT,
    steps: [
      ['DescribeLogGroups', { logGroupIdentifiers: ['/var/log/messages'] }, { logGroups: [] }],
      ['PutLogEvents', { logEvents: [{ message: 'a', timestamp: now }], ...stream('/var/log/messages', 'i-0') }, NO_GROUP],
      ['CreateLogStream', stream('/var/log/messages', 'i-0'), NO_GROUP],
      ['CreateLogGroup', { logGroupClass: 'STANDARD', ...group('/var/log/messages') }, DONE],
      ['CreateLogStream', stream('/var/log/messages', 'i-0'), DONE],
      ['PutRetentionPolicy', retention('/var/log/messages', 30), DONE],
      ['DescribeLogGroups', { logGroupIdentifiers: ['/var/log/messages'] }, { logGroups: [expect.objectContaining({ logGroupName: '/var/log/messages', retentionInDays: 30 })] }],
      [
        'PutLogEvents',
        {
          entity: { attributes: { 'AWS.ServiceNameSource': 'Unknown', PlatformType: 'AWS::EC2', 'EC2.InstanceId': 'i-0' }, keyAttributes: { Environment: 'ec2:default', Name: 'Unknown', Type: 'Service' } },
          logEvents: [{ message: 'now', timestamp: now }, { message: 'new', timestamp: now + 3 * 3_600_000 }],
          ...stream('/var/log/messages', 'i-0'),
        },
        { ...PUT, rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } },
      ],
      ['PutLogEvents', { logEvents: [{ message: 'old', timestamp: now - 15 * DAY }], ...stream('/var/log/messages', 'i-0') }, { ...PUT, rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 } }],
    ],
    group: '/var/log/messages',
    stored: [['i-0', 'now']],
  },
  {
    title: 'the collector of OpenTelemetry (awscloudwatchlogs, awsemf): group with tags and retention, every put in the embedded format\'s name',
    sender: { headers: { ...GO_SDK_V2.headers, 'User-Agent': 'aws-sdk-go-v2/1.39.0 otelcol-contrib/0.136.0 (awscloudwatchlogs)', 'x-amzn-logs-format': 'json/emf' } },
    steps: [
      ['PutLogEvents', { logEvents: [{ message: '{"body":"a"}', timestamp: now }], ...stream('collector', 's') }, NO_GROUP],
      ['CreateLogStream', stream('collector', 's'), NO_GROUP],
      ['CreateLogGroup', { ...group('collector'), tags: { team: 'shop' } }, DONE],
      ['PutRetentionPolicy', retention('collector', 731), DONE],
      ['CreateLogStream', stream('collector', 's'), DONE],
      ['PutLogEvents', { logEvents: [{ message: '{"body":"a"}', timestamp: now }], ...stream('collector', 's') }, PUT],
    ],
    group: 'collector',
    stored: [['s', '{"body":"a"}']],
  },
  {
    title: 'Vector (aws_cloudwatch_logs): it looks for the stream before its first put, and after it has made it',
    sender: RUST_SDK,
    steps: [
      ['DescribeLogGroups', { logGroupNamePrefix: 'vector', limit: 1 }, { logGroups: [] }],
      ['DescribeLogStreams', { ...group('vector'), logStreamNamePrefix: 's' }, NO_GROUP],
      ['CreateLogGroup', { ...group('vector'), kmsKeyId: 'arn:aws:kms:us-east-1:000000000000:key/k', tags: { team: 'shop' } }, DONE],
      ['PutRetentionPolicy', retention('vector', 7), DONE],
      // A list must be there, also an empty one.
      ['DescribeLogStreams', { ...group('vector'), logStreamNamePrefix: 's' }, { logStreams: [] }],
      ['CreateLogStream', stream('vector', 's'), DONE],
      ['DescribeLogStreams', { ...group('vector'), logStreamNamePrefix: 's' }, { logStreams: [expect.objectContaining({ logStreamName: 's' })] }],
      ['PutLogEvents', { ...stream('vector', 's'), logEvents: [{ timestamp: now, message: 'a' }] }, PUT],
      ['PutLogEvents', { ...stream('vector', 's'), logEvents: [{ timestamp: now + 1, message: 'b' }], sequenceToken: TOKEN }, PUT],
    ],
    group: 'vector',
    stored: [['s', 'a'], ['s', 'b']],
  },
  {
    title: 'fluentd (cloudwatch_logs): group and stream looked for page by page, and made again when they are gone',
    sender: RUBY_SDK,
    steps: [
      ['DescribeLogGroups', { logGroupNamePrefix: 'fluentd' }, { logGroups: [] }],
      ['CreateLogGroup', { ...group('fluentd'), tags: { team: 'shop' } }, DONE],
      ['PutRetentionPolicy', retention('fluentd', 7), DONE],
      ['DescribeLogStreams', { ...group('fluentd'), logStreamNamePrefix: 'app' }, { logStreams: [] }],
      ['CreateLogStream', stream('fluentd', 'app'), DONE],
      ['PutLogEvents', { logEvents: [{ timestamp: now, message: '{"message":"gone"}' }], ...stream('fluentd', 'app') }, PUT],
      ['DeleteLogStream', stream('fluentd', 'app'), DONE],
      ['PutLogEvents', { logEvents: [{ timestamp: now, message: '{"message":"a"}' }], ...stream('fluentd', 'app'), sequenceToken: TOKEN }, NO_STREAM],
      ['CreateLogStream', stream('fluentd', 'app'), DONE],
      ['PutLogEvents', { logEvents: [{ timestamp: now, message: '{"message":"a"}' }], ...stream('fluentd', 'app') }, PUT],
    ],
    group: 'fluentd',
    stored: [['app', '{"message":"a"}']],
  },
]

test.each(SCRIPTS)('$title', async ({ sender, steps, group: logGroupName, stored }) => {
  for (const [index, [operation, said, answer, headers]] of steps.entries()) {
    const body = typeof said === 'string' || Buffer.isBuffer(said) ? said : JSON.stringify(said)
    const { status, rawHeaders, body: answered } = await send(sender, operation, body, headers)
    expect([index, operation, status, answered]).toEqual([index, operation, REFUSALS.has(answer) ? 400 : 200, answer])
    // Fluent Bit before 4 looks for the one as AWS spells it, and reads no body whose length it is not told.
    expect(rawHeaders).toEqual(expect.arrayContaining(['x-amzn-RequestId', 'content-length']))
  }
  const { body } = await send(BOTO3, 'FilterLogEvents', JSON.stringify({ logGroupName }))
  expect((body['events'] as readonly { logStreamName: string; message: string }[]).map(({ logStreamName, message }) => [logStreamName, message])).toEqual(stored)
})
