import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as aws from '@aws-sdk/client-cloudwatch'
import { GetFederationTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMPOSITE, DASHBOARD, DETECTOR, INSIGHT_RULE, LOG_ALARM, METRIC_ALARM, MUTE_RULE, report, STREAM, WIDGET } from './new-definitions.ts'
import { dataFolder, RunningServer } from './running-server.ts'

let server: RunningServer
beforeAll(async () => {
  server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'] })
  await server.cloudWatch().send(new aws.PutMetricAlarmCommand(METRIC_ALARM))
})
afterAll(() => server.kill())

type Sent = (client: aws.CloudWatchClient) => Promise<unknown>

const ARN = 'arn:aws:cloudwatch:us-east-1:000000000000:'
const DASHBOARD_ARN = 'arn:aws:cloudwatch::000000000000:dashboard/Main'
const managed = [{ TemplateName: 'DynamoDBContributorInsights-PKC-V1', ResourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/t' }]

/** In an order in which each can succeed; the resources as AWS's service authorization reference has them. */
const OPERATIONS: readonly (readonly [name: string, resources: readonly string[], sent: Sent])[] = [
  ['PutCompositeAlarm', [`${ARN}alarm:both`], client => client.send(new aws.PutCompositeAlarmCommand(COMPOSITE))],
  ['DescribeAlarmContributors', [`${ARN}alarm:cpu`], client => client.send(new aws.DescribeAlarmContributorsCommand({ AlarmName: 'cpu' }))],
  ['SetAlarmState', [`${ARN}alarm:both`], client => client.send(new aws.SetAlarmStateCommand({ AlarmName: 'both', StateValue: 'ALARM', StateReason: 'drill' }))],
  ['PutAlarmMuteRule', [`${ARN}alarm-mute-rule:night`, `${ARN}alarm:cpu`], client => client.send(new aws.PutAlarmMuteRuleCommand(MUTE_RULE))],
  ['GetAlarmMuteRule', [`${ARN}alarm-mute-rule:night`], client => client.send(new aws.GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }))],
  ['ListAlarmMuteRules', [`${ARN}alarm-mute-rule:*`], client => client.send(new aws.ListAlarmMuteRulesCommand({}))],
  ['DeleteAlarmMuteRule', [`${ARN}alarm-mute-rule:night`], client => client.send(new aws.DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }))],
  ['PutAnomalyDetector', ['*'], client => client.send(new aws.PutAnomalyDetectorCommand(DETECTOR))],
  ['DescribeAnomalyDetectors', ['*'], client => client.send(new aws.DescribeAnomalyDetectorsCommand({}))],
  ['DeleteAnomalyDetector', ['*'], client => client.send(new aws.DeleteAnomalyDetectorCommand(DETECTOR))],
  ['PutDashboard', [DASHBOARD_ARN], client => client.send(new aws.PutDashboardCommand(DASHBOARD))],
  ['GetDashboard', [DASHBOARD_ARN], client => client.send(new aws.GetDashboardCommand({ DashboardName: 'Main' }))],
  ['ListDashboards', ['*'], client => client.send(new aws.ListDashboardsCommand({}))],
  ['DeleteDashboards', [DASHBOARD_ARN], client => client.send(new aws.DeleteDashboardsCommand({ DashboardNames: ['Main'] }))],
  ['PutMetricStream', [`${ARN}metric-stream/out`], client => client.send(new aws.PutMetricStreamCommand(STREAM))],
  ['GetMetricStream', [`${ARN}metric-stream/out`], client => client.send(new aws.GetMetricStreamCommand({ Name: 'out' }))],
  ['ListMetricStreams', ['*'], client => client.send(new aws.ListMetricStreamsCommand({}))],
  ['StopMetricStreams', [`${ARN}metric-stream/out`], client => client.send(new aws.StopMetricStreamsCommand({ Names: ['out'] }))],
  ['StartMetricStreams', [`${ARN}metric-stream/out`], client => client.send(new aws.StartMetricStreamsCommand({ Names: ['out'] }))],
  ['DeleteMetricStream', [`${ARN}metric-stream/out`], client => client.send(new aws.DeleteMetricStreamCommand({ Name: 'out' }))],
  ['PutInsightRule', [`${ARN}insight-rule/top`], client => client.send(new aws.PutInsightRuleCommand(INSIGHT_RULE))],
  ['DescribeInsightRules', ['*'], client => client.send(new aws.DescribeInsightRulesCommand({}))],
  ['GetInsightRuleReport', [`${ARN}insight-rule/top`], client => client.send(new aws.GetInsightRuleReportCommand(report()))],
  ['DisableInsightRules', [`${ARN}insight-rule/top`], client => client.send(new aws.DisableInsightRulesCommand({ RuleNames: ['top'] }))],
  ['EnableInsightRules', [`${ARN}insight-rule/top`], client => client.send(new aws.EnableInsightRulesCommand({ RuleNames: ['top'] }))],
  ['DeleteInsightRules', [`${ARN}insight-rule/top`], client => client.send(new aws.DeleteInsightRulesCommand({ RuleNames: ['top'] }))],
  ['PutManagedInsightRules', ['*'], client => client.send(new aws.PutManagedInsightRulesCommand({ ManagedRules: managed }))],
  ['ListManagedInsightRules', ['*'], client => client.send(new aws.ListManagedInsightRulesCommand({ ResourceARN: managed[0]!.ResourceARN }))],
  ['GetMetricWidgetImage', ['*'], client => client.send(new aws.GetMetricWidgetImageCommand({ MetricWidget: WIDGET }))],
  ['DeleteAlarms', [`${ARN}alarm:both`], client => client.send(new aws.DeleteAlarmsCommand({ AlarmNames: ['both'] }))],
]
const MUTATING = /^(Put|Set|Delete|Start|Stop|Enable|Disable)/

