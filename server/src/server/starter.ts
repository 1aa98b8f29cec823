import type { PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch'
import type { Dimension } from '../model/metric.ts'

/** Name of the topic that the starter alarms notify; subscribing to it is all that is left to do. */
export const STARTER_TOPIC = 'alerts'

interface Watched {
  readonly name: string
  readonly dimensions: readonly Dimension[]
}

/** The three alarms of the first start, over the metrics that this machine's collector really has. */
export const starterAlarms = (metrics: readonly Watched[], topicArn: string): readonly PutMetricAlarmCommandInput[] => {
  const find = (name: string, wanted: (dimensions: readonly Dimension[]) => boolean = () => true): Watched | undefined =>
    metrics.find(metric => metric.name === name && wanted(metric.dimensions))
  const has = (name: string, value: string) => (dimensions: readonly Dimension[]): boolean =>
    dimensions.some(dimension => dimension.name === name && dimension.value === value)
  return [
    alarm(find('disk_used_percent', has('path', '/')), topicArn, {
      AlarmName: 'host-disk-space',
      AlarmDescription: 'The disk that holds / is filling up. At 100 % nothing can be written any more.',
      Threshold: 80,
      EvaluationPeriods: 3,
      tags: { Severity: 'P2', Action: 'Find what grows with `du -xh / | sort -h | tail`, delete or move it, or enlarge the disk.' },
    }),
    alarm(find('mem_used_percent'), topicArn, {
      AlarmName: 'host-memory',
      AlarmDescription: 'Memory is running short; the kernel will begin to kill processes.',
      Threshold: 85,
      EvaluationPeriods: 5,
      tags: { Severity: 'P2', Action: 'See who holds it with `ps aux --sort=-rss | head`, restart or limit it.' },
    }),
    alarm(cpuOf(find), topicArn, {
      AlarmName: 'host-cpu',
      AlarmDescription: 'All processors are busy; everything on this machine answers late.',
      Threshold: 90,
      EvaluationPeriods: 5,
      tags: { Severity: 'P3', Action: 'See who uses them with `top`, stop or limit it, or add processors.' },
    }),
  ].filter(definition => definition !== undefined)
}

/** The processor's usage has no value yet in the first round; its dimensions follow from those of the memory. */
const cpuOf = (find: (name: string) => Watched | undefined): Watched | undefined => {
  const memory = find('mem_used_percent')
  return memory === undefined ? undefined : { name: 'cpu_usage_active', dimensions: [{ name: 'cpu', value: 'cpu-total' }, ...memory.dimensions] }
}

interface Starter {
  readonly AlarmName: string
  readonly AlarmDescription: string
  readonly Threshold: number
  readonly EvaluationPeriods: number
  readonly tags: Readonly<Record<string, string>>
}

const alarm = (metric: Watched | undefined, topicArn: string, starter: Starter): PutMetricAlarmCommandInput | undefined => {
  if (metric === undefined) return undefined
  const { tags, ...definition } = starter
  return {
    ...definition,
    Namespace: 'CWAgent',
    MetricName: metric.name,
    Dimensions: metric.dimensions.map(({ name, value }) => ({ Name: name, Value: value })),
    Statistic: 'Average',
    Period: 60,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [topicArn],
    OKActions: [topicArn],
    Tags: Object.entries({ ...tags, Team: 'ops' }).map(([Key, Value]) => ({ Key, Value })),
  }
}
