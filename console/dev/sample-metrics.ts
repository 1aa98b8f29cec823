import type { Metric } from '../src/aws/shapes.ts'
import type { SampleAlarm } from './sample-alarms.ts'

export const keyOf = (metric: Metric): string =>
  [metric.Namespace, metric.MetricName, ...(metric.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).sort()].join('|')

const HOSTS = ['web-1', 'web-2', 'db-1']
const HOST_METRICS = ['cpu_usage_active', 'mem_used_percent', 'swap_used_percent', 'net_bytes_sent', 'net_bytes_recv', 'system_load1']
const DISK_METRICS = ['disk_used_percent', 'disk_free', 'diskio_read_bytes']

export const sampleMetrics = (alarms: readonly SampleAlarm[]): Metric[] => {
  const metrics: Metric[] = [
    ...HOSTS.flatMap(host => HOST_METRICS.map(MetricName => ({
      Namespace: 'CWAgent', MetricName, Dimensions: [{ Name: 'host', Value: host }],
    }))),
    ...HOSTS.flatMap(host => ['/', '/data'].flatMap(path => DISK_METRICS.map(MetricName => (
      { Namespace: 'CWAgent', MetricName, Dimensions: [{ Name: 'host', Value: host }, { Name: 'path', Value: path }] }
    )))),
    ...alarms.map(({ alarm }) => ({ Namespace: alarm.Namespace, MetricName: alarm.MetricName, Dimensions: alarm.Dimensions })),
  ]
  return [...new Map(metrics.map(metric => [keyOf(metric), metric])).values()]
}

/** A number from 0 to 1 that only depends on its text. */
const chance = (text: string): number => {
  let hash = 2166136261
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  return ((hash ^ (hash >>> 13)) >>> 0) / 0xffffffff
}

/** A believable value: a slow wave with noise around what is usual, or around what breaches while the alarm was on. */
export const sampleValue = (metric: Metric, at: number, owner: SampleAlarm | undefined): number | undefined => {
  const key = keyOf(metric)
  if (owner?.alarm.StateValue === 'INSUFFICIENT_DATA' && at > (owner.alarm.StateTransitionedTimestamp ?? 0) - 600) return undefined
  const state = owner?.changes.findLast(change => change.at - 120 <= at)?.to ?? 'OK'
  const center = owner === undefined ? 20 + 60 * chance(key) : state === 'ALARM' ? owner.breaching : owner.usual
  const wave = Math.sin((at / 5400) * Math.PI + chance(key) * 6) * 0.09
  const noise = (chance(`${key}${at}`) - 0.5) * 0.08
  return Number((center * (1 + (state === 'ALARM' ? noise / 2 : wave + noise))).toFixed(2))
}
