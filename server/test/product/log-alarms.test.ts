import { DescribeAlarmContributorsCommand, DescribeAlarmsCommand, PutLogAlarmCommand, type PutLogAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import { CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, PutDataProtectionPolicyCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './running-server.ts'
import { Webhook } from './webhook.ts'

/** Alarms on logs over all layers on a real clock: events, Logs Insights, rounds, messages. */
let server: RunningServer
let logs: CloudWatchLogsClient
let webhook: Webhook
beforeAll(async () => {
  webhook = await Webhook.open()
  server = await RunningServer.start({ data: dataFolder(), args: ['--host-metrics', 'off'], environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } })
  logs = new CloudWatchLogsClient(server.clientConfig())
}, 60_000)
afterAll(async () => {
  await server.stop()
  webhook.close()
})

const ROLE = 'arn:aws:iam::000000000000:role/logs'

/** A minute of the hour before the full minute. */
const NOW = Math.floor(Date.now() / 60_000) * 60_000
const write = async (logGroupName: string, messages: readonly object[]): Promise<void> => {
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'main' }))
  const logEvents = messages.map((message, i) => ({ timestamp: NOW - 600_000 + i * 1000, message: JSON.stringify(message) }))
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'main', logEvents }))
}

const put = (AlarmName: string, group: string, AggregationExpression: string, changes: Partial<PutLogAlarmCommandInput> = {}) =>
  server.cloudWatch().send(new PutLogAlarmCommand({
    AlarmName,
    ScheduledQueryConfiguration: {
      QueryString: "fields @message | filter level = 'ERROR' # only those",
      LogGroupIdentifiers: [group],
      ScheduledQueryRoleARN: ROLE,
      ScheduleConfiguration: { ScheduleExpression: 'rate(1 minute)', StartTimeOffset: 3600 },
      AggregationExpression,
    },
    QueryResultsToEvaluate: 1, QueryResultsToAlarm: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold', ...changes,
  }))

const become = (AlarmName: string, state: string) =>
  eventually(async () => {
    const { LogAlarms } = await server.cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames: [AlarmName], AlarmTypes: ['LogAlarm'] }))
    return LogAlarms?.[0]?.StateValue === state ? LogAlarms[0] : undefined
  }, `${AlarmName} becomes ${state}`, 30_000)

test('what events say alarms, and its message shows them as everybody may see them', async () => {
  const { TopicArn } = await server.sns().send(new CreateTopicCommand({ Name: 'on-call' }))
  await server.sns().send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: webhook.url }))
  await eventually(() => webhook.messages.find(({ Type }) => Type === 'SubscriptionConfirmation'), 'the subscription is to be confirmed')
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop/orders' }))
  await logs.send(new PutDataProtectionPolicyCommand({
    logGroupIdentifier: '/shop/orders',
    policyDocument: JSON.stringify({
      Name: 'p', Version: '2021-06-01', Statement: [
        { Sid: 'audit', DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } },
        { Sid: 'mask', DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { MaskConfig: {} } } },
      ],
    }),
  }))
  await write('/shop/orders', [
    { level: 'ERROR', host: 'web-1', ms: 900, text: 'no order for alice@example.com' }, { level: 'INFO', host: 'web-1', ms: 5 },
    { level: 'ERROR', host: 'web-2', ms: 1500 }, { level: 'ERROR', host: 'web-1', ms: 1200 },
  ])
  await put('errors', '/shop/orders', 'count(*)', { Threshold: 2, ActionLogLineCount: 5, ActionLogLineRoleArn: ROLE, AlarmActions: [TopicArn!] })
  const alarm = await become('errors', 'ALARM')
  expect(alarm.StateReason).toMatch(/^Threshold Crossed: 1 out of the last 1 query results \[3\.0 \(.*\)\] was greater than the threshold \(2\.0\)/)
  const page = await eventually(() => webhook.notifications()[0], 'the page arrives', 20_000)
  const { LogLines } = JSON.parse(page.Message) as { readonly LogLines: readonly string[] }
  expect(LogLines).toHaveLength(3)
  expect(LogLines.join()).toContain('no order for *****************')
  expect(page.Message).not.toContain('alice')
}, 60_000)

test('averages, contributors, and groups that are not there', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/shop/baskets' }))
  await write('/shop/baskets', [{ level: 'ERROR', host: 'web-1', ms: 900 }, { level: 'ERROR', host: 'web-2', ms: 1500 }, { level: 'ERROR', host: 'web-1', ms: 1200 }])
  await put('slow', '/shop/baskets', 'avg(ms)', { Threshold: 1200 })
  await put('hosts', '/shop/baskets', 'count(*) by host | sort desc')
  await put('nowhere', '/shop/nowhere', 'count(*)')
  await put('no-value', '/shop/baskets', 'max(nothing)', { TreatMissingData: 'breaching' })
  expect((await become('slow', 'OK')).StateReason).toContain('[1200.0 (')
  expect((await become('hosts', 'ALARM')).StateReason).toBe('1 out of 2 contributors evaluated to ALARM')
  const { AlarmContributors } = await server.cloudWatch().send(new DescribeAlarmContributorsCommand({ AlarmName: 'hosts' }))
  expect(AlarmContributors).toMatchObject([{ ContributorAttributes: { host: 'web-1' } }])
  await become('no-value', 'ALARM')
  const nowhere = await eventually(async () => {
    const { LogAlarms } = await server.cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames: ['nowhere'], AlarmTypes: ['LogAlarm'] }))
    return LogAlarms?.[0]?.EvaluationState === undefined ? undefined : LogAlarms[0]
  }, 'it is evaluated', 30_000)
  expect(nowhere).toMatchObject({ StateValue: 'INSUFFICIENT_DATA', EvaluationState: 'EVALUATION_ERROR' })
}, 60_000)
