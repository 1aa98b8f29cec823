import {
  DescribeAlarmContributorsCommand, DescribeAlarmHistoryCommand, DescribeAlarmsCommand, DescribeAnomalyDetectorsCommand, DescribeInsightRulesCommand, GetAlarmMuteRuleCommand,
  GetDashboardCommand, GetInsightRuleReportCommand, GetMetricDataCommand, GetMetricStreamCommand, GetMetricWidgetImageCommand, ListAlarmMuteRulesCommand, ListDashboardsCommand,
  ListManagedInsightRulesCommand, ListMetricsCommand, ListMetricStreamsCommand, ListTagsForResourceCommand, PutAlarmMuteRuleCommand, PutAnomalyDetectorCommand,
  PutCompositeAlarmCommand, PutDashboardCommand, PutInsightRuleCommand, PutManagedInsightRulesCommand, PutMetricAlarmCommand, PutMetricDataCommand, PutMetricStreamCommand,
  type CloudWatchClient,
} from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, GetTopicAttributesCommand, ListSubscriptionsCommand, ListTopicsCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMPOSITE, DASHBOARD, DETECTOR, INSIGHT_RULE, METRIC_ALARM, MUTE_RULE, report, STREAM } from './new-definitions.ts'
import { RunningServer, dataFolder, eventually } from './running-server.ts'

const OURS = '111111111111'
const THEIRS = '222222222222'
const MANAGED = `arn:aws:dynamodb:us-east-1:${OURS}:table/t`
const as = (account: string) => ({ accessKeyId: account, secretAccessKey: 'any' })

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--auth', 'off', '--host-metrics', 'off'] })
  const cloudWatch = server.cloudWatch('us-east-1', as(OURS))
  const sns = server.sns('us-east-1', as(OURS))
  await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'Shared/Name', MetricData: [{ MetricName: 'secret', Value: 42 }, { MetricName: 'secret', Value: 7, Timestamp: new Date(Date.now() - 180_000) }, { MetricName: 'secret', Value: 43, Dimensions: [{ Name: 'Host', Value: 'ours' }] }] }))
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'ours', Namespace: 'Shared/Name', MetricName: 'secret', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1,
      ComparisonOperator: 'GreaterThanThreshold',
    }),
  )
  await cloudWatch.send(new PutMetricAlarmCommand(METRIC_ALARM))
  await cloudWatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'hosts', EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold',
      Metrics: [{ Id: 'q', Expression: 'SELECT MAX(secret) FROM SCHEMA("Shared/Name", Host) GROUP BY Host ORDER BY MAX() DESC', Period: 10, ReturnData: true }],
    }),
  )
  await cloudWatch.send(new PutCompositeAlarmCommand(COMPOSITE))
  await cloudWatch.send(new PutAlarmMuteRuleCommand(MUTE_RULE))
  await cloudWatch.send(new PutAnomalyDetectorCommand(DETECTOR))
  await cloudWatch.send(new PutDashboardCommand(DASHBOARD))
  await cloudWatch.send(new PutMetricStreamCommand(STREAM))
  await cloudWatch.send(new PutInsightRuleCommand(INSIGHT_RULE))
  await cloudWatch.send(new PutManagedInsightRulesCommand({ ManagedRules: [{ TemplateName: 'T-1', ResourceARN: MANAGED }] }))
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'ours' }))
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'someone@example.com' }))
})
afterAll(() => server.kill())

