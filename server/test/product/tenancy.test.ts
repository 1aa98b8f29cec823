import { DescribeAlarmHistoryCommand, DescribeAlarmsCommand, GetMetricDataCommand, ListMetricsCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, GetTopicAttributesCommand, ListSubscriptionsCommand, ListTopicsCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RunningServer, dataFolder } from './running-server.ts'

const OURS = '111111111111'
const THEIRS = '222222222222'
const as = (account: string) => ({ accessKeyId: account, secretAccessKey: 'any' })

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--auth', 'off', '--host-metrics', 'off'] })
  const cloudWatch = server.cloudWatch('us-east-1', as(OURS))
  const sns = server.sns('us-east-1', as(OURS))
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Shared/Name', MetricData: [{ MetricName: 'secret', Value: 42 }] }))
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'ours', Namespace: 'Shared/Name', MetricName: 'secret', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  )
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'ours' }))
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'someone@example.com' }))
})
afterAll(() => server.kill())

describe.each([
  ['another account', as(THEIRS), 'us-east-1'],
  ['another region', as(OURS), 'eu-west-1'],
])('%s', (_, credentials, region) => {
  const minutesAround = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 600_000) }

  test('sees nothing of ours', async () => {
    const cloudWatch = server.cloudWatch(region, credentials)
    const sns = server.sns(region, credentials)
    expect((await cloudWatch.send(new ListMetricsCommand({}))).Metrics).toEqual([])
    expect((await cloudWatch.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([])
    expect((await cloudWatch.send(new DescribeAlarmHistoryCommand({}))).AlarmHistoryItems).toEqual([])
    const stored = await cloudWatch.send(
      new GetMetricDataCommand({
        ...minutesAround,
        MetricDataQueries: [{ Id: 'a', MetricStat: { Metric: { Namespace: 'Shared/Name', MetricName: 'secret' }, Period: 60, Stat: 'Sum' } }],
      }),
    )
    expect(stored.MetricDataResults?.[0]?.Values).toEqual([])
    expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([])
    expect((await sns.send(new ListSubscriptionsCommand({}))).Subscriptions ?? []).toEqual([])
    await expect(sns.send(new GetTopicAttributesCommand({ TopicArn: `arn:aws:sns:us-east-1:${OURS}:ours` }))).rejects.toThrow()
    const deliveries = (await (await fetch(`${server.url}/api/deliveries`, { headers: { authorization: scope(credentials.accessKeyId, region) } })).json()) as { deliveries: unknown[] }
    expect(deliveries.deliveries).toEqual([])
  })
})

test('we see what is ours', async () => {
  expect((await server.cloudWatch('us-east-1', as(OURS)).send(new ListMetricsCommand({}))).Metrics).toHaveLength(1)
  expect((await server.sns('us-east-1', as(OURS)).send(new ListTopicsCommand({}))).Topics).toHaveLength(1)
  const deliveries = (await (await fetch(`${server.url}/api/deliveries`, { headers: { authorization: scope(OURS, 'us-east-1') } })).json()) as { deliveries: unknown[] }
  expect(deliveries.deliveries).toHaveLength(1)
  expect((await server.sts(as(OURS)).send(new GetCallerIdentityCommand({}))).Account).toBe(OURS)
})

/** With authentication off the signature is not looked at, only who claims to call. */
const scope = (accessKeyId: string, region: string): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/tocsin/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`
