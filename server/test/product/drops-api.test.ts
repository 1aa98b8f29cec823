import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, FilterLogEventsCommand, PutMetricFilterCommand, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'

let server: RunningServer
const drops = dataFolder()
beforeAll(async () => {
  mkdirSync(join(drops, 'web'))
  server = await RunningServer.start({ data: dataFolder(), args: ['--drops', `${join(drops, 'web')}=/web`, '--auth', 'off'] })
  await s3().send(new CreateBucketCommand({ Bucket: 'logs' }))
}, 90_000)
afterAll(() => server.stop())

const s3 = (): S3Client => new S3Client({ ...server.clientConfig(), forcePathStyle: true })
const logs = (): CloudWatchLogsClient => new CloudWatchLogsClient(server.clientConfig())
const put = (Key: string, Body: string) => s3().send(new PutObjectCommand({ Bucket: 'logs', Key, Body }))

const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const text = await answer.text()
  return { status: answer.status, body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) }
}

const messages = async (logGroupName: string): Promise<readonly string[] | undefined> => {
  try {
    const { events = [] } = await logs().send(new FilterLogEventsCommand({ logGroupName }))
    return events.length === 0 ? undefined : events.map(({ message }) => message!)
  } catch {
    return undefined
  }
}

test('a rule sends objects to a group, whose metric filter makes a metric of them', async () => {
  expect(await call('PUT', '/api/drops/rules', { bucket: 'logs', prefix: 'api/', logGroup: '/api' })).toEqual({ status: 200, body: { bucket: 'logs', prefix: 'api/', logGroup: '/api' } })
  await logs().send(new CreateLogGroupCommand({ logGroupName: '/api' }))
  const metricTransformations = [{ metricNamespace: 'Api', metricName: 'Errors', metricValue: '1' }]
  await logs().send(new PutMetricFilterCommand({ logGroupName: '/api', filterName: 'f', filterPattern: '{ $.level = "ERROR" }', metricTransformations }))
  const time = new Date().toISOString()
  await put('api/a', ['ERROR', 'INFO', 'ERROR'].map(level => JSON.stringify({ time, level })).join('\n'))
  expect(await eventually(() => messages('/api'), 'the events are there')).toHaveLength(3)
  const read = async (): Promise<number | undefined> => {
    const [now, Namespace, MetricName] = [Date.now(), 'Api', 'Errors']
    const { Datapoints } = await new CloudWatchClient(server.clientConfig()).send(
      new GetMetricStatisticsCommand({ Namespace, MetricName, Period: 3600, Statistics: ['Sum'], StartTime: new Date(now - 3_600_000), EndTime: new Date(now + 3_600_000) }),
    )
    return Datapoints?.[0]?.Sum
  }
  expect(await eventually(read, 'the metric is there')).toBe(2)
})

test('rules are listed, changed and deleted', async () => {
  await call('PUT', '/api/drops/rules', { bucket: 'pictures', logGroup: '/a' })
  await call('PUT', '/api/drops/rules', { bucket: 'pictures', logGroup: null })
  expect((await call('GET', '/api/drops/rules')).body).toEqual({ rules: [{ bucket: 'logs', prefix: 'api/', logGroup: '/api' }, { bucket: 'pictures', prefix: '', logGroup: null }] })
  expect((await call('GET', '/api/drops/rules', undefined, { 'x-tocsin-region': 'eu-west-1' })).body).toEqual({ rules: [] })
  expect((await call('DELETE', '/api/drops/rules?bucket=pictures')).status).toBe(204)
  expect((await call('DELETE', '/api/drops/rules?bucket=pictures')).status).toBe(404)
})

test.each([
  ['PUT', '/api/drops/rules', undefined, 400],
  ['PUT', '/api/drops/rules', { bucket: 'b2b', logGroup: 'with blanks' }, 400],
  ['PUT', '/api/drops/rules', { bucket: 'b2b' }, 400],
  ['PUT', '/api/drops/rules', { bucket: 'b2b', logGroup: 'g', more: 1 }, 400],
  ['DELETE', '/api/drops/rules', undefined, 400],
  ['GET', '/api/drops/quarantine?limit=0', undefined, 400],
  ['DELETE', '/api/drops/quarantine?id=x', undefined, 400],
  ['POST', '/api/drops/quarantine?id=99', undefined, 404],
  ['POST', '/api/drops/rules', undefined, 405],
] as const)('%s %s %j is refused', async (method, path, body, status) => {
  expect(await call(method, path, body)).toEqual({ status, body: { message: expect.any(String) } })
})

test('what cannot be read is listed with its reason, counted in health, and taken off the list', async () => {
  await put('broken/a.json', '[{"n":1},{"n":')
  const listed = await eventually(async () => {
    const { body } = await call('GET', '/api/drops/quarantine')
    return (body!['objects'] as readonly Record<string, unknown>[])[0]
  }, 'the object is put aside')
  expect(listed).toMatchObject({ source: 's3://logs', key: 'broken/a.json', reason: 'truncated', events: 1, logGroup: '/s3/logs/broken', stream: 'broken/a.json' })
  const health = async () => ((await call('GET', '/health')).body as { parts: { logDrops: Record<string, unknown> } }).parts.logDrops
  expect(await health()).toMatchObject({ working: true, quarantined: 1 })
  // It breaks again where it did, and what was read is not read again.
  expect(await call('POST', `/api/drops/quarantine?id=${listed['id'] as number}`)).toEqual({ status: 202, body: { id: listed['id'] } })
  await eventually(async () => (((await call('GET', '/api/drops/quarantine')).body!['objects'] as readonly unknown[]).length === 1 ? true : undefined), 'it is put aside again')
  expect(await messages('/s3/logs/broken')).toEqual(['{"n":1}'])
  expect((await call('DELETE', `/api/drops/quarantine?id=${listed['id'] as number}`)).status).toBe(204)
  expect((await call('GET', '/api/drops/quarantine')).body).toEqual({ objects: [] })
  expect(await health()).toMatchObject({ quarantined: 0 })
})

test('files of watched folders are taken', async () => {
  writeFileSync(join(drops, 'web/access.log'), 'GET /\n')
  expect(await eventually(() => messages('/web'), 'the file is taken')).toEqual(['GET /'])
})