describe.each([
  ['another account', as(THEIRS), 'us-east-1'],
  ['another region', as(OURS), 'eu-west-1'],
])('%s', (_, credentials, region) => {
  test('sees none of our definitions, nor what came of them', async () => {
    const client = server.cloudWatch(region, credentials)
    expect(await definitions(client)).toEqual({ alarms: [], composites: [], mutes: [], detectors: [], streams: [], rules: [], managed: [] })
    const ours = `arn:aws:cloudwatch:us-east-1:${OURS}:`
    const asked: readonly Promise<unknown>[] = [
      client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'hosts' })),
      client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' })),
      client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: `${ours}alarm-mute-rule:night` })),
      client.send(new GetMetricStreamCommand({ Name: 'out' })),
      client.send(new GetInsightRuleReportCommand(report())),
      client.send(new PutCompositeAlarmCommand({ AlarmName: 'spy', AlarmRule: `ALARM("${ours}alarm:cpu")` })),
      client.send(new PutCompositeAlarmCommand({ AlarmName: 'spy', AlarmRule: 'ALARM(cpu)' })),
      ...['alarm:both', 'alarm-mute-rule:night', 'metric-stream/out', 'insight-rule/top'].map(resource => client.send(new ListTagsForResourceCommand({ ResourceARN: ours + resource }))),
    ]
    expect(await Promise.all(asked.map(each => each.then(() => 'answered', () => 'refused')))).toEqual(asked.map(() => 'refused'))
    const headers = { authorization: scope(credentials.accessKeyId, region) }
    for (const name of ['ours', 'both', 'hosts']) expect((await fetch(`${server.url}/api/alarms/explanation?name=${name}`, { headers })).status).toBe(404)
  })

  test('computes and draws nothing out of our metrics', async () => {
    const client = server.cloudWatch(region, credentials)
    const { MetricDataResults = [] } = await client.send(
      new GetMetricDataCommand({
        ...minutesAround,
        MetricDataQueries: [
          { Id: 's', Expression: `SEARCH('{Shared/Name,Host} secret', 'Maximum', 60)` },
          { Id: 'q', Expression: 'SELECT MAX(secret) FROM "Shared/Name" GROUP BY Host', Period: 60 },
        ],
      }),
    )
    expect(MetricDataResults.flatMap(({ Values = [] }) => Values)).toEqual([])
    const nobodys = await picture(server.cloudWatch('us-east-1', as('333333333333')))
    expect(await picture(client)).toEqual(nobodys)
    expect(await picture(server.cloudWatch('us-east-1', as(OURS)))).not.toEqual(nobodys)
    const asked = await fetch(`${server.url}/api/v1/query?query=${encodeURIComponent('{__name__=~".+"}')}`, { headers: { authorization: scope(credentials.accessKeyId, region) } })
    expect(await asked.json()).toMatchObject({ data: { result: [] } })
  })

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
  expect((await server.cloudWatch('us-east-1', as(OURS)).send(new ListMetricsCommand({}))).Metrics).toHaveLength(2)
  expect((await server.sns('us-east-1', as(OURS)).send(new ListTopicsCommand({}))).Topics).toHaveLength(1)
  const deliveries = (await (await fetch(`${server.url}/api/deliveries`, { headers: { authorization: scope(OURS, 'us-east-1') } })).json()) as { deliveries: unknown[] }
  expect(deliveries.deliveries).toHaveLength(1)
  expect((await server.sts(as(OURS)).send(new GetCallerIdentityCommand({}))).Account).toBe(OURS)
})

test('we see our definitions and what came of them; dashboards are of all our Regions', async () => {
  const client = server.cloudWatch('us-east-1', as(OURS))
  expect(await definitions(client)).toEqual({
    alarms: ['cpu', 'hosts', 'ours'], composites: ['both'], mutes: [`arn:aws:cloudwatch:us-east-1:${OURS}:alarm-mute-rule:night`], detectors: ['Cpu'], streams: ['out'], rules: 2, managed: ['T-1'],
  })
  const datum = { MetricName: 'secret', Value: 43, Dimensions: [{ Name: 'Host', Value: 'ours' }], StorageResolution: 1 }
  await client.send(new PutMetricDataCommand({ Namespace: 'Shared/Name', MetricData: [datum] }))
  const contributors = await eventually(async () => {
    const { AlarmContributors = [] } = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'hosts' }))
    return AlarmContributors.length > 0 ? AlarmContributors : undefined
  }, 'the alarm finds its contributors', 25_000)
  expect(contributors.map(({ ContributorAttributes }) => ContributorAttributes)).toEqual([{ Host: 'ours' }])
  const explained = await fetch(`${server.url}/api/alarms/explanation?name=both`, { headers: { authorization: scope(OURS, 'us-east-1') } })
  expect(await explained.json()).toMatchObject({ alarm: 'both', decidedBy: 'rule', rule: { text: 'ALARM(cpu)', value: false, alarms: [{ alarm: 'cpu' }] } })
  const elsewhere = server.cloudWatch('eu-west-1', as(OURS))
  expect((await elsewhere.send(new ListDashboardsCommand({}))).DashboardEntries?.map(({ DashboardName }) => DashboardName)).toEqual(['Main'])
  const stranger = server.cloudWatch('us-east-1', as(THEIRS))
  expect((await stranger.send(new ListDashboardsCommand({}))).DashboardEntries ?? []).toEqual([])
  await expect(stranger.send(new GetDashboardCommand({ DashboardName: 'Main' }))).rejects.toThrow('does not exist')
}, 40_000)