const allow = (Action: string | readonly string[], Resource: readonly string[]) => ({ Effect: 'Allow', Action, Resource })

/** Credentials that may do what the statements say, and nothing else. */
const allowed = async (...Statement: readonly unknown[]): Promise<aws.CloudWatchClient> => {
  const { Credentials } = await server.sts().send(new GetFederationTokenCommand({ Name: 'someone', Policy: JSON.stringify({ Version: '2012-10-17', Statement }) }))
  const credentials = { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: Credentials!.SecretAccessKey!, sessionToken: Credentials!.SessionToken! }
  return server.cloudWatch('us-east-1', credentials)
}
const outcome = (sent: Promise<unknown>): Promise<string> => sent.then(() => 'allowed', (error: Error) => error.name)

test('an alarm on logs takes the right to run its query as well', async () => {
  const put = async (...statements: readonly unknown[]): Promise<string> => outcome((await allowed(...statements)).send(new aws.PutLogAlarmCommand({ ...LOG_ALARM, ScheduledQueryConfiguration: { ...LOG_ALARM.ScheduledQueryConfiguration, LogGroupIdentifiers: ['app'] } })))
  const alarm = allow('cloudwatch:PutLogAlarm', [`${ARN}alarm:errors`])
  const query = (group: string) => allow('logs:StartQuery', [`arn:aws:logs:us-east-1:000000000000:log-group:${group}:*`])
  expect(await put(alarm)).toBe('AccessDenied')
  expect(await put(alarm, query('another'))).toBe('AccessDenied')
  expect(await put(query('app'))).toBe('AccessDenied')
  expect(await put(alarm, query('app'))).toBe('allowed')
})

describe.each(OPERATIONS)('%s', (name, resources, sent) => {
  test('is refused without a right to it, or with one to something else', async () => {
    const elsewhere = resources[0] === '*' ? [] : [allow(`cloudwatch:${name}`, resources.map(resource => resource.replace(/\w+$|\*$/, 'another')))]
    const others = { Effect: 'Allow', NotAction: `cloudwatch:${name}`, Resource: '*' }
    expect(await outcome(sent(await allowed(others, ...elsewhere)))).toBe('AccessDenied')
  })
  test('is served to whoever may do just that', async () => {
    expect(await outcome(sent(await allowed(allow(`cloudwatch:${name}`, resources))))).toBe('allowed')
  })
})

test('whoever mutes an alarm needs a right to the alarm, too', async () => {
  const client = await allowed(allow('cloudwatch:PutAlarmMuteRule', [`${ARN}alarm-mute-rule:*`]))
  await expect(client.send(new aws.PutAlarmMuteRuleCommand(MUTE_RULE))).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining(`${ARN}alarm:cpu`) as string })
})

test.each<[string, (client: aws.CloudWatchClient) => Promise<unknown>]>([
  ['PutMetricAlarm', client => client.send(new aws.PutMetricAlarmCommand({ ...METRIC_ALARM, AlarmName: 'tagged', Tags: [{ Key: 'a', Value: 'b' }] }))],
  ['PutCompositeAlarm', client => client.send(new aws.PutCompositeAlarmCommand({ AlarmName: 'tagged', AlarmRule: 'FALSE', Tags: [{ Key: 'a', Value: 'b' }] }))],
  ['PutAlarmMuteRule', client => client.send(new aws.PutAlarmMuteRuleCommand({ ...MUTE_RULE, Tags: [{ Key: 'a', Value: 'b' }] }))],
  ['PutDashboard', client => client.send(new aws.PutDashboardCommand({ ...DASHBOARD, Tags: [{ Key: 'a', Value: 'b' }] }))],
  ['PutMetricStream', client => client.send(new aws.PutMetricStreamCommand({ ...STREAM, Tags: [{ Key: 'a', Value: 'b' }] }))],
  ['PutInsightRule', client => client.send(new aws.PutInsightRuleCommand({ ...INSIGHT_RULE, Tags: [{ Key: 'a', Value: 'b' }] }))],
])('%s gives no tags to what the caller may not tag', async (name, sent) => {
  await expect(sent(await allowed(allow(`cloudwatch:${name}`, ['*'])))).rejects.toMatchObject({ name: 'AccessDenied', message: expect.stringContaining('cloudwatch:TagResource') as string })
})

test('every change is in the audit trail with who, on what and what came of it, and no secret is', async () => {
  await outcome(server.cloudWatch().send(new aws.PutMetricStreamCommand({ ...STREAM, Tags: [{ Key: 'Endpoint', Value: 'https://127.0.0.1:1/#tag-secret' }] })))
  await server.stop()
  const rows = new DatabaseSync(join(server.data, 'control.db'), { readOnly: true }).prepare('select * from audit order by seq').all()
  for (const [name, resources] of OPERATIONS.filter(([each]) => MUTATING.test(each))) {
    const of = rows.filter(({ operation }) => operation === name)
    expect(of.some(row => row['error_code'] === 'AccessDenied'), name).toBe(true)
    const done = of.filter(row => row['error_code'] === null)
    expect(done.some(row => row['principal'] === 'arn:aws:sts::000000000000:federated-user/someone' && resources.every(arn => String(row['resources']).includes(arn))), name).toBe(true)
  }
  expect(rows.filter(({ operation }) => !MUTATING.test(String(operation)) && operation !== 'GetFederationToken')).toEqual([])
  expect(JSON.stringify(rows)).not.toMatch(/(stream|tag)-secret/)
})
