import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DescribeLogGroupsCommand, DescribeLogStreamsCommand, GetLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, expect, test } from 'vitest'
import { dataFolder, RunningServer } from './product/running-server.ts'

/** CloudWatch Logs over all layers, driven by the SDK's own client: journal, engine and definitions are the real ones. */
const data = dataFolder()
let server = await RunningServer.start({ data })
let client = new CloudWatchLogsClient(server.clientConfig())
afterAll(() => server.stop())

const restart = async (): Promise<void> => {
  await server.kill()
  server = await RunningServer.start({ data })
  client = new CloudWatchLogsClient(server.clientConfig())
}

const events = async (logGroupName: string, logStreamName: string, more: object = {}) =>
  client.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: true, ...more }))

test('events go in, come out, and are there once after the server was killed', async () => {
  const now = Date.now()
  await client.send(new CreateLogGroupCommand({ logGroupName: '/app/web', tags: { team: 'a' } }))
  await client.send(new CreateLogStreamCommand({ logGroupName: '/app/web', logStreamName: 'one' }))
  const logEvents = [{ timestamp: now - 2, message: 'first' }, { timestamp: now - 1, message: '{"level":"ERROR"}' }, { timestamp: now - 1, message: 'drei ☃\n\u0000' }]
  const put = await client.send(new PutLogEventsCommand({ logGroupName: '/app/web', logStreamName: 'one', logEvents }))
  expect(put.nextSequenceToken).toMatch(/^\d{56}$/)
  expect(put.rejectedLogEventsInfo).toBeUndefined()
  const read = await events('/app/web', 'one')
  expect(read.events?.map(({ timestamp, message }) => ({ timestamp, message }))).toEqual(logEvents)
  expect(read.events![0]!.ingestionTime).toBeGreaterThanOrEqual(now)

  const { logGroups } = await client.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/app' }))
  const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/app/web'
  const figures = { metricFilterCount: 0, storedBytes: 5 + 17 + 10 + 3 * 26 }
  const state = { logGroupClass: 'STANDARD', creationTime: expect.any(Number) as unknown, deletionProtectionEnabled: false }
  expect(logGroups).toEqual([{ logGroupName: '/app/web', arn: `${arn}:*`, logGroupArn: arn, ...figures, ...state }])
  const { logStreams } = await client.send(new DescribeLogStreamsCommand({ logGroupIdentifier: arn }))
  expect(logStreams).toMatchObject([{ logStreamName: 'one', firstEventTimestamp: now - 2, lastEventTimestamp: now - 1, storedBytes: 0, arn: `${arn}:log-stream:one` }])

  await client.send(new PutLogEventsCommand({ logGroupName: '/app/web', logStreamName: 'one', logEvents: [{ timestamp: now, message: 'last' }] }))
  await restart()
  expect((await events('/app/web', 'one')).events?.map(({ message }) => message)).toEqual(['first', '{"level":"ERROR"}', 'drei ☃\n\u0000', 'last'])
  await restart()
  expect((await events('/app/web', 'one')).events).toHaveLength(4)
}, 60_000)
