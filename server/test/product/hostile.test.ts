import { request } from 'node:http'
import { connect } from 'node:net'
import { deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunningServer, dataFolder } from './running-server.ts'

interface Shot {
  readonly path?: string
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

const JSON_1_0 = 'application/x-amz-json-1.0'
const target = (operation: string): Readonly<Record<string, string>> => ({ 'x-amz-target': `GraniteServiceVersion20100801.${operation}`, 'content-type': JSON_1_0 })
const putJson = (body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Shot => ({ headers: { ...target('PutMetricData'), ...headers }, body })
const put = (datum: unknown, namespace: unknown = 'N'): Shot => putJson(JSON.stringify({ Namespace: namespace, MetricData: [datum] }))
const rpc = (body: Uint8Array, operation = 'PutMetricData'): Shot => ({
  path: `/service/GraniteServiceVersion20100801/operation/${operation}`,
  headers: { 'smithy-protocol': 'rpc-v2-cbor', 'content-type': 'application/cbor' },
  body,
})
const form = (body: string, headers: Readonly<Record<string, string>> = {}): Shot => ({ headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body })
const query = (rest: string): Shot => form(`Action=PutMetricData&Version=2010-08-01&Namespace=N&${rest}`)
const gzip = { 'content-encoding': 'gzip' }
const VALID = JSON.stringify({ Namespace: 'N', MetricData: [{ MetricName: 'm', Value: 1 }] })
const zipped = gzipSync(VALID)
const MB = 1024 * 1024

const BODIES: Readonly<Record<string, Shot>> = {
  'empty JSON body': putJson(''),
  'JSON that is no object': putJson('[]'),
  'JSON null': putJson('null'),
  'JSON cut off': putJson(VALID.slice(0, -3)),
  'JSON with something behind': putJson(`${VALID}x`),
  'JSON nested a thousand deep': putJson(`{"Namespace":"N","MetricData":${'['.repeat(1000)}${']'.repeat(1000)}}`),
  'JSON nested a hundred thousand deep': putJson(`{"Namespace":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`),
  'not UTF-8': putJson(Buffer.from(VALID.replace('"m"', '"\u00ff"'), 'latin1')),
  'a lone surrogate': putJson(String.raw`{"Namespace":"N","MetricData":[{"MetricName":"\ud800","Value":1}]}`),
  'a NUL in a name': put({ MetricName: 'a\u0000b', Value: 1 }),
  'a name that is a number': put({ MetricName: 7, Value: 1 }),
  'a value that is text': put({ MetricName: 'm', Value: 'one' }),
  'a value beyond 2^360': put({ MetricName: 'm', Value: 1e200 }),
  'a value beyond a double': putJson('{"Namespace":"N","MetricData":[{"MetricName":"m","Value":1e999}]}'),
  'a value that is NaN': putJson('{"Namespace":"N","MetricData":[{"MetricName":"m","Value":"NaN"}]}'),
  'no value at all': put({ MetricName: 'm' }),
  'no name': put({ Value: 1 }),
  'an empty name': put({ MetricName: '', Value: 1 }),
  'no namespace': putJson('{"MetricData":[{"MetricName":"m","Value":1}]}'),
  'a namespace that begins with a colon': put({ MetricName: 'm', Value: 1 }, ':N'),
  'a namespace too long': put({ MetricName: 'm', Value: 1 }, 'n'.repeat(256)),
  'value and values': put({ MetricName: 'm', Value: 1, Values: [1] }),
  'counts of another length': put({ MetricName: 'm', Values: [1, 2], Counts: [1] }),
  'counts without values': put({ MetricName: 'm', Counts: [1] }),
  'a unit nobody knows': put({ MetricName: 'm', Value: 1, Unit: 'Parsecs' }),
  'a resolution of 5': put({ MetricName: 'm', Value: 1, StorageResolution: 5 }),
  'a timestamp of last month': put({ MetricName: 'm', Value: 1, Timestamp: Date.now() / 1000 - 30 * 86400 }),
  'a timestamp of tomorrow': put({ MetricName: 'm', Value: 1, Timestamp: Date.now() / 1000 + 86400 }),
  'a timestamp that is text': put({ MetricName: 'm', Value: 1, Timestamp: 'yesterday' }),
  'a timestamp beyond all calendars': put({ MetricName: 'm', Value: 1, Timestamp: 1e300 }),
  '31 dimensions': put({ MetricName: 'm', Value: 1, Dimensions: Array.from({ length: 31 }, (_, index) => ({ Name: `d${index}`, Value: 'v' })) }),
  'a dimension twice': put({ MetricName: 'm', Value: 1, Dimensions: [{ Name: 'd', Value: '1' }, { Name: 'd', Value: '2' }] }),
  'a dimension without value': put({ MetricName: 'm', Value: 1, Dimensions: [{ Name: 'd' }] }),
  '1001 datums': putJson(JSON.stringify({ Namespace: 'N', MetricData: Array.from({ length: 1001 }, () => ({ MetricName: 'm', Value: 1 })) })),
  '151 values': put({ MetricName: 'm', Values: Array.from({ length: 151 }, (_, index) => index) }),
  'gzip that is none': putJson(VALID, gzip),
  'gzip cut off': putJson(zipped.subarray(0, zipped.length - 9), gzip),
  'gzip with a flipped bit': putJson(Buffer.from(zipped.map((byte, index) => (index === 20 ? byte ^ 0x10 : byte))), gzip),
  'a decompression bomb': putJson(gzipSync(Buffer.alloc(200 * MB, 0x20)), gzip),
  'a bomb in a form': form('', { ...gzip }),
  'deflate under the name of gzip': putJson(deflateSync(VALID), gzip),
  'a coding nobody knows': putJson(VALID, { 'content-encoding': 'zstd-9000' }),
  'a body of 10 MB': putJson(Buffer.alloc(10 * MB, 0x20)),
  'a valid body of 2 MB': putJson(`${VALID.slice(0, -1)},"Filler":"${'x'.repeat(2 * MB)}"}`),
  'empty CBOR': rpc(new Uint8Array()),
  'CBOR cut off': rpc(Uint8Array.of(0xa2, 0x69, 0x4e)),
  'CBOR that claims 2^40 elements': rpc(Uint8Array.of(0x9b, 0, 0, 1, 0, 0, 0, 0, 0)),
  'CBOR that claims a text of 2^62 bytes': rpc(Uint8Array.of(0xa1, 0x7b, 0x40, 0, 0, 0, 0, 0, 0, 0)),
  'CBOR nested ten thousand deep': rpc(Uint8Array.from({ length: 10_000 }, () => 0x81)),
  'CBOR of reserved bytes': rpc(Uint8Array.of(0x1c, 0x1d, 0x1e)),
  'CBOR of all ones': rpc(new Uint8Array(64).fill(0xff)),
  'JSON sent as CBOR': rpc(Buffer.from(VALID)),
  'a form without namespace': form('Action=PutMetricData&Version=2010-08-01'),
  'a form with a broken escape': query('MetricData.member.1.MetricName=%zz&MetricData.member.1.Value=1'),
  'a form with a list index of 10^9': query('MetricData.member.1000000000.MetricName=m'),
  'a form with index 0': query('MetricData.member.0.MetricName=m&MetricData.member.0.Value=1'),
  'a form a thousand levels deep': query(`${'MetricData.member.1.'.repeat(1000)}Value=1`),
  'a form with text for a number': query('MetricData.member.1.MetricName=m&MetricData.member.1.Value=lots'),
  'a form with NaN': query('MetricData.member.1.MetricName=m&MetricData.member.1.Value=NaN'),
  'a form for a prototype': query('__proto__.polluted=1&constructor.prototype.polluted=1'),
  'an action nobody knows': form('Action=LaunchRockets&Version=2010-08-01'),
  'an action of no service': form('Action=DescribeAlarms&Version=1999-01-01'),
  'a target nobody knows': { headers: target('LaunchRockets'), body: '{}' },
  'a service nobody knows': { headers: { 'x-amz-target': 'Nowhere_20990101.Do', 'content-type': JSON_1_0 }, body: '{}' },
  'an RPC path nobody knows': rpc(Uint8Array.of(0xa0), 'LaunchRockets'),
  'a percentile of 101': { headers: target('PutMetricAlarm'), body: JSON.stringify({ AlarmName: 'a', Namespace: 'N', MetricName: 'm', ExtendedStatistic: 'p101', Period: 60, EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }) },
  'an alarm over a year': { headers: target('PutMetricAlarm'), body: JSON.stringify({ AlarmName: 'a', Namespace: 'N', MetricName: 'm', Statistic: 'Sum', Period: 86400, EvaluationPeriods: 365, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' }) },
  'a page token made up': { headers: target('ListMetrics'), body: '{"NextToken":"AAAA"}' },
  'a query of 501 metrics': { headers: target('GetMetricData'), body: JSON.stringify({ StartTime: 0, EndTime: 1, MetricDataQueries: Array.from({ length: 501 }, (_, i) => ({ Id: `q${i}` })) }) },
}

describe('bodies that no client should send', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await RunningServer.start({ data: dataFolder(), args: ['--auth', 'off', '--host-metrics', 'off'] })
  })
  afterAll(() => server.kill())

  test.each(Object.entries(BODIES))('%s: a clear 4xx', async (_, { path = '/', method = 'POST', headers = {}, body }) => {
    const shot: RequestInit = { method, headers, body: body as string | Uint8Array<ArrayBuffer>, signal: AbortSignal.timeout(5_000) }
    const answer = await fetch(`${server.url}${path}`, shot)
    const text = Buffer.from(await answer.arrayBuffer()).toString('latin1')
    expect(`${answer.status} ${text}`).toMatch(/^4\d\d [\s\S]+/)
  })

  test('a known operation that is not built says so by name', async () => {
    const answer = await fetch(`${server.url}/`, { method: 'POST', headers: target('GetDataset'), body: '{}' })
    expect(answer.status).toBe(501)
    expect(await answer.text()).toContain('GetDataset')
  })

  test.each([
    ['garbage', 'hello\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}\r\n\r\n`],
    ['two lengths', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabc'],
    ['length and chunks', 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a chunk size of letters', 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n\r\n'],
  ])('HTTP that is none (%s): a 4xx and a closed connection', async (_, bytes) => {
    const { hostname, port } = new URL(server.url)
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(Number(port), hostname, () => socket.write(bytes))
      socket.on('data', chunk => (text += chunk.toString()))
      socket.once('close', () => resolve(text))
      socket.once('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
  })

  test('a page of another site is not let in while authentication is off', async () => {
    const shot = (origin: string) => fetch(`${server.url}/`, { method: 'POST', headers: { ...target('DescribeAlarms'), origin }, body: '{}' })
    expect((await shot('https://evil.example')).status).toBe(403)
    expect((await shot('http://localhost:3000')).status).toBe(200)
  })

  test('nor is a browser that a foreign name led here; an SDK may use any name', async () => {
    const { hostname, port } = new URL(server.url)
    const shot = (agent: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const headers = { host: 'tocsin.evil.example', 'user-agent': agent }
        request({ hostname, port, path: '/?Action=DescribeAlarms&Version=2010-08-01', headers }, ({ statusCode }) => resolve(statusCode!)).once('error', reject).end()
      })
    expect(await shot('Mozilla/5.0 (X11; Linux x86_64)')).toBe(403)
    expect(await shot('aws-sdk-js/3')).toBe(200)
  })

  test('after all this the server is well, and nothing of it was stored', async () => {
    expect((await fetch(`${server.url}/health`)).status).toBe(200)
    const answer = await fetch(`${server.url}/`, { method: 'POST', headers: target('ListMetrics'), body: '{}' })
    expect(await answer.json()).toMatchObject({ Metrics: [] })
  })
})

describe('callers who cannot prove who they are', () => {
  let server: RunningServer
  beforeAll(async () => {
    server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'] })
  })
  afterAll(() => server.kill())

  const authorization = (credential: string, rest = 'SignedHeaders=host;x-amz-date;x-amz-target, Signature=' + '0'.repeat(64)) => ({ authorization: `AWS4-HMAC-SHA256 Credential=${credential}, ${rest}` })
  const stamp = (shift = 0): string => new Date(Date.now() + shift).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')
  const scope = (): string => `${stamp().slice(0, 8)}/us-east-1/monitoring/aws4_request`

  test.each<[string, () => Readonly<Record<string, string>>, number, string]>([
    ['no signature', () => ({}), 403, 'MissingAuthenticationToken'],
    ['another scheme', () => ({ authorization: 'Basic dTpw' }), 400, 'IncompleteSignature'],
    ['an empty header', () => ({ authorization: 'AWS4-HMAC-SHA256' }), 400, 'IncompleteSignature'],
    ['no date', () => authorization(`AKIAX/${scope()}`), 400, 'IncompleteSignature'],
    ['an unknown key', () => ({ ...authorization(`AKIAX/${scope()}`), 'x-amz-date': stamp() }), 403, 'UnrecognizedClient'],
    ['a wrong signature', () => ({ ...authorization(`${server.credentials.accessKeyId}/${scope()}`), 'x-amz-date': stamp() }), 403, 'Signature'],
    ['a signature of an hour ago', () => ({ ...authorization(`${server.credentials.accessKeyId}/${scope()}`), 'x-amz-date': stamp(-3_600_000) }), 403, 'Signature'],
    ['a session nobody opened', () => ({ cookie: 'tocsin-session=abc' }), 403, 'MissingAuthenticationToken'],
  ])('%s', async (_, headers, status, code) => {
    const answer = await fetch(`${server.url}/`, { method: 'POST', headers: { ...target('DescribeAlarms'), ...headers() }, body: '{}' })
    const text = await answer.text()
    expect([answer.status, text.includes(code)], text).toEqual([status, true])
  })

  test('the console cannot be signed in to with a wrong key, by a form, or without JSON', async () => {
    const signIn = (body: string, type = 'application/json') => fetch(`${server.url}/api/session`, { method: 'POST', headers: { 'content-type': type }, body })
    expect((await signIn(JSON.stringify({ ...server.credentials, secretAccessKey: 'wrong' }))).status).toBe(403)
    expect((await signIn(JSON.stringify({ accessKeyId: 'AKIAUNKNOWN', secretAccessKey: '' }))).status).toBe(400)
    expect((await signIn('{', 'application/json')).status).toBe(400)
    expect((await signIn(JSON.stringify(server.credentials), 'text/plain')).status).toBe(415)
  })

  test('a session reads and writes only with its token, and ends when it is closed', async () => {
    const opened = await fetch(`${server.url}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(server.credentials) })
    const { csrfToken } = (await opened.json()) as { csrfToken: string }
    const cookie = opened.headers.get('set-cookie')!.split(';')[0]!
    expect(opened.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Strict/)
    const describe = (headers: Readonly<Record<string, string>>) => fetch(`${server.url}/`, { method: 'POST', headers: { ...target('DescribeAlarms'), ...headers }, body: '{}' })
    expect((await describe({ cookie })).status).toBe(403)
    expect((await describe({ cookie, 'x-tocsin-csrf': 'guess' })).status).toBe(403)
    expect((await describe({ cookie, 'x-tocsin-csrf': csrfToken })).status).toBe(200)
    expect((await fetch(`${server.url}/?Action=DescribeAlarms&Version=2010-08-01`, { headers: { cookie } })).status).toBe(403)
    expect((await fetch(`${server.url}/api/session`, { method: 'DELETE', headers: { cookie, 'x-tocsin-csrf': csrfToken } })).status).toBe(204)
    expect((await describe({ cookie, 'x-tocsin-csrf': csrfToken })).status).toBe(403)
  })
})