test('services of the REST metrics are seen in their own account and region alone', async () => {
  const ask = async (account: string, region: string, query: string, body?: string) => {
    const headers = { accept: 'application/json', authorization: scope(account, region) }
    const answer = await fetch(`${server.url}/metrics${query}`, body === undefined ? { headers } : { method: 'POST', headers, body })
    return (await answer.json()) as Record<string, unknown>
  }
  const points = JSON.stringify([1, 2].map(value => ({ serviceName: 'ours', metricName: 'secret', value })))
  expect(await ask(OURS, 'us-east-1', '', points)).toEqual({ accepted: 2 })
  const { metrics, nextToken } = await ask(OURS, 'us-east-1', '?limit=1')
  expect(metrics).toHaveLength(1)
  for (const [account, region] of [[THEIRS, 'us-east-1'], [OURS, 'eu-west-1']] as const) {
    expect(await ask(account, region, '?limit=5')).toEqual({ metrics: [] })
    expect(await ask(account, region, '?statistic=Sum')).toMatchObject({ series: [] })
  }
  // A page's token of ours leads nowhere from there, also where there is such a group.
  await ask(THEIRS, 'us-east-1', '', JSON.stringify({ serviceName: 'theirs', metricName: 'm', value: 1 }))
  expect(await ask(THEIRS, 'us-east-1', `?limit=5&nextToken=${encodeURIComponent(String(nextToken))}`)).toMatchObject({ code: 'InvalidNextToken' })
  expect(JSON.stringify(await ask(THEIRS, 'us-east-1', '?limit=5'))).not.toContain('ours')
})

/** Everything that lists say is there. */
const definitions = async (client: CloudWatchClient) => {
  const { MetricAlarms = [], CompositeAlarms = [] } = await client.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }))
  const { InsightRules = [] } = await client.send(new DescribeInsightRulesCommand({}))
  return {
    alarms: MetricAlarms.map(({ AlarmName }) => AlarmName),
    composites: CompositeAlarms.map(({ AlarmName }) => AlarmName),
    mutes: (await client.send(new ListAlarmMuteRulesCommand({}))).AlarmMuteRuleSummaries?.map(({ AlarmMuteRuleArn }) => AlarmMuteRuleArn) ?? [],
    detectors: (await client.send(new DescribeAnomalyDetectorsCommand({ AnomalyDetectorTypes: ['SINGLE_METRIC', 'METRIC_MATH'] }))).AnomalyDetectors?.map(each => each.SingleMetricAnomalyDetector?.MetricName) ?? [],
    streams: (await client.send(new ListMetricStreamsCommand({}))).Entries?.map(({ Name }) => Name) ?? [],
    rules: InsightRules.length === 0 ? [] : InsightRules.length,
    managed: (await client.send(new ListManagedInsightRulesCommand({ ResourceARN: MANAGED }))).ManagedRules?.map(({ TemplateName }) => TemplateName) ?? [],
  }
}

/** Of our metric, over a time that stands still. */
const around = { start: new Date(Date.now() - 600_000).toISOString(), end: new Date(Date.now() + 600_000).toISOString() }
const picture = async (client: CloudWatchClient): Promise<Uint8Array | undefined> =>
  (await client.send(new GetMetricWidgetImageCommand({ MetricWidget: JSON.stringify({ metrics: [['Shared/Name', 'secret']], stat: 'Sum', period: 60, width: 400, height: 300, ...around }) })))
    .MetricWidgetImage

/** With authentication off the signature is not looked at, only who claims to call. */
const scope = (accessKeyId: string, region: string): string =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/tocsin/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`
