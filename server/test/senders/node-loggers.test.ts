import { once } from 'node:events'
import { CloudWatchLogs, CloudWatchLogsClient, DescribeLogGroupsCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
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
