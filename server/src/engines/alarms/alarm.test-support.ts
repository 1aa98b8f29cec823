import { alarmArn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, seconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import type { AlarmQuery, AlarmState, CompositeAlarm, ExpressionAlarm, LogAlarm, MetricAlarm, PromqlAlarm, RecordOf } from '../../model/alarm.ts'

export const tenant = { account: accountId('123456789012'), region: region('us-east-1') }
export const topic = `arn:aws:sns:${tenant.region}:${tenant.account}:ops`

export const at = (iso: string): EpochMillis => epochMillis(Date.parse(iso))
export const second = (iso: string): EpochSeconds => epochSeconds(Date.parse(iso) / 1000)

const named = (name = 'cpu') => ({
  tenant,
  arn: alarmArn(tenant, name),
  name,
  description: undefined,
  actionsEnabled: true,
  okActions: [],
  alarmActions: [],
  insufficientDataActions: [],
  configuredAt: at('2025-02-02T11:48:52.788Z'),
})

export const metricAlarm = (changes: Partial<MetricAlarm> = {}): MetricAlarm => ({
  kind: 'metric',
  ...named(changes.name),
  metric: { namespace: 'App', name: 'Latency', dimensions: [{ name: 'InstanceId', value: 'abc' }] },
  statistic: 'Average',
  unit: undefined,
  period: seconds(60),
  evaluationPeriods: 1,
  datapointsToAlarm: undefined,
  threshold: 21,
  comparison: 'GreaterThanThreshold',
  treatMissingData: undefined,
  evaluateLowSampleCountPercentile: undefined,
  ...changes,
})

/** A stored metric of an alarm's `Metrics`, every minute. */
export const storedQuery = (id: string, changes: Partial<AlarmQuery> = {}): AlarmQuery => ({
  ...expressionQuery(id, ''),
  returnData: false,
  expression: undefined,
  stored: { metric: { namespace: 'App', name: id, dimensions: [] }, period: seconds(60), statistic: 'Sum', unit: undefined },
  ...changes,
})

const expressionQuery = (id: string, expression: string, changes: Partial<AlarmQuery> = {}): AlarmQuery => ({
  id, label: undefined, returnData: true, account: undefined, expression, period: undefined, stored: undefined, ...changes,
})

export const expressionAlarm = (changes: Partial<ExpressionAlarm> = {}): ExpressionAlarm => ({
  kind: 'expression',
  ...named(changes.name),
  period: seconds(60),
  evaluationPeriods: 1,
  datapointsToAlarm: undefined,
  treatMissingData: undefined,
  evaluateLowSampleCountPercentile: undefined,
  queries: [expressionQuery('e1', 'm1 / m2', { label: 'Error rate' }), storedQuery('m1'), storedQuery('m2')],
  limit: { kind: 'static', comparison: 'GreaterThanThreshold', threshold: 0.5 },
  ...changes,
})

/** On a stored metric that leaves its band. */
export const bandAlarm = (changes: Partial<ExpressionAlarm> = {}): ExpressionAlarm =>
  expressionAlarm({
    queries: [storedQuery('m1', { returnData: true }), expressionQuery('ad1', 'ANOMALY_DETECTION_BAND(m1, 2)')],
    limit: { kind: 'band', comparison: 'LessThanLowerOrGreaterThanUpperThreshold', metricId: 'ad1' },
    ...changes,
  })

export const promqlAlarm = (changes: Partial<PromqlAlarm> = {}): PromqlAlarm => ({
  kind: 'promql',
  ...named(changes.name),
  query: 'up == 0',
  pendingPeriod: seconds(120),
  recoveryPeriod: seconds(60),
  evaluationInterval: seconds(30),
  ...changes,
})

export const logAlarm = (changes: Partial<LogAlarm> = {}): LogAlarm => ({
  kind: 'log',
  ...named(changes.name),
  query: 'fields @message | filter level = "ERROR"',
  groups: ['/app/orders'],
  aggregation: 'count(*)',
  schedule: 'rate(5 minutes)',
  period: seconds(300),
  startOffset: seconds(300),
  endOffset: seconds(0),
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  treatMissingData: undefined,
  evaluateLowSampleCountPercentile: undefined,
  threshold: 100,
  comparison: 'GreaterThanThreshold',
  lines: 0,
  queryRole: `arn:aws:iam::${tenant.account}:role/queries`,
  linesRole: undefined,
  ...changes,
})

export const compositeAlarm = (changes: Partial<CompositeAlarm> = {}): CompositeAlarm => ({
  kind: 'composite',
  ...named(changes.name),
  rule: 'ALARM(a) OR ALARM(b)',
  suppressor: undefined,
  ...changes,
})

export const alarmState = (changes: Partial<AlarmState> = {}): AlarmState => ({
  value: 'OK',
  reason: 'Unchecked: Initial alarm creation',
  reasonData: undefined,
  updatedAt: at('2025-02-02T11:50:00Z'),
  transitionedAt: at('2025-02-02T11:50:00Z'),
  ...changes,
})

export const alarmRecord = (alarm: Partial<MetricAlarm> = {}, state: Partial<AlarmState> = {}): RecordOf<MetricAlarm> => ({
  alarm: metricAlarm(alarm),
  state: alarmState(state),
})
