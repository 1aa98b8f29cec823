import { alarmArn } from '../../base/arn.ts'
import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis, epochSeconds, seconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import type { AlarmState, MetricAlarm, RecordOf } from '../../model/alarm.ts'

export const tenant = { account: accountId('123456789012'), region: region('us-east-1') }
export const topic = `arn:aws:sns:${tenant.region}:${tenant.account}:ops`

export const at = (iso: string): EpochMillis => epochMillis(Date.parse(iso))
export const second = (iso: string): EpochSeconds => epochSeconds(Date.parse(iso) / 1000)

export const metricAlarm = (changes: Partial<MetricAlarm> = {}): MetricAlarm => {
  const name = changes.name ?? 'cpu'
  return {
    kind: 'metric',
    tenant,
    arn: alarmArn(tenant, name),
    name,
    description: undefined,
    actionsEnabled: true,
    okActions: [],
    alarmActions: [],
    insufficientDataActions: [],
    configuredAt: at('2025-02-02T11:48:52.788Z'),
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
  }
}

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
