import { expect, test } from 'vitest'
import type { LogRow, LogSearcher, LogSearchRequest } from '../../src/jobs/alarm-rounds/ports.ts'
import { OURS } from '../temporary-control.ts'
import type { Command } from './example-commands.ts'
import { WatchedSystem } from './watched-system.ts'

const TOPIC = `arn:aws:sns:${OURS.region}:${OURS.account}:ops`
const subscribe = (Protocol: string, Endpoint: string): Command => ({ service: 'sns', operation: 'Subscribe', input: { TopicArn: TOPIC, Protocol, Endpoint } })

const alarm = (AlarmName: string, AggregationExpression: string, input: object): Command => ({
  service: 'cloudwatch',
  operation: 'PutLogAlarm',
  input: {
    AlarmName,
    ScheduledQueryConfiguration: {
      QueryString: 'fields @timestamp, @message, host | filter level = "ERROR"',
      LogGroupIdentifiers: ['/shop/orders'],
      ScheduledQueryRoleARN: `arn:aws:iam::${OURS.account}:role/queries`,
      ScheduleConfiguration: { ScheduleExpression: 'rate(1 minute)', StartTimeOffset: 60 },
      AggregationExpression,
    },
    ActionLogLineRoleArn: `arn:aws:iam::${OURS.account}:role/lines`,
    OKActions: [TOPIC],
    AlarmActions: [TOPIC],
    ...input,
  },
})

const COMMANDS: readonly Command[] = [
  { service: 'sns', operation: 'CreateTopic', input: { Name: 'ops' } },
  subscribe('https', 'https://hooks.slack.com/services/T000/B000/ops'),
  subscribe('https', `https://events.pagerduty.com/integration/${'0'.repeat(32)}/enqueue`),
  subscribe('email', 'on-call@shop.example'),
  subscribe('http', 'http://receiver.example/'),
  alarm('orders-fail', 'count(*)', {
    AlarmDescription: 'Orders cannot be written', QueryResultsToEvaluate: 3, QueryResultsToAlarm: 2, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold',
    ActionLogLineCount: 2, Tags: [{ Key: 'Severity', Value: 'P1' }, { Key: 'Action', Value: 'Look at the database of orders' }],
  }),
  alarm('hosts-fail', 'count(*) by host | sort desc', {
    QueryResultsToEvaluate: 1, QueryResultsToAlarm: 1, Threshold: 2, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching', ActionLogLineCount: 1,
  }),
]

/** The errors of the minute that a search looks at, by host; searches are answered as Logs Insights would. */
class Orders implements LogSearcher {
  errors: Readonly<Record<string, number>> = {}

  find(_: unknown, { text, end, limit }: LogSearchRequest): Promise<{ readonly rows: readonly LogRow[] }> {
    const time = new Date(end - 29_999).toISOString().replace('T', ' ').replace('Z', '')
    const line = (host: string): LogRow => [
      { field: '@timestamp', value: time }, { field: '@message', value: JSON.stringify({ level: 'ERROR', host, message: 'connection refused' }) }, { field: 'host', value: host },
    ]
    const hosts = Object.entries(this.errors)
    if (text.includes(' by host')) return rows(hosts.map(([host, count]) => [{ field: 'host', value: host }, { field: 'value', value: String(count) }]))
    if (text.includes('stats')) return rows([[{ field: 'value', value: String(hosts.reduce((sum, [, count]) => sum + count, 0)) }]])
    const asked = hosts.filter(([host]) => !text.includes('filter host =') || text.includes(`'${host}'`))
    return rows(asked.flatMap(([host, count]) => Array.from({ length: count }, () => line(host))).slice(0, limit))
  }
}
const rows = (found: readonly LogRow[]) => Promise.resolve({ rows: found })

test('orders fail on one host, then on two, and are well again', async () => {
  const orders = new Orders()
  const system = await WatchedSystem.open('2026-03-02T08:00:00Z', COMMANDS, OURS, orders)
  const lines: string[] = []
  const note = (what: string): void => void lines.push(`==== ${what}`, system.messages.take() || '(nothing was sent)\n')
  await system.minutes(2)
  note('The alarms were created and find all well')
  orders.errors = { 'web-1': 3 }
  await system.minutes(1)
  note('web-1 fails')
  await system.minutes(1)
  note('web-1 still fails')
  orders.errors = { 'web-1': 1, 'web-2': 2 }
  await system.minutes(1)
  note('web-2 fails more than web-1')
  orders.errors = {}
  await system.minutes(1)
  note('All is well')
  expect(await system.becomes('orders-fail', 'OK', 3)).toBe(1)
  note('orders-fail: ALARM -> OK')
  await system.close()
  await expect(lines.join('\n')).toMatchFileSnapshot('logs.txt')
}, 60_000)
