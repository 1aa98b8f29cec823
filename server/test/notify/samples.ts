import { alarmArn, topicArn } from '../../src/base/arn.ts'
import { accountId, region, type Tenant } from '../../src/base/tenancy.ts'
import { epochMillis } from '../../src/base/time.ts'
import type { AlarmFacts, Delivery, DeliveryTarget, Publication } from '../../src/model/notification.ts'
import type { Picture } from '../../src/notify/channel.ts'

export const tenant: Tenant = { account: accountId('123456789012'), region: region('us-east-1') }
export const START = epochMillis(Date.UTC(2026, 0, 1, 12, 0, 0))
const MINUTE = 60_000

export const alarm = (changes: Partial<AlarmFacts> = {}): AlarmFacts => ({
  arn: alarmArn(tenant, 'Database CPU'),
  name: 'Database CPU',
  description: 'The primary is short of CPU',
  state: 'ALARM',
  previousState: 'OK',
  reason: 'Threshold Crossed: 1 datapoint [78.0 (01/01/26 11:52:00)] was greater than the threshold (75.0).',
  changedAt: START,
  previousSince: epochMillis(START - 600 * MINUTE),
  metric: { namespace: 'AWS/RDS', name: 'CPUUtilization', dimensions: [{ name: 'DBInstanceIdentifier', value: 'orders' }] },
  statistic: 'Average',
  unit: 'Percent',
  period: 60,
  evaluationPeriods: 8,
  datapointsToAlarm: 8,
  comparison: 'GreaterThanThreshold',
  threshold: 75,
  value: 78,
  recent: [77, 78],
  since: epochMillis(START - 8 * MINUTE),
  severity: 'P1',
  action: 'Fail over to the replica',
  runbook: 'https://wiki.example.org/db-cpu',
  team: 'Data',
  ...changes,
})

/** A PNG of one pixel. */
export const picture: Picture & { readonly url: string } = {
  png: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
  width: 600,
  alt: 'Chart of "CPU" & more',
  url: 'https://tocsin.example.org/pictures/0123.png',
}

export const publication = (changes: Partial<Publication> = {}): Publication => ({
  tenant,
  topicArn: topicArn(tenant, 'ops'),
  messageId: '4d4dc071-ddbf-465d-bba8-08f81c89da64',
  subject: 'My subject',
  message: 'My Test Message',
  structure: undefined,
  attributes: {},
  publishedAt: START,
  alarm: undefined,
  ...changes,
})

/** What an alarm's action publishes: AWS's JSON per protocol, with the facts beside it. */
export const alarmPublication = (facts: AlarmFacts, messageId: string): Publication =>
  publication({
    messageId,
    subject: `${facts.state}: "${facts.name}" in US East (N. Virginia)`,
    message: JSON.stringify({
      default: JSON.stringify({ AlarmName: facts.name, NewStateValue: facts.state }),
      email: 'You are receiving this email because …',
    }),
    structure: 'json',
    publishedAt: facts.changedAt,
    alarm: facts,
  })

export const target = (changes: Partial<DeliveryTarget> = {}): DeliveryTarget => ({
  arn: `${topicArn(tenant, 'ops')}:2bcfbf39-05c3-41de-beaa-fcfcc21c8f55`,
  topicArn: topicArn(tenant, 'ops'),
  topicDisplayName: '',
  protocol: 'http',
  endpoint: 'http://127.0.0.1:1/',
  rawMessageDelivery: false,
  signatureVersion: '1',
  deliveryPolicy: undefined,
  ...changes,
})

export const delivery = (changes: Partial<Delivery> = {}): Delivery => ({
  id: changes.publication?.messageId ?? 'delivery-1',
  tenant,
  type: 'Notification',
  publication: publication(),
  subscription: target(),
  token: undefined,
  attempts: 0,
  ...changes,
})
