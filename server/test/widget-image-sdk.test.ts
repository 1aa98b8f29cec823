import { CloudWatchClient, GetMetricWidgetImageCommand } from '@aws-sdk/client-cloudwatch'
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '../src/base/clock.ts'
import { pictureDrawer } from '../src/server/pictures/picture-drawer.ts'
import { pixelsOf } from '../src/server/pictures/pixels.test-support.ts'
import { PngRenderer } from '../src/server/pictures/png-renderer.ts'
import { InMemoryCloudWatch } from '../src/services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../src/services/cloudwatch/service.ts'
import { served } from './served-services.ts'

const renderer = new PngRenderer(systemClock)
afterAll(() => renderer.stop())

const endpoint = (): Promise<string> => {
  const memory = new InMemoryCloudWatch()
  for (let minute = 1; minute < 120; minute++) memory.metrics.add('Cpu', minute * 60, 40 + (minute % 20))
  return served([cloudWatch({ ...memory.ports, pictures: pictureDrawer(renderer) })], () => memory.call())
}

const WIDGET = JSON.stringify({
  metrics: [['App', 'Cpu', { color: '#00ff00' }], [{ expression: 'm1 * 2', color: '#0000ff' }]],
  period: 60, width: 500, height: 250, theme: 'dark', title: 'CPU',
}).replace('"color":"#00ff00"', '"id":"m1","color":"#00ff00"')

test.each([
  ['AWS JSON 1.0', AwsJson1_0Protocol],
  ['query', AwsQueryProtocol],
  ['RPC v2 CBOR', AwsSmithyRpcV2CborProtocol],
] as const)('GetMetricWidgetImage by %s', async (_name, protocol) => {
  const client = new CloudWatchClient({
    endpoint: await endpoint(), region: 'eu-west-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, maxAttempts: 1, protocol,
  })
  const { MetricWidgetImage } = await client.send(new GetMetricWidgetImageCommand({ MetricWidget: WIDGET }))
  const pixels = pixelsOf(MetricWidgetImage!)
  expect(pixels).toMatchObject({ width: 500, height: 250 })
  const colors = pixels.colors(0, 0, 500, 250)
  for (const color of ['#161d26', '#00ff00', '#0000ff']) expect(colors).toContain(color)
  client.destroy()
})

test('plain HTTP callers get the PNG as it is', async () => {
  const form = new URLSearchParams({ Action: 'GetMetricWidgetImage', Version: '2010-08-01', MetricWidget: WIDGET, OutputFormat: 'image/png' })
  const reply = await fetch(await endpoint(), { method: 'POST', body: form })
  expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png'])
  expect(pixelsOf(await reply.bytes())).toMatchObject({ width: 500, height: 250 })
})
