import { alarmArn, type Arn, topicArn } from '../src/base/arn.ts'
import type { Tenant } from '../src/base/tenancy.ts'
import { epochMillis } from '../src/base/time.ts'
import { metricAlarm } from '../src/engines/alarms/alarm.test-support.ts'
import type { AlarmHistoryItem, AlarmRecord, AlarmStateValue, Transition } from '../src/model/alarm.ts'
import type { AlarmFacts, Publication } from '../src/model/notification.ts'
import type { Subscription, Topic } from '../src/model/topic.ts'
import { START } from './temporary-control.ts'

export const anAlarm = (tenant: Tenant, name: string, value: AlarmStateValue = 'OK'): AlarmRecord => ({
  alarm: metricAlarm({
    tenant,
    arn: alarmArn(tenant, name),
    name,
    alarmActions: [topicArn(tenant, 'pages')],
    configuredAt: START,
    metric: { namespace: 'CWAgent', name: 'cpu', dimensions: [{ name: 'host', value: 'ä' }] },
    threshold: 0.1 + 0.2,
  }),
  state: { value, reason: 'because', reasonData: '{"a":1}', updatedAt: START, transitionedAt: START },
})

export const aHistoryItem = (tenant: Tenant, alarmName: string, summary = 'created', at = START): AlarmHistoryItem => ({
  tenant,
  alarmName,
  alarmType: 'MetricAlarm',
  at,
  type: 'ConfigurationUpdate',
  summary,
  data: '{}',
})

export const aTopic = (tenant: Tenant, name: string, attributes: Readonly<Record<string, string>> = {}): Topic => ({
  tenant,
  arn: topicArn(tenant, name),
  name,
  attributes,
  createdAt: START,
})

export const aSubscription = (tenant: Tenant, topic: string, id: string, more: Partial<Subscription> = {}): Subscription => ({
  tenant,
  arn: `${topicArn(tenant, topic)}:${id}` as Arn,
  topicArn: topicArn(tenant, topic),
  protocol: 'https',
  endpoint: `https://${id}.example.com/secret-path`,
  owner: `arn:aws:iam::${tenant.account}:root`,
  status: 'confirmed',
  token: `token-${tenant.region}-${id}`,
  tokenExpiresAt: epochMillis(START + 1000),
  confirmationWasAuthenticated: false,
  authenticateOnUnsubscribe: false,
  attributes: {},
  createdAt: START,
  ...more,
})

export const someFacts = (tenant: Tenant, name: string): AlarmFacts => ({
  arn: alarmArn(tenant, name),
  name,
  description: undefined,
  state: 'ALARM',
  previousState: 'OK',
  reason: 'because',
  changedAt: START,
  previousSince: START,
  metric: { namespace: 'CWAgent', name: 'cpu', dimensions: [] },
  statistic: 'Average',
  unit: undefined,
  period: 60,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  comparison: 'GreaterThanThreshold',
  threshold: 1,
  value: 2,
  recent: [null, 2],
  since: START,
  severity: 'P1',
  action: undefined,
  runbook: undefined,
  team: undefined,
})

export const aPublication = (tenant: Tenant, topic: string, messageId: string, more: Partial<Publication> = {}): Publication => ({
  tenant,
  topicArn: topicArn(tenant, topic),
  messageId,
  subject: undefined,
  message: 'hello',
  structure: undefined,
  attributes: {},
  publishedAt: START,
  alarm: undefined,
  ...more,
})

export const aTransition = (record: AlarmRecord, publications: readonly Publication[] = []): Transition => ({
  record,
  history: [aHistoryItem(record.alarm.tenant, record.alarm.name, `to ${record.state.value}`)],
  publications,
})
