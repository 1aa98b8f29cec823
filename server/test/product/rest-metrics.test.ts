import { ListMetricsCommand } from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'] })
}, 60_000)
afterAll(() => server.stop())

const authorization = () => `Basic ${Buffer.from(`${server.credentials.accessKeyId}:${server.credentials.secretAccessKey}`).toString('base64')}`

const call = async (method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const init = { method, headers: { authorization: authorization(), accept: 'application/json', ...headers } }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await fetch(`${server.url}${path}`, body === undefined ? init : { ...init, body: text })
  return { status: answer.status, headers: answer.headers, ...(await answer.json() as Record<string, unknown>) } as Record<string, unknown> & { status: number; headers: Headers }
}

const minute = Math.floor((Date.now() - 600_000) / 60_000) * 60_000
const at = (seconds: number): string => new Date(minute + seconds * 1000).toISOString()

test('datapoints are posted, listed with their metadata, and aggregated; CloudWatch sees them', async () => {
  const posted = await call('POST', '/metrics', {
    metrics: [
      { serviceName: 'checkout', metricName: 'latency', value: 120, timestamp: at(1), unit: 'Milliseconds', metadata: { requestId: 'r-1', route: '/pay' } },
      { serviceName: 'checkout', metricName: 'latency', value: 80, timestamp: minute / 1000 + 2, unit: 'Milliseconds' },
      { serviceName: 'search', metricName: 'latency', value: 10, timestamp: minute + 3000 },
    ],
  })
  expect(posted).toMatchObject({ status: 201, accepted: 3 })
  expect(await call('POST', '/metrics', { serviceName: 'search', metricName: 'hits', value: 3, timestamp: at(4) })).toMatchObject({ status: 201, accepted: 1 })

  const range = `startTime=${minute / 1000}&endTime=${at(60)}`
  expect(await call('GET', `/metrics?serviceName=checkout&${range}`)).toMatchObject({
    metrics: [
      { serviceName: 'checkout', metricName: 'latency', value: 80, timestamp: at(2), unit: 'Milliseconds', metadata: {} },
      { serviceName: 'checkout', metricName: 'latency', value: 120, timestamp: at(1), unit: 'Milliseconds', metadata: { requestId: 'r-1', route: '/pay' } },
    ],
  })
  const first = await call('GET', `/metrics?metricName=latency&limit=2&${range}`)
  expect(first['metrics']).toHaveLength(2)
  const second = await call('GET', `/metrics?metricName=latency&limit=2&${range}&nextToken=${encodeURIComponent(String(first['nextToken']))}`)
  expect(second).toMatchObject({ metrics: [{ serviceName: 'checkout', value: 120 }] })
  expect(second['nextToken']).toBeUndefined()

  const series = await eventually(async () => {
    const found = await call('GET', `/metrics?metricName=latency&statistic=Average&period=60&${range}`)
    return (found['series'] as unknown[]).length === 2 ? found : undefined
  }, 'the metrics are there')
  expect(series).toMatchObject({
    statistic: 'Average',
    period: 60,
    series: expect.arrayContaining([
      { serviceName: 'checkout', metricName: 'latency', datapoints: [{ timestamp: at(0), value: 100 }] },
      { serviceName: 'search', metricName: 'latency', datapoints: [{ timestamp: at(0), value: 10 }] },
    ]) as unknown,
  })
  const { Metrics = [] } = await server.cloudWatch().send(new ListMetricsCommand({ Namespace: 'Services' }))
  expect(Metrics).toHaveLength(3)
})

test('GET /metrics without anything is for Prometheus', async () => {
  const answer = await fetch(`${server.url}/metrics`)
  expect(answer.headers.get('content-type')).toContain('text/plain')
})

