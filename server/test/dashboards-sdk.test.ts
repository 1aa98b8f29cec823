import {
  CloudWatchClient,
  DeleteDashboardsCommand,
  DeleteInsightRulesCommand,
  DeleteMetricStreamCommand,
  DescribeInsightRulesCommand,
  DisableInsightRulesCommand,
  EnableInsightRulesCommand,
  GetDashboardCommand,
  GetInsightRuleReportCommand,
  GetMetricStreamCommand,
  ListDashboardsCommand,
  ListManagedInsightRulesCommand,
  ListMetricStreamsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutInsightRuleCommand,
  PutManagedInsightRulesCommand,
  PutMetricStreamCommand,
  StartMetricStreamsCommand,
  StopMetricStreamsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import { AwsJson1_0Protocol, AwsQueryProtocol, AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { millis } from '../src/base/time.ts'
import { InMemoryCloudWatch } from '../src/services/cloudwatch/ports.test-support.ts'
import { cloudWatch } from '../src/services/cloudwatch/service.ts'
import type { Service } from '../src/services/operation.ts'
import { CalledService, rootOf } from './called-service.ts'
import { served } from './served-services.ts'
import { ELSEWHERE, OURS, START, temporaryControl, type TemporaryControl, THEIRS } from './temporary-control.ts'

const WIDGETS = '{"widgets" : [ ]}\n'
const STREAM = { Name: 's', FirehoseArn: 'https://receiver.test/in#key', RoleArn: 'arn:aws:iam::111111111111:role/r', OutputFormat: 'json' } as const
const DEFINITION = JSON.stringify({
  Schema: { Name: 'CloudWatchLogRule', Version: 1 }, LogGroupNames: ['/api/*'], LogFormat: 'JSON', Contribution: { Keys: ['$.ip'], Filters: [] }, AggregateOn: 'Count',
})
const REPORT = { RuleName: 'r', StartTime: new Date(0), EndTime: new Date(300_000), Period: 60 }

/** The real control store behind the operations; nothing here measures. */
const serviceOver = ({ store }: TemporaryControl): Service => {
  const { dashboards, metricStreams, insightRules, tags } = store
  return cloudWatch({ ...new InMemoryCloudWatch().ports, dashboards, metricStreams, insightRules, tags })
}

const protocols = [
  ['AWS JSON 1.0', AwsJson1_0Protocol],
  ['query', AwsQueryProtocol],
  ['RPC v2 CBOR', AwsSmithyRpcV2CborProtocol],
] as const

describe.each(protocols)('the SDK by %s', (_name, protocol) => {
  let client: CloudWatchClient

  beforeEach(async () => {
    const control = temporaryControl()
    client = new CloudWatchClient({
      endpoint: await served([serviceOver(control)], () => ({ tenant: OURS, principal: rootOf(OURS), requestId: 'request-1', now: control.clock.now() })),
      region: OURS.region,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      maxAttempts: 1,
      protocol,
    })
  })
  afterEach(() => client.destroy())

  test('the life of a dashboard', async () => {
    const put = await client.send(new PutDashboardCommand({ DashboardName: 'Main', DashboardBody: WIDGETS, Tags: [{ Key: 'Team', Value: 'a' }] }))
    expect(put.DashboardValidationMessages ?? []).toEqual([])
    const arn = 'arn:aws:cloudwatch::111111111111:dashboard/Main'
    expect(await client.send(new GetDashboardCommand({ DashboardName: 'Main' }))).toMatchObject({ DashboardArn: arn, DashboardBody: WIDGETS, DashboardName: 'Main' })
    expect((await client.send(new ListDashboardsCommand({ DashboardNamePrefix: 'M' }))).DashboardEntries).toEqual([
      { DashboardName: 'Main', DashboardArn: arn, LastModified: new Date(START), Size: WIDGETS.length },
    ])
    await client.send(new TagResourceCommand({ ResourceARN: arn, Tags: [{ Key: 'Env', Value: 'b' }] }))
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }))).Tags).toEqual([{ Key: 'Env', Value: 'b' }, { Key: 'Team', Value: 'a' }])
    await client.send(new DeleteDashboardsCommand({ DashboardNames: ['Main'] }))
    await expect(client.send(new GetDashboardCommand({ DashboardName: 'Main' }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 }, message: 'Dashboard Main does not exist' })
  })

  test('a dashboard that is wrong, and one that is odd', async () => {
    const wrong = JSON.stringify({ widgets: [{ type: 'metric', properties: { region: 'r', metrics: [['A', 'x', 5]] } }] })
    await expect(client.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: wrong }))).rejects.toMatchObject({
      message: `The dashboard body is invalid, there are 1 validation errors:\n[
  {
    "dataPath": "/widgets/0/properties/metrics/0/2",
    "message": "Invalid metric field type, only \\"String\\" type is allowed"
  }
]`,
      dashboardValidationMessages: [{ DataPath: '/widgets/0/properties/metrics/0/2', Message: 'Invalid metric field type, only "String" type is allowed' }],
    })
    const odd = await client.send(new PutDashboardCommand({ DashboardName: 'd', DashboardBody: '{"widgets":[],"colour":1}' }))
    expect(odd.DashboardValidationMessages).toEqual([{ DataPath: '/colour', Message: 'Should NOT have additional properties' }])
  })

  test('the life of a metric stream', async () => {
    const given = {
      ...STREAM,
      IncludeFilters: [{ Namespace: 'A', MetricNames: ['x'] }, { Namespace: 'B' }],
      StatisticsConfigurations: [{ IncludeMetrics: [{ Namespace: 'A', MetricName: 'x' }], AdditionalStatistics: ['p99', 'TM(10%:90%)'] }],
    }
    const arn = 'arn:aws:cloudwatch:us-east-1:111111111111:metric-stream/s'
    expect(await client.send(new PutMetricStreamCommand(given))).toMatchObject({ Arn: arn })
    const stream = { Arn: arn, State: 'running', CreationDate: new Date(START), LastUpdateDate: new Date(START), Name: 's', FirehoseArn: 'https://receiver.test/in#***', OutputFormat: 'json' }
    expect(await client.send(new GetMetricStreamCommand({ Name: 's' }))).toMatchObject({ ...given, ...stream, IncludeLinkedAccountsMetrics: false })
    await client.send(new StopMetricStreamsCommand({ Names: ['s'] }))
    expect((await client.send(new ListMetricStreamsCommand({}))).Entries).toEqual([{ ...stream, State: 'stopped' }])
    await client.send(new PutMetricStreamCommand({ ...STREAM, OutputFormat: 'opentelemetry1.0' }))
    expect(await client.send(new GetMetricStreamCommand({ Name: 's' }))).toMatchObject({ State: 'stopped', OutputFormat: 'opentelemetry1.0' })
    await client.send(new StartMetricStreamsCommand({ Names: ['s'] }))
    expect(await client.send(new GetMetricStreamCommand({ Name: 's' }))).toMatchObject({ State: 'running' })
    await client.send(new DeleteMetricStreamCommand({ Name: 's' }))
    await expect(client.send(new GetMetricStreamCommand({ Name: 's' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('the life of a rule', async () => {
    await client.send(new PutInsightRuleCommand({ RuleName: 'r', RuleDefinition: DEFINITION }))
    await client.send(new DisableInsightRulesCommand({ RuleNames: ['r'] }))
    expect((await client.send(new DescribeInsightRulesCommand({}))).InsightRules).toEqual([
      { Name: 'r', State: 'DISABLED', Schema: 'CloudWatchLogRule/1', Definition: DEFINITION, ManagedRule: false, ApplyOnTransformedLogs: false },
    ])
    expect((await client.send(new EnableInsightRulesCommand({ RuleNames: ['r', 'no'] }))).Failures).toEqual([
      { FailureResource: 'no', ExceptionType: 'ResourceNotFoundException', FailureCode: '404', FailureDescription: 'The Insight Rule no does not exist.' },
    ])
    const report = await client.send(new GetInsightRuleReportCommand(REPORT))
    expect(report).toMatchObject({ KeyLabels: ['$.ip'], AggregationStatistic: 'SampleCount', AggregateValue: 0, ApproximateUniqueCount: 0 })
    const { Failures } = await client.send(new PutManagedInsightRulesCommand({
      ManagedRules: [{ TemplateName: 'T-2', ResourceARN: 'arn:x', Tags: [{ Key: 'aws:a', Value: '' }] }, { TemplateName: 'T-1', ResourceARN: 'arn:x' }],
    }))
    expect(Failures).toMatchObject([{ FailureResource: expect.stringMatching(/^T-2-/) as string, FailureCode: '400', FailureDescription: expect.stringContaining('aws:') as string }])
    expect((await client.send(new ListManagedInsightRulesCommand({ ResourceARN: 'arn:x' }))).ManagedRules).toMatchObject([
      { TemplateName: 'T-1', ResourceARN: 'arn:x', RuleState: { State: 'ENABLED' } },
    ])
    await client.send(new DeleteInsightRulesCommand({ RuleNames: ['r'] }))
    await expect(client.send(new GetInsightRuleReportCommand(REPORT))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })
})

describe('refusals and owners', () => {
  let control: TemporaryControl
  let service: CalledService
  beforeEach(() => {
    control = temporaryControl()
    service = new CalledService(serviceOver(control), () => control.clock.now())
  })
  const put = (name: string, tenant = OURS) => service.run('PutDashboard', { DashboardName: name, DashboardBody: WIDGETS }, undefined, tenant)
  const names = async (tenant = OURS): Promise<readonly string[]> => {
    const { DashboardEntries } = await service.run<{ DashboardEntries: { DashboardName: string }[] }>('ListDashboards', {}, undefined, tenant)
    return DashboardEntries.map(entry => entry.DashboardName)
  }

  test('dashboards are of an account, whatever the region, and of nobody else', async () => {
    await put('a')
    expect(await names(ELSEWHERE)).toEqual(['a'])
    expect(await names(THEIRS)).toEqual([])
    expect(await service.refusal('GetDashboard', { DashboardName: 'a' }, undefined, THEIRS)).toBe('404 ResourceNotFound: Dashboard a does not exist')
    const arn = 'arn:aws:cloudwatch::111111111111:dashboard/a'
    await service.run('TagResource', { ResourceARN: arn, Tags: [{ Key: 'k', Value: 'v' }] }, undefined, ELSEWHERE)
    expect(await service.run('ListTagsForResource', { ResourceARN: arn })).toEqual({ Tags: [{ Key: 'k', Value: 'v' }] })
    expect(await service.refusal('ListTagsForResource', { ResourceARN: arn }, undefined, THEIRS)).toContain('ResourceNotFoundException')
  })

  test('all are deleted or none', async () => {
    await put('a')
    expect(await service.refusal('DeleteDashboards', { DashboardNames: ['a', 'b', 'c'] })).toBe('404 ResourceNotFound: The specified dashboard does not exist. [b, c]')
    expect(await names()).toEqual(['a'])
    await service.run('DeleteDashboards', { DashboardNames: ['a', 'a'] })
    expect(await names()).toEqual([])
  })

  test('a thousand dashboards are a page', async () => {
    const memory = new InMemoryCloudWatch()
    for (let number = 0; number < 1001; number++) await memory.run('PutDashboard', { DashboardName: `d${number}`, DashboardBody: WIDGETS })
    const first = await memory.run<{ DashboardEntries: unknown[]; NextToken: string }>('ListDashboards', {})
    expect(first.DashboardEntries).toHaveLength(1000)
    expect(await memory.run('ListDashboards', { NextToken: first.NextToken })).toMatchObject({ DashboardEntries: [{ DashboardName: 'd999' }] })
    expect(await memory.refusal('ListDashboards', { NextToken: 'x' })).toBe('InvalidParameterValue: Request parameter NextToken is invalid')
  })

  const stream = (change: object): readonly [string, object] => ['PutMetricStream', { ...STREAM, ...change }]
  const rule = (change: object): readonly [string, object] => ['PutInsightRule', { RuleName: 'r', RuleDefinition: DEFINITION, ...change }]
  test.each<readonly [string, readonly [string, object]]>([
    [
      '400 InvalidParameterValue: The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
      ['PutDashboard', { DashboardName: 'a b', DashboardBody: WIDGETS }],
    ],
    ['400 InvalidParameterValue: The value for field DashboardName must not be longer than 255 characters.', ['GetDashboard', { DashboardName: 'x'.repeat(256) }]],
    ['400 InvalidParameterInput: The field DashboardBody must be a valid JSON object', ['PutDashboard', { DashboardName: 'a', DashboardBody: '[' }]],
    ['400 InvalidParameterValue: Need at least 1 dashboard', ['DeleteDashboards', { DashboardNames: [] }]],
    ['There are no delivery streams here', stream({ FirehoseArn: 'arn:aws:firehose:us-east-1:111111111111:deliverystream/d' })],
    ['There are no delivery streams here', stream({ FirehoseArn: 'ftp://x' })],
    ['400 InvalidParameterCombination', stream({ IncludeFilters: [{ Namespace: 'A' }], ExcludeFilters: [{ Namespace: 'B' }] })],
    ['at most 1000 filters', stream({ IncludeFilters: [{ Namespace: 'A', MetricNames: Array.from({ length: 1000 }, String) }] })],
    ['400 InvalidParameterValue: IncludeMetrics less than 1', stream({ StatisticsConfigurations: [{ IncludeMetrics: [], AdditionalStatistics: ['p99'] }] })],
    ['IncludeFilters and ExcludeFilters cannot both be present', stream({ IncludeFilters: [{ Namespace: 'A' }], ExcludeFilters: [{ Namespace: 'B' }] })],
    ['Unsupported statistic Sum for selected OutputFormat', stream({ StatisticsConfigurations: [{ IncludeMetrics: [{ Namespace: 'A', MetricName: 'x' }], AdditionalStatistics: ['Sum'] }] })],
    ['Unsupported statistic tm90 for selected OutputFormat', stream({ OutputFormat: 'opentelemetry0.7', StatisticsConfigurations: [{ IncludeMetrics: [{ Namespace: 'A', MetricName: 'x' }], AdditionalStatistics: ['tm90'] }] })],
    ["at 'outputFormat' failed to satisfy constraint", stream({ OutputFormat: 'xml' })],
    ["at 'name' failed to satisfy constraint", stream({ Name: 'a b' })],
    ['400 InvalidParameterValue: These metric streams do not exist: x', ['StopMetricStreams', { Names: ['x'] }]],
    ['400 InvalidNextToken', ['ListMetricStreams', { NextToken: 'x' }]],
    ['400 InvalidParameterValue: INVALID_RULE_BODY: InvalidValueType encountered at LogFormat in the RuleBody.', rule({ RuleDefinition: DEFINITION.replace('"JSON"', '"XML"') })],
    ['400 InvalidParameterValue: The parameter RuleState must be ENABLED or DISABLED.', rule({ RuleState: 'ON' })],
    ['must hold ASCII characters alone', rule({ RuleDefinition: '"é"' })],
    ['400 InvalidParameterValue: The parameter StartTime must be less than the parameter EndTime.', ['GetInsightRuleReport', { ...REPORT, EndTime: new Date(0) }]],
    ['The parameter Metrics must hold only', ['GetInsightRuleReport', { ...REPORT, Metrics: ['Median'] }]],
    ['404 ResourceNotFoundException', ['GetInsightRuleReport', REPORT]],
  ])('%s', async (text, [operation, input]) => {
    expect(await service.refusal(operation, input)).toContain(text)
  })

  test('an ARN with its receiver in a tag, which a later Put need not repeat', async () => {
    const arn = 'arn:aws:firehose:us-east-1:111111111111:deliverystream/d'
    await service.run(...stream({ FirehoseArn: arn, Tags: [{ Key: 'Endpoint', Value: 'https://receiver.test/' }] }))
    await service.run(...stream({ FirehoseArn: arn, OutputFormat: 'opentelemetry0.7' }))
    expect(await service.run('GetMetricStream', { Name: 's' })).toMatchObject({ FirehoseArn: arn, OutputFormat: 'opentelemetry0.7' })
  })

  test('positions: from the creation on, from a new start on, never back', async () => {
    await service.run(...stream({}))
    const position = async (): Promise<readonly number[]> => (await control.store.metricStreams.running()).map(({ sentUpTo }) => sentUpTo - START)
    expect(await position()).toEqual([0])
    await control.store.metricStreams.setSentUpTo(OURS, 's', (START + 60_000) as typeof START)
    await control.store.metricStreams.setSentUpTo(OURS, 's', START)
    await control.store.metricStreams.setSentUpTo(THEIRS, 's', (START + 99_000) as typeof START)
    expect(await position()).toEqual([60_000])
    await service.run('StopMetricStreams', { Names: ['s'] })
    expect(await position()).toEqual([])
    await control.clock.advance(millis(600_000))
    await service.run('StartMetricStreams', { Names: ['s'] })
    expect(await position()).toEqual([600_000])
    await service.run('StartMetricStreams', { Names: ['s'] })
    expect(await position()).toEqual([600_000])
  })

  test('streams and rules of other tenants are not there', async () => {
    await service.run(...stream({}))
    await service.run(...rule({}))
    for (const tenant of [THEIRS, ELSEWHERE]) {
      expect(await service.run('ListMetricStreams', {}, undefined, tenant)).toEqual({ Entries: [] })
      expect(await service.run('DescribeInsightRules', {}, undefined, tenant)).toEqual({ InsightRules: [] })
      await service.run('DeleteMetricStream', { Name: 's' }, undefined, tenant)
      await service.run('DeleteInsightRules', { RuleNames: ['r'] }, undefined, tenant)
    }
    expect(await service.run('ListMetricStreams', {})).toMatchObject({ Entries: [{ Name: 's' }] })
    expect(await service.run('DescribeInsightRules', {})).toMatchObject({ InsightRules: [{ Name: 'r' }] })
  })
})
