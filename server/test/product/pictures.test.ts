import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CloudWatchClient, GetMetricWidgetImageCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { pixelsOf } from '../../src/server/pictures/pixels.test-support.ts'
import { RunningServer, dataFolder, eventually } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({
    data: dataFolder(),
    args: ['--host-metrics', 'off', '--auth', 'off'],
    environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1', TOCSIN_PUBLIC_URL: 'http://tocsin.example.org' },
  })
}, 60_000)
afterAll(() => server.kill())

const publish = (name: string, value: number) =>
  server.cloudWatch().send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [{ MetricName: name, Value: value, StorageResolution: 1 }] }))

const WIDGET = JSON.stringify({ metrics: [['Shop', 'Orders', { color: '#00ff00' }]], stat: 'Maximum', period: 1, liveData: true, start: '-PT5M', width: 500, height: 250 })

test.each([
  ['AWS JSON 1.0', AwsJson1_0Protocol],
  ['query', AwsQueryProtocol],
  ['RPC v2 CBOR', AwsSmithyRpcV2CborProtocol],
] as const)('a widget through the door by %s', async (_name, protocol) => {
  await publish('Orders', 5)
  const client = new CloudWatchClient({ ...server.clientConfig(), protocol })
  onTestFinished(() => client.destroy())
  const { MetricWidgetImage } = await client.send(new GetMetricWidgetImageCommand({ MetricWidget: WIDGET }))
  const pixels = pixelsOf(MetricWidgetImage!)
  expect(pixels).toMatchObject({ width: 500, height: 250 })
  expect([...pixels.colors(0, 0, 500, 250)]).toContain('#00ff00')
})

test('a widget as bare bytes, one value over a range among them', async () => {
  const ask = async (widget: string) => {
    const form = new URLSearchParams({ Action: 'GetMetricWidgetImage', Version: '2010-08-01', MetricWidget: widget, OutputFormat: 'image/png' })
    const authorization = 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0'
    return fetch(server.url, { method: 'POST', body: form, headers: { authorization } })
  }
  const reply = await ask(WIDGET)
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(pixelsOf(await reply.bytes())).toMatchObject({ width: 500, height: 250 })
  const number = await ask(JSON.stringify({ ...(JSON.parse(WIDGET) as object), view: 'singleValue', setPeriodToTimeRange: true }))
  expect(number.status).toBe(200)
  expect((await number.bytes()).length).toBeGreaterThan(1000)
})

test('a computed alarm comes to Slack with its picture, which the server hands out to whoever knows its name', async () => {
  const received: { attachments?: { blocks: { type: string; image_url?: string; alt_text?: string }[] }[] }[] = []
  const slack = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push(JSON.parse(Buffer.concat(chunks).toString()) as (typeof received)[number])
      response.end('ok')
    })
  })
  slack.listen(0, '127.0.0.1')
  await once(slack, 'listening')
  onTestFinished(() => void slack.close())

  const { TopicArn } = await server.sns().send(new CreateTopicCommand({ Name: 'on-call' }))
  const Endpoint = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/T/B/secret`
  await server.sns().send(new SubscribeCommand({ TopicArn, Protocol: 'slack', Endpoint }))
  const metric = { Metric: { Namespace: 'Shop', MetricName: 'Queue' }, Stat: 'Maximum', Period: 10 }
  await server.cloudWatch().send(
    new PutMetricAlarmCommand({
      AlarmName: 'twice', EvaluationPeriods: 1, Threshold: 100, ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn!], TreatMissingData: 'ignore',
      Metrics: [{ Id: 'm1', MetricStat: metric, ReturnData: false }, { Id: 'e1', Expression: 'm1 * 2', Label: 'Doubled' }],
    }),
  )
  await publish('Queue', 250)
  const image = await eventually(() => received.flatMap(({ attachments = [] }) => attachments.flatMap(({ blocks }) => blocks)).find(({ type }) => type === 'image'), 'a picture arrives', 20_000)
  expect(image.alt_text).toContain('Doubled')
  const address = new URL(image.image_url!)
  expect([address.origin, address.pathname]).toEqual(['http://tocsin.example.org', expect.stringMatching(/^\/pictures\/[0-9a-f]{48}\.png$/)])

  const picture = await fetch(new URL(address.pathname, server.url))
  expect([picture.status, picture.headers.get('content-type'), picture.headers.get('cache-control')]).toEqual([200, 'image/png', 'public, max-age=86400, immutable'])
  const pixels = pixelsOf(await picture.bytes())
  expect(pixels).toMatchObject({ width: 1200, height: 520 })
  expect([...pixels.colors(0, 0, 1200, 520)]).toContain('#d13212')
  const guessed = await fetch(new URL(address.pathname.replace(/.\.png/, letter => (letter.startsWith('0') ? '1.png' : '0.png')), server.url))
  expect(guessed.status).toBe(404)
}, 60_000)
