import { DescribeAlarmHistoryCommand, DescribeAlarmsCommand, PutMetricAlarmCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch'
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns'
import { afterEach, expect, test } from 'vitest'
import { RunningServer, dataFolder, eventually } from './running-server.ts'
import { Webhook } from './webhook.ts'

let server: RunningServer | undefined
let webhook: Webhook | undefined
afterEach(async () => {
  await server?.kill()
  webhook?.close()
})

/** The whole chain on a real clock: an alarm with a period of ten seconds, a webhook, and a power cut in between. */
test('a breach pages, kill -9, recovery pages, and the history is complete', async () => {
  const data = dataFolder()
  const options = { data, args: ['--host-metrics', 'off'], environment: { TOCSIN_EGRESS_ALLOW: '127.0.0.1' } }
  webhook = await Webhook.open()
  server = await RunningServer.start(options)
  const { TopicArn } = await server.sns().send(new CreateTopicCommand({ Name: 'on-call' }))
  await server.sns().send(new SubscribeCommand({ TopicArn, Protocol: 'http', Endpoint: webhook.url }))
  await eventually(() => webhook!.messages.find(({ Type }) => Type === 'SubscriptionConfirmation'), 'the subscription is to be confirmed')
  await server.cloudWatch().send(
    new PutMetricAlarmCommand({
      AlarmName: 'queue', Namespace: 'Shop', MetricName: 'QueueDepth', Statistic: 'Maximum', Period: 10, EvaluationPeriods: 1, Threshold: 100,
      ComparisonOperator: 'GreaterThanThreshold', AlarmActions: [TopicArn!], OKActions: [TopicArn!], TreatMissingData: 'ignore',
    }),
  )
  const publish = (value: number) =>
    server!.cloudWatch().send(new PutMetricDataCommand({ Namespace: 'Shop', MetricData: [{ MetricName: 'QueueDepth', Value: value, StorageResolution: 1 }] }))

  await publish(250)
  const published = Date.now()
  const page = await eventually(() => webhook!.notifications()[0], 'the page arrives', 20_000)
  expect(page.Subject).toBe('ALARM: "queue" in US East (N. Virginia)')
  expect(JSON.parse(page.Message)).toMatchObject({ AlarmName: 'queue', NewStateValue: 'ALARM', Trigger: { MetricName: 'QueueDepth', Period: 10 } })
  const periodEnd = (Math.floor(published / 10_000) + 1) * 10_000
  expect(page.receivedAt - periodEnd).toBeLessThan(2_000)

  await server.kill()
  server = await RunningServer.start(options)
  await publish(3)
  // A page whose delivery was not noted down before the kill comes once more, under its id.
  const ok = await eventually(() => webhook!.notifications().find(({ MessageId }) => MessageId !== page.MessageId), 'the all-clear arrives', 30_000)
  expect(ok.Subject).toBe('OK: "queue" in US East (N. Virginia)')

  const { AlarmHistoryItems = [] } = await server.cloudWatch().send(new DescribeAlarmHistoryCommand({ AlarmName: 'queue', ScanBy: 'TimestampAscending' }))
  const summaries = AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)
  expect(summaries.filter(summary => summary?.startsWith('Alarm'))).toEqual([
    'Alarm "queue" created',
    'Alarm updated from INSUFFICIENT_DATA to ALARM',
    'Alarm updated from ALARM to OK',
  ])
  expect(summaries.filter(summary => summary === `Successfully executed action ${TopicArn}`)).toHaveLength(2)
  const { MetricAlarms } = await server.cloudWatch().send(new DescribeAlarmsCommand({ AlarmNames: ['queue'] }))
  expect(MetricAlarms?.[0]).toMatchObject({ StateValue: 'OK' })
  expect(new Set(webhook.notifications().map(({ MessageId }) => MessageId)).size).toBe(2)
}, 120_000)
