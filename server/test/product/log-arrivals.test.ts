import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand, PutMetricFilterCommand, PutSubscriptionFilterCommand,
  StartLiveTailCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { afterAll, expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'

/** What becomes of log events on arrival, over all layers, with the SDK's own client. */
const data = dataFolder()
const args = ['--host-metrics', 'off', '--egress-allow', '127.0.0.1']
let server = await RunningServer.start({ data, args })
let client = new CloudWatchLogsClient({ ...server.clientConfig(), disableHostPrefix: true })
afterAll(() => server.stop())

const ARN = 'arn:aws:logs:us-east-1:000000000000:log-group:'
const stream = { logStreamName: 's' }

const group = async (logGroupName: string): Promise<void> => {
  await client.send(new CreateLogGroupCommand({ logGroupName }))
  await client.send(new CreateLogStreamCommand({ logGroupName, ...stream }))
}

const say = (logGroupName: string, ...messages: readonly string[]): Promise<unknown> =>
  client.send(new PutLogEventsCommand({ logGroupName, ...stream, logEvents: messages.map(message => ({ timestamp: Date.now(), message })) }))

const sum = async (Namespace: string, MetricName: string): Promise<number | undefined> => {
  const now = Date.now()
  const { MetricDataResults } = await server.cloudWatch().send(new GetMetricDataCommand({
    StartTime: new Date(now - 600_000),
    EndTime: new Date(now + 60_000),
    MetricDataQueries: [{ Id: 'm', MetricStat: { Metric: { Namespace, MetricName }, Stat: 'Sum', Period: 60 } }],
  }))
  return MetricDataResults?.[0]?.Values?.reduce((total, value) => total + value, 0)
}

test('what was acknowledged has had its consequences when the server is killed at once', async () => {
  await group('/kill')
  await client.send(new PutMetricFilterCommand({
    logGroupName: '/kill', filterName: 'errors', filterPattern: 'ERROR', metricTransformations: [{ metricName: 'Errors', metricNamespace: 'App', metricValue: '1' }],
  }))
  await client.send(new PutSubscriptionFilterCommand({ logGroupName: '/kill', filterName: 'all', filterPattern: 'ERROR', destinationArn: 'http://127.0.0.1:1/never' }))
  const emf = JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics: [{ Namespace: 'App', Dimensions: [[]], Metrics: [{ Name: 'Embedded' }] }] }, Embedded: 7 })
  await say('/kill', 'ERROR one', 'fine', 'ERROR two', emf)
  await server.kill()
  server = await RunningServer.start({ data, args })
  client = new CloudWatchLogsClient({ ...server.clientConfig(), disableHostPrefix: true })
  expect(await sum('App', 'Errors')).toBe(2)
  expect(await sum('App', 'Embedded')).toBe(7)
  // The filters are there after the start, too.
  await say('/kill', 'ERROR three')
  expect(await sum('App', 'Errors')).toBe(3)
})

test('a live tail is read by the SDK while events come, and ends when its reader goes', async () => {
  await group('/tail')
  const watching = new CloudWatchLogsClient({ ...server.clientConfig(), disableHostPrefix: true })
  const { responseStream } = await watching.send(new StartLiveTailCommand({ logGroupIdentifiers: [`${ARN}/tail`], logEventFilterPattern: 'ERROR' }))
  const seen: string[] = []
  for await (const event of responseStream!) {
    if (event.sessionStart !== undefined) {
      expect(event.sessionStart).toMatchObject({ logGroupIdentifiers: [`${ARN}/tail`], logEventFilterPattern: 'ERROR', sessionId: expect.any(String) as unknown })
      await say('/tail', 'ERROR one', 'fine', 'ERROR two')
    }
    expect(event.sessionUpdate?.sessionMetadata?.sampled ?? false).toBe(false)
    for (const { message, logStreamName, logGroupIdentifier, timestamp, ingestionTime } of event.sessionUpdate?.sessionResults ?? []) {
      expect([logStreamName, logGroupIdentifier, typeof timestamp, typeof ingestionTime]).toEqual(['s', `${ARN}/tail`, 'number', 'number'])
      seen.push(message!)
    }
    if (seen.length === 2) break
  }
  expect(seen).toEqual(['ERROR one', 'ERROR two'])

  const start = () => watching.send(new StartLiveTailCommand({ logGroupIdentifiers: [`${ARN}/tail`] }))
  for (let n = 1; n < 15; n++) await start()
  await expect(start()).rejects.toMatchObject({ name: 'LimitExceededException' })
  // As AWS's own examples end it.
  watching.destroy()
  await eventually(async () => {
    try {
      return await client.send(new StartLiveTailCommand({ logGroupIdentifiers: [`${ARN}/tail`] }))
    } catch (error) {
      if ((error as Error).name === 'LimitExceededException') return undefined
      throw error
    }
  }, 'sessions of readers that have gone end')
})

test.each<[string, object, string]>([
  ['a name', { logGroupIdentifiers: ['/tail'] }, 'InvalidParameterException'],
  ['a group that is not there', { logGroupIdentifiers: [`${ARN}/none`] }, 'ResourceNotFoundException'],
  ['streams of two groups', { logGroupIdentifiers: [`${ARN}/tail`, `${ARN}/kill`], logStreamNames: ['s'] }, 'InvalidParameterException'],
  ['names and prefixes', { logGroupIdentifiers: [`${ARN}/tail`], logStreamNames: ['s'], logStreamNamePrefixes: ['s'] }, 'InvalidParameterException'],
  ['no pattern', { logGroupIdentifiers: [`${ARN}/tail`], logEventFilterPattern: '{ $.' }, 'InvalidParameterException'],
  ['eleven groups', { logGroupIdentifiers: Array.from({ length: 11 }, () => `${ARN}/tail`) }, 'InvalidParameterException'],
])('a live tail of %s is refused', async (_what, input, name) => {
  await expect(client.send(new StartLiveTailCommand(input as never))).rejects.toMatchObject({ name })
})
