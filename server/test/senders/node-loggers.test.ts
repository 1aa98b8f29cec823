import { once } from 'node:events'
import { CloudWatchLogs, CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { OTLPLogExporter as JsonExporter } from '@opentelemetry/exporter-logs-otlp-http'
import { OTLPLogExporter as ProtobufExporter } from '@opentelemetry/exporter-logs-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchLogRecordProcessor, LoggerProvider } from '@opentelemetry/sdk-logs'
import pinoTransport from '@serdnam/pino-cloudwatch-transport'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import winston from 'winston'
import WinstonCloudWatch from 'winston-cloudwatch'
import { dataFolder, RunningServer } from '../product/running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder() })
}, 90_000)
afterAll(() => server.stop())

const events = async (logGroupName: string) => {
  const { events: found = [] } = await new CloudWatchLogsClient(server.clientConfig()).send(new FilterLogEventsCommand({ logGroupName }))
  return found.map(({ logStreamName, message }) => [logStreamName, message] as const)
}

test('winston-cloudwatch makes its group and stream, and goes on with the tokens that it is given', async () => {
  const transport = new WinstonCloudWatch({
    logGroupName: 'winston',
    logStreamName: 'app',
    retentionInDays: 7,
    jsonMessage: true,
    uploadRate: 60_000,
    cloudWatchLogs: new CloudWatchLogs(server.clientConfig()),
  })
  const logger = winston.createLogger({ transports: [transport] })
  const flushed = (): Promise<void> => new Promise((resolve, reject) => transport.kthxbye(error => (error === undefined || error === null ? resolve() : reject(error))))
  // A batch each: the library now and then sends lines of one millisecond in another order than they were written in.
  logger.info('first', { requestId: 'r-1' })
  await flushed()
  logger.error('second')
  await flushed()
  logger.warn('third')
  await flushed()
  expect((await events('winston')).map(([stream, message]) => [stream, JSON.parse(message!)])).toEqual([
    ['app', { level: 'info', message: 'first', requestId: 'r-1' }],
    ['app', { level: 'error', message: 'second' }],
    ['app', { level: 'warn', message: 'third' }],
  ])
  const { logGroups } = await new CloudWatchLogsClient(server.clientConfig()).send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'winston' }))
  expect(logGroups?.[0]?.retentionInDays).toBe(7)
}, 30_000)

test('pino by its CloudWatch transport', async () => {
  const { accessKeyId, secretAccessKey } = server.credentials
  vi.stubEnv('AWS_ENDPOINT_URL', server.url)
  const stream = await pinoTransport({ logGroupName: 'pino', logStreamName: 'app', awsRegion: 'us-east-1', awsAccessKeyId: accessKeyId, awsSecretAccessKey: secretAccessKey })
  vi.unstubAllEnvs()
  const logger = pino({ base: null }, stream as unknown as pino.DestinationStream)
  logger.info({ requestId: 'r-1' }, 'first')
  logger.error('second')
  const closed = once(stream, 'close')
  stream.end()
  await closed
  const found = await events('pino')
  expect(found.map(([name, message]) => [name, JSON.parse(message!)])).toEqual([
    ['app', { level: 30, time: expect.any(Number), requestId: 'r-1', msg: 'first' }],
    ['app', { level: 50, time: expect.any(Number), msg: 'second' }],
  ])
}, 30_000)

test.each([
  ['JSON', JsonExporter],
  ['protobuf', ProtobufExporter],
])('OpenTelemetry by its exporter of %s, gzipped; what is too old is left out', async (form, Exporter) => {
  const { accessKeyId, secretAccessKey } = server.credentials
  const headers = { authorization: `Basic ${Buffer.from(`${accessKeyId}:${secretAccessKey}`).toString('base64')}` }
  // Its enumeration is in a package that only the exporters need.
  const exporter = new Exporter({ url: `${server.url}/v1/logs`, headers, compression: 'gzip' as never })
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({ 'service.name': `otel-${form}`, 'service.instance.id': 'i-1' }),
    processors: [new BatchLogRecordProcessor({ exporter })],
  })
  const logger = provider.getLogger('shop', '1.2')
  logger.emit({ severityNumber: 17, severityText: 'ERROR', body: 'no stock', eventName: 'shop.failed', attributes: { id: 7, ratio: NaN, tags: ['a', 1], raw: new Uint8Array([1, 255]), of: { order: true } } })
  logger.emit({ body: { order: { lines: [1, 'two', null] } } })
  logger.emit({ body: 'old', timestamp: new Date(Date.now() - 20 * 86_400_000) })
  await provider.shutdown()
  const found = await events(`/otlp/otel-${form}`)
  expect(found.map(([stream, message]) => [stream, JSON.parse(message!)])).toEqual([
    ['i-1', expect.objectContaining({
      resource: { attributes: { 'service.name': `otel-${form}`, 'service.instance.id': 'i-1' } },
      scope: { name: 'shop', version: '1.2' },
      severityNumber: 17,
      severityText: 'ERROR',
      body: 'no stock',
      // JSON has no such number, and this exporter says nothing in its place.
      attributes: { id: 7, ratio: form === 'JSON' ? null : 'NaN', tags: ['a', 1], raw: 'Af8=', of: { order: true } },
      eventName: 'shop.failed',
    })],
    ['i-1', expect.objectContaining({ body: { order: { lines: [1, 'two', null] } }, traceId: '' })],
  ])
})