test('a page of another origin may call it, and reads what there is in OpenAPI', async () => {
  const asked = await fetch(`${server.url}/metrics`, { method: 'OPTIONS', headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' } })
  expect(asked.headers.get('access-control-allow-origin')).toBe('https://shop.example')
  const document = await call('GET', '/openapi.json')
  expect(Object.keys(document['paths'] as object)).toEqual(['/metrics', '/health'])
})

test.each<[string, unknown, string]>([
  ['no JSON', '{"serviceName":', 'body'],
  ['not UTF-8 text', '"\u0000', 'body'],
  ['no name', { serviceName: 'x', value: 1 }, 'body.metricName'],
  ['a text as value', { serviceName: 'x', metricName: 'm', value: '1' }, 'body.value'],
  ['a value beyond all bounds', { serviceName: 'x', metricName: 'm', value: 1e300 }, 'body.value'],
  ['a reserved name', { serviceName: 'x', metricName: '_aws', value: 1 }, 'body.metricName'],
  ['a name that no stream can have', { serviceName: 'a:b', metricName: 'm', value: 1 }, 'body.serviceName'],
  ['a time of long ago', { serviceName: 'x', metricName: 'm', value: 1, timestamp: '2020-01-01T00:00:00Z' }, 'body.timestamp'],
  ['an unknown unit', { serviceName: 'x', metricName: 'm', value: 1, unit: 'Furlongs' }, 'body.unit'],
  ['an unknown member', { serviceName: 'x', metricName: 'm', value: 1, colour: 'red' }, 'body'],
  ['too many', Array.from({ length: 1001 }, () => ({ serviceName: 'x', metricName: 'm', value: 1 })), 'body'],
  ['none', [], 'body'],
  ['one wrong among many', [{ serviceName: 'x', metricName: 'm', value: 1 }, { serviceName: 'x', metricName: 'm' }], 'metrics[1].value'],
])('%s is refused, and says where', async (_name, body, place) => {
  const answer = await call('POST', '/metrics', body)
  expect(answer.status).toBe(400)
  expect(answer['problems']).toMatchObject([{ at: place }])
})

test.each([
  'statistic=Average&period=7x', 'statistic=Average&period=0x3C', 'statistic=Average&period=7', 'statistic=Nonsense', 'serviceName=', 'serviceName=a&serviceName=b',
  'startTime=Nov%2022%202026', 'startTime=yesterday', 'period=60', 'limit=0', 'colour=red', 'nextToken=xyz', 'startTime=2026-01-02T00:00:00Z&endTime=2026-01-01T00:00:00Z',
])(
  'GET /metrics?%s is refused', async query => {
    expect(await call('GET', `/metrics?${query}`)).toMatchObject({ status: 400, message: expect.any(String) as unknown })
  },
)

test.each(['2026-01-02', '2026-01-02T03:04:05', '2026-01-02T03:04:05+01:00', '1767225600', '1767225600000'])('startTime=%s is a time', async text => {
  expect(await call('GET', `/metrics?startTime=${encodeURIComponent(text)}`)).toMatchObject({ status: 200 })
})

test.each<[string, string, number, string | null]>([
  ['PUT', '/metrics', 405, 'GET, HEAD, POST'], ['DELETE', '/metrics', 405, 'GET, HEAD, POST'], ['POST', '/openapi.json', 405, 'GET, HEAD'], ['HEAD', '/openapi.json', 200, null],
  ['HEAD', '/metrics?limit=1', 200, null],
])('%s %s is answered with %i', async (method, path, status, allow) => {
  const answer = await fetch(`${server.url}${path}`, { method, headers: { authorization: authorization(), accept: 'application/json' } })
  expect([answer.status, answer.headers.get('allow'), answer.headers.get('content-type')]).toEqual([status, allow, 'application/json'])
})

test('who is not known gets nothing', async () => {
  expect(await call('GET', '/metrics?limit=1', undefined, { authorization: 'Basic eDp5' })).toMatchObject({ status: 401 })
  expect((await fetch(`${server.url}/metrics`, { method: 'POST', body: '{}' })).status).toBe(403)
})
