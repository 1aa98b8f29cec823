import type { Alarm, StateValue } from '../src/aws/shapes.ts'

export const ACCOUNT = '000000000000'
export const REGION = 'us-east-1'
export const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:on-call`
export const alarmArn = (name: string): string => `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${name}`

export interface SampleAlarm {
  alarm: Alarm
  tags: Record<string, string>
  /** Changes of state, oldest first; epoch seconds. */
  changes: { at: number; from: StateValue; to: StateValue; reason: string }[]
  usual: number
  breaching: number
}

type Change = readonly [minutesAgo: number, to: StateValue]

const sample = (
  now: number,
  definition: Alarm,
  tags: Record<string, string>,
  values: readonly [usual: number, breaching: number],
  history: readonly Change[],
): SampleAlarm => {
  const name = definition.AlarmName ?? ''
  let from: StateValue = 'INSUFFICIENT_DATA'
  const changes = history.map(([minutes, to]) => {
    const value = to === 'ALARM' ? values[1] : values[0]
    const reason = to === 'INSUFFICIENT_DATA'
      ? 'Insufficient Data: 1 datapoint was unknown.'
      : `Threshold Crossed: 1 datapoint [${value} (21/11/26 09:14:00)] was ${to === 'OK' ? 'not ' : ''}greater than ` +
        `the threshold (${definition.Threshold}).`
    const change = { at: now - minutes * 60, from, to, reason }
    from = to
    return change
  })
  const last = changes.at(-1)
  const alarm: Alarm = {
    AlarmArn: alarmArn(name), ActionsEnabled: true, AlarmActions: [TOPIC], OKActions: [TOPIC], InsufficientDataActions: [], Dimensions: [],
    AlarmConfigurationUpdatedTimestamp: now - 9 * 86_400, StateValue: from,
    ...(last !== undefined && last.to !== 'INSUFFICIENT_DATA' && {
      StateReasonData: reasonData(last.at, last.to === 'ALARM' ? values[1] : values[0]),
    }),
    StateReason: last?.reason ?? 'Unchecked: Initial alarm creation', StateUpdatedTimestamp: last?.at ?? now,
    StateTransitionedTimestamp: last?.at ?? now, Statistic: 'Average', Period: 60, EvaluationPeriods: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold', ...definition,
  }
  return { alarm, tags, changes, usual: values[0], breaching: values[1] }
}

const reasonData = (at: number, value: number): string => JSON.stringify({
  version: '1.0',
  evaluatedDatapoints: [value, value + 1, undefined, value - 0.5].map((each, index) => ({
    timestamp: new Date((Math.floor(at / 60) - 1 - index) * 60_000).toISOString().replace('Z', '+0000'), value: each,
  })),
})

const host = [{ Name: 'host', Value: 'web-1' }]

export const sampleAlarms = (now: number): SampleAlarm[] => [
  sample(now, {
    AlarmName: 'Database CPU > 75%', AlarmDescription: 'The orders database has no headroom left; checkouts slow down next.',
    Namespace: 'AWS/RDS', MetricName: 'CPUUtilization', Dimensions: [{ Name: 'DBInstanceIdentifier', Value: 'orders-db' }], Unit: 'Percent',
    Threshold: 75, ComparisonOperator: 'GreaterThanThreshold', EvaluationPeriods: 5, DatapointsToAlarm: 3, TreatMissingData: 'breaching',
  }, {
    Severity: 'P1', Team: 'Payments', Action: 'Check for long queries, then add a read replica',
    Runbook: 'https://wiki.example.com/runbooks/orders-db-cpu',
  }, [46, 78], [[1500, 'OK'], [410, 'ALARM'], [372, 'OK'], [118, 'ALARM'], [96, 'OK'], [8, 'ALARM']]),
  sample(now, {
    AlarmName: 'checkout/latency p99', Namespace: 'Shop', MetricName: 'Latency', ExtendedStatistic: 'p99', Statistic: undefined,
    Unit: 'Milliseconds',
    Dimensions: [{ Name: 'Service', Value: 'checkout' }], Threshold: 800, Period: 10, EvaluationPeriods: 6, DatapointsToAlarm: 4,
  }, { Severity: 'P2', Team: 'Payments' }, [310, 1240], [[1500, 'OK'], [47, 'ALARM']]),
  sample(now, {
    AlarmName: 'tocsin-disk-used', Namespace: 'CWAgent', MetricName: 'disk_used_percent',
    Dimensions: [...host, { Name: 'path', Value: '/' }], Threshold: 80, Unit: 'Percent',
    AlarmDescription: 'A disk of this machine is nearly full.',
  }, { Severity: 'P2' }, [61, 84], [[1440, 'OK']]),
  sample(now, {
    AlarmName: 'tocsin-memory-used', Namespace: 'CWAgent', MetricName: 'mem_used_percent', Dimensions: host, Threshold: 85,
    Unit: 'Percent',
  },
    { Severity: 'P2' }, [54, 91], [[1440, 'OK'], [700, 'ALARM'], [640, 'OK']]),
  sample(now, {
    AlarmName: 'tocsin-cpu-usage', Namespace: 'CWAgent', MetricName: 'cpu_usage_active', Dimensions: host, Threshold: 90,
    Unit: 'Percent', EvaluationPeriods: 3,
  },
    { Severity: 'P3' }, [22, 95], [[1440, 'OK']]),
  sample(now, {
    AlarmName: 'orders-low', Namespace: 'Shop', MetricName: 'Orders', Statistic: 'Sum', Period: 300, EvaluationPeriods: 2, Threshold: 1,
    ComparisonOperator: 'LessThanThreshold', Unit: 'Count',
  }, { Severity: 'P3', Team: 'Shop' }, [120, 0], [[1440, 'OK'], [31, 'INSUFFICIENT_DATA']]),
  sample(now, {
    AlarmName: 'queue-depth', Namespace: 'Shop', MetricName: 'QueueDepth', Statistic: 'Maximum', Threshold: 5000, ActionsEnabled: false,
    Dimensions: [{ Name: 'Queue', Value: 'mail' }],
  }, { Severity: 'P4' }, [410, 5600], [[1440, 'OK']]),
  sample(now, {
    AlarmName: 'Größe 100% "quoted" & <odd>', Namespace: 'Shop', MetricName: 'CacheHitRate', Threshold: 60,
    ComparisonOperator: 'LessThanThreshold', Unit: 'Percent',
  }, { Severity: 'Info' }, [93, 41], [[1440, 'OK']]),
  sample(now, {
    AlarmName: 'uploads-bandwidth', Namespace: 'Shop', MetricName: 'UploadBytes', Unit: 'Bytes/Second', Threshold: 80_000_000, Period: 300,
  }, {}, [32_000_000, 91_000_000], [[1440, 'OK']]),
  sample(now, {
    AlarmName: 'nightly-backup-age', Namespace: 'Backups', MetricName: 'AgeSeconds', Unit: 'Seconds', Statistic: 'Minimum',
    Threshold: 93_600, Period: 3600, TreatMissingData: 'breaching', ComparisonOperator: 'GreaterThanThreshold',
  },
    { Severity: 'P3' }, [43_000, 99_000], [[4000, 'OK']]),
]
