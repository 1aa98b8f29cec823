import { GetInsightRuleReportCommand, GetMetricDataCommand, PutInsightRuleCommand } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, RunningServer } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'] })
}, 60_000)
afterAll(() => server.stop())

const HOUR = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 3_600_000

test('rules tell who contributed most, of what was written a moment ago', async () => {
  const logs = new CloudWatchLogsClient(server.clientConfig())
  const write = async (logGroupName: string, messages: readonly object[]): Promise<void> => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }))
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'main' }))
    const logEvents = messages.map((message, i) => ({ timestamp: HOUR + i * 30_000, message: JSON.stringify(message) }))
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'main', logEvents }))
  }
  await write('/api/orders', [{ ip: 'a', bytes: 10, method: 'PUT' }, { ip: 'b', bytes: 5, method: 'PUT' }, { ip: 'a', bytes: 2, method: 'PUT' }, { ip: 'a', bytes: 900, method: 'GET' }])
  await write('/api/baskets', [{ ip: 'b', bytes: 30, method: 'PUT' }])
  await write('/web', [{ ip: 'c', bytes: 1000, method: 'PUT' }])
  const client = server.cloudWatch()
  await client.send(new PutInsightRuleCommand({
    RuleName: 'uploads',
    RuleDefinition: JSON.stringify({
      Schema: { Name: 'CloudWatchLogRule', Version: 1 }, LogGroupNames: ['/api/*'], LogFormat: 'JSON', AggregateOn: 'Sum',
      Contribution: { Keys: ['$.ip'], ValueOf: '$.bytes', Filters: [{ Match: '$.method', In: ['PUT'] }] },
    }),
  }))
  const range = { StartTime: new Date(HOUR), EndTime: new Date(HOUR + 600_000) }
  const report = await client.send(new GetInsightRuleReportCommand({ RuleName: 'uploads', ...range, Period: 60, Metrics: ['UniqueContributors', 'SampleCount', 'Average'] }))
  expect(report).toMatchObject({
    KeyLabels: ['$.ip'], AggregationStatistic: 'Sum', AggregateValue: 47, ApproximateUniqueCount: 2,
    Contributors: [
      { Keys: ['b'], ApproximateAggregateValue: 35, Datapoints: [{ Timestamp: new Date(HOUR), ApproximateValue: 35 }] },
      { Keys: ['a'], ApproximateAggregateValue: 12, Datapoints: [{ ApproximateValue: 10 }, { Timestamp: new Date(HOUR + 60_000), ApproximateValue: 2 }] },
    ],
    MetricDatapoints: [
      { Timestamp: new Date(HOUR), UniqueContributors: 2, SampleCount: 3, Average: 22.5 }, { Timestamp: new Date(HOUR + 60_000), UniqueContributors: 1, SampleCount: 1, Average: 2 },
      ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map(minute => ({ Timestamp: new Date(HOUR + minute * 60_000), UniqueContributors: 0, SampleCount: 0, Average: 0 })),
    ],
  })
  const { MetricDataResults } = await client.send(new GetMetricDataCommand({
    ...range, ScanBy: 'TimestampAscending', MetricDataQueries: [{ Id: 'e', Expression: "INSIGHT_RULE_METRIC('uploads', MaxContributorValue)", Period: 60 }],
  }))
  expect(MetricDataResults?.[0]?.Values).toEqual([35, 2])
}, 60_000)
