import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch'
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { InMemoryCloudWatch, NOW } from '../src/services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../src/services/cloudwatch/service.ts'
import { served } from './served-services.ts'

const protocols = [
  ['AWS JSON 1.0', AwsJson1_0Protocol],
  ['query', AwsQueryProtocol],
  ['RPC v2 CBOR', AwsSmithyRpcV2CborProtocol],
] as const

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:page'
const ALARM = 'arn:aws:cloudwatch:eu-west-1:123456789012:alarm:cpu'
const ago = (seconds: number): Date => new Date(NOW - seconds * 1000)

/** CloudWatch's operations driven by the SDK's own client: what its types say must arrive. */
describe.each(protocols)('CloudWatch by %s', (name, protocol) => {
  let memory: InMemoryCloudWatch
  let client: CloudWatchClient

  beforeEach(async () => {
    memory = new InMemoryCloudWatch()
    client = new CloudWatchClient({
      endpoint: await served([cloudWatch(memory.ports)], () => memory.call()),
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      protocol,
    })
  })
  afterEach(() => client.destroy())

  const put = (input: object = {}) =>
    client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'cpu', Namespace: 'App', MetricName: 'Cpu', Dimensions: [{ Name: 'Host', Value: 'a' }], Statistic: 'Average', Period: 60,
        EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 80.5, ComparisonOperator: 'GreaterThanThreshold',
          TreatMissingData: 'notBreaching',
        AlarmActions: [TOPIC], Tags: [{ Key: 'Severity', Value: 'P1' }], ...input,
      }),
    )

  test('alarms on expressions and queries, and their contributors', async () => {
    const Metrics = [
      { Id: 'm1', MetricStat: { Metric: { Namespace: 'App', MetricName: 'Cpu', Dimensions: [] }, Period: 60, Stat: 'p99' }, ReturnData: true },
      { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(m1, 2)', Label: 'expected', ReturnData: true },
    ]
    const band = { AlarmName: 'band', EvaluationPeriods: 1, ThresholdMetricId: 'ad1', ComparisonOperator: 'GreaterThanUpperThreshold' as const, Metrics }
    const promql = { AlarmName: 'up', EvaluationCriteria: { PromQLCriteria: { Query: 'up == 0', PendingPeriod: 60, RecoveryPeriod: 0 } }, EvaluationInterval: 30 }
    await client.send(new PutMetricAlarmCommand(band))
    await client.send(new PutMetricAlarmCommand(promql))
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toMatchObject([{ ...band, StateValue: 'INSUFFICIENT_DATA' }, { ...promql, StateValue: 'OK' }])

    const record = (await memory.ports.alarms.get(memory.call().tenant, 'up'))!
    const contributor = { id: '6d442278dba546f6', attributes: { host: 'ä', '': 'x' }, value: 'ALARM', reason: 'because', transitionedAt: NOW, turningSince: undefined } as const
    await memory.ports.alarms.commit([{ record, history: [], publications: [], contributors: [contributor] }])
    const { AlarmContributors, NextToken } = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'up' }))
    expect([AlarmContributors, NextToken]).toEqual([
      [{ ContributorId: '6d442278dba546f6', ContributorAttributes: { host: 'ä', '': 'x' }, StateReason: 'because', StateTransitionedTimestamp: ago(0) }], undefined,
    ])
  })

  test('windows, warm-up and tags in notifications', async () => {
    const everything = {
      Period: 86_400,
      EvaluationWindow: { WallClockWindow: { Timezone: 'America/New_York' } },
      WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 30, OnlyStartEvaluatingAfterWarmUpPeriodEnds: true },
      ActionConfiguration: { AlarmTagsPropagation: { Enabled: true, IncludedTagKeys: ['Severity', 'Ort'] } },
    }
    await put(everything)
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toMatchObject([everything])
    await put({ EvaluationWindow: { SlidingWindow: {} } })
    const [alarm] = (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms ?? []
    // The query protocol has no word for a structure without members.
    expect(alarm?.EvaluationWindow).toEqual(name === 'query' ? undefined : { SlidingWindow: {} })
    expect([alarm?.WarmUpConfiguration, alarm?.ActionConfiguration]).toEqual([undefined, undefined])
    await expect(put({ Period: 120, EvaluationWindow: { WallClockWindow: { Timezone: 'UTC' } } })).rejects.toThrow('Period must be one of 60, 300, 3600, 86400, 604800')
  })

  test('metric math, a search and a query across metrics', async () => {
    memory.metrics.add('Latency', 120, 1, { dimensions: { Host: 'a' } }).add('Latency', 60, 3, { dimensions: { Host: 'b' } })
    const { MetricDataResults, Messages, NextToken } = await client.send(new GetMetricDataCommand({
      StartTime: ago(180), EndTime: ago(0), ScanBy: 'TimestampAscending', LabelOptions: { Timezone: '+0100' },
      MetricDataQueries: [
        { Id: 'm1', MetricStat: { Metric: { Namespace: 'App', MetricName: 'Latency', Dimensions: [{ Name: 'Host', Value: 'a' }] }, Period: 60, Stat: 'Sum' }, ReturnData: false },
        { Id: 'e1', Expression: 'FILL(m1, 0) * 2', Label: 'doubled, last at ${LAST_TIME}' },
        { Id: 's1', Expression: "SEARCH('{App,Host} Latency', 'Average', 60)", Label: "${PROP('Dim.Host')}" },
        { Id: 'q1', Expression: 'SELECT MAX(Latency) FROM App GROUP BY Host ORDER BY MAX() DESC LIMIT 1', Period: 60 },
      ],
    }))
    const complete = { StatusCode: 'Complete' }
    expect(MetricDataResults).toEqual([
      { ...complete, Id: 'e1', Label: 'doubled, last at 2026-03-04 12:59:00', Timestamps: [ago(180), ago(120), ago(60)], Values: [0, 2, 0] },
      { ...complete, Id: 's1', Label: 'a', Timestamps: [ago(120)], Values: [1] },
      { ...complete, Id: 's1', Label: 'b', Timestamps: [ago(60)], Values: [3] },
      { ...complete, Id: 'q1', Label: 'b', Timestamps: [ago(60)], Values: [3] },
    ])
    expect(Messages ?? []).toEqual([])
    expect(NextToken).toBeUndefined()
    await expect(client.send(new GetMetricDataCommand({ StartTime: ago(180), EndTime: ago(0), MetricDataQueries: [{ Id: 'e1', Expression: 'NOTHING(1)' }] })))
      .rejects.toMatchObject({ message: "Error in expression 'e1': Function 'NOTHING' not found" })
  })

  test('the life of an alarm', async () => {
    await put()
    await client.send(new SetAlarmStateCommand({ AlarmName: 'cpu', StateValue: 'ALARM', StateReason: 'by hand & "quoted"' }))
    const { MetricAlarms, CompositeAlarms } = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }))
    expect(MetricAlarms).toEqual([
      {
        AlarmName: 'cpu', AlarmArn: ALARM, AlarmConfigurationUpdatedTimestamp: new Date(NOW), ActionsEnabled: true,
        OKActions: [], AlarmActions: [TOPIC], InsufficientDataActions: [],
        StateValue: 'ALARM', StateReason: 'by hand & "quoted"', StateUpdatedTimestamp: new Date(NOW),
          StateTransitionedTimestamp: new Date(NOW),
        MetricName: 'Cpu', Namespace: 'App', Statistic: 'Average', Dimensions: [{ Name: 'Host', Value: 'a' }], Period: 60,
        EvaluationPeriods: 3, DatapointsToAlarm: 2, Threshold: 80.5, ComparisonOperator: 'GreaterThanThreshold',
          TreatMissingData: 'notBreaching',
      },
    ])
    expect(CompositeAlarms).toEqual([])
    const same = await client.send(new DescribeAlarmsForMetricCommand({ Namespace: 'App', MetricName: 'Cpu',
      Dimensions: [{ Name: 'Host', Value: 'a' }] }))
    expect(same.MetricAlarms).toEqual(MetricAlarms)

    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['cpu'] }))
    await client.send(new EnableAlarmActionsCommand({ AlarmNames: ['cpu'] }))
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['cpu'] }))
    expect((await client.send(new DescribeAlarmsCommand({ AlarmNames: ['cpu'] }))).MetricAlarms).toEqual([])

    const history = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'cpu', ScanBy: 'TimestampAscending' }))
    expect(history.AlarmHistoryItems?.map(({ HistorySummary, Timestamp }) => [HistorySummary, Timestamp])).toEqual(
      [
        'Alarm "cpu" created', 'Alarm updated from INSUFFICIENT_DATA to ALARM', `Successfully executed action ${TOPIC}`,
        'Alarm "cpu" updated', 'Alarm "cpu" updated', 'Alarm "cpu" deleted',
      ].map(summary => [summary, new Date(NOW)]),
    )
  })

  test('tags', async () => {
    await put()
    await client.send(new TagResourceCommand({ ResourceARN: ALARM, Tags: [{ Key: 'Team', Value: 'web' }] }))
    await client.send(new UntagResourceCommand({ ResourceARN: ALARM, TagKeys: ['Severity'] }))
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN: ALARM }))).Tags).toEqual([{ Key: 'Team', Value: 'web' }])
  })

  test('pages of alarms', async () => {
    for (const AlarmName of ['a', 'b', 'c']) await put({ AlarmName })
    const first = await client.send(new DescribeAlarmsCommand({ MaxRecords: 2 }))
    const second = await client.send(new DescribeAlarmsCommand({ MaxRecords: 2, NextToken: first.NextToken }))
    expect([first, second].map(page => page.MetricAlarms?.map(({ AlarmName }) => AlarmName))).toEqual([['a', 'b'], ['c']])
  })

  test('metrics', async () => {
    const published = { Namespace: 'App', MetricData: [{ MetricName: 'm', Value: 1.5, Timestamp: ago(60) }] }
    await client.send(new PutMetricDataCommand(published))
    expect(memory.published).toEqual([published])

    for (let minute = 1; minute <= 5; minute++) memory.metrics.add('m', 60 * minute, minute + 0.5, { dimensions: { Host: 'a' } })
    expect((await client.send(new ListMetricsCommand({ Dimensions: [{ Name: 'Host' }] }))).Metrics).toEqual([
      { Namespace: 'App', MetricName: 'm', Dimensions: [{ Name: 'Host', Value: 'a' }] },
    ])

    const Metric = { Namespace: 'App', MetricName: 'm', Dimensions: [{ Name: 'Host', Value: 'a' }] }
    const range = { StartTime: ago(300), EndTime: ago(0) }
    const statistics = await client.send(new GetMetricStatisticsCommand({ ...Metric, ...range, Period: 300, ExtendedStatistics: ['p50'] }))
    expect([statistics.Label, statistics.Datapoints]).toEqual(['m',
      [{ Timestamp: ago(300), ExtendedStatistics: { p50: 3.5 }, Unit: 'None' }]])

    const input = { ...range, MaxDatapoints: 3, MetricDataQueries: [{ Id: 'a', Label: '${LABEL} ${SUM}', MetricStat: { Metric, Period: 60,
      Stat: 'Sum' } }] }
    const pages = []
    for await (const { MetricDataResults } of paginateGetMetricData({ client }, { ...input })) pages.push(MetricDataResults)
    expect(pages).toEqual([
      [{ Id: 'a', Label: 'm 17.5', Timestamps: [ago(60), ago(120), ago(180)], Values: [1.5, 2.5, 3.5], StatusCode: 'PartialData' }],
      [{ Id: 'a', Label: 'm 17.5', Timestamps: [ago(240), ago(300)], Values: [4.5, 5.5], StatusCode: 'Complete' }],
    ])
    const empty = await client.send(new GetMetricDataCommand({ ...input,
      MetricDataQueries: [{ Id: 'b', MetricStat: { Metric: { ...Metric, MetricName: 'n' }, Period: 60, Stat: 'p99' } }] }))
    expect(empty.MetricDataResults).toEqual([{ Id: 'b', Label: 'n', Timestamps: [], Values: [], StatusCode: 'Complete' }])
  })

  test('refusals carry code, shape and text', async () => {
    const range = { StartTime: ago(0), EndTime: ago(60) }
    const metric = { Namespace: 'App', MetricName: 'm', Period: 60, Statistics: ['Sum' as const] }
    await expect(client.send(new GetMetricStatisticsCommand({ ...metric, ...range }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: 'The parameter StartTime must be less than the parameter EndTime.',
      $metadata: { httpStatusCode: 400 },
    })
    await expect(client.send(new GetMetricStatisticsCommand({ ...metric, StartTime: ago(86_400), EndTime: ago(0),
      Period: 1 }))).rejects.toMatchObject({
      name: 'InvalidParameterCombinationException',
    })
    await expect(client.send(new SetAlarmStateCommand({ AlarmName: 'x', StateValue: 'OK', StateReason: '' }))).rejects.toMatchObject({
      name: 'ResourceNotFound',
      $metadata: { httpStatusCode: 404 },
    })
    await expect(client.send(new ListTagsForResourceCommand({ ResourceARN: ALARM }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await expect(client.send(new DescribeAlarmsCommand({ NextToken: 'x' }))).rejects.toMatchObject({ name: 'InvalidNextToken' })
    await expect(put({ Period: 45 })).rejects.toMatchObject({ name: 'ValidationException',
      message: 'Period must be 10, 20, 30 or a multiple of 60' })
    await put()
    await expect(client.send(new SetAlarmStateCommand({ AlarmName: 'cpu', StateValue: 'OK', StateReason: '',
      StateReasonData: '{' }))).rejects.toMatchObject({
      name: 'InvalidFormatFault',
    })
  })
})
