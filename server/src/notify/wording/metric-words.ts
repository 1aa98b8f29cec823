import type { AlarmFacts } from '../../model/notification.ts'
import { durationText } from './duration.ts'
import { quantity } from './quantity.ts'

type MetricFacts = Pick<AlarmFacts, 'metric' | 'statistic' | 'unit' | 'period' | 'comparison' | 'threshold' | 'value'>

/** `AWS/EC2 CPUUtilization (InstanceId = i-1), Average over 1 minute` */
export const metricText = ({ metric, statistic, period }: MetricFacts): string => {
  const dimensions = metric.dimensions.map(({ name, value }) => `${name} = ${value}`).join(', ')
  const where = dimensions === '' ? '' : ` (${dimensions})`
  return `${metric.namespace} ${metric.name}${where}, ${statistic} over ${durationText(period * 1000)}`
}

/** `> 75%` */
export const thresholdText = (facts: MetricFacts): string =>
  `${COMPARISONS[facts.comparison] ?? facts.comparison} ${quantity(facts.threshold, unitOf(facts), 'full')}`

/** `78%`, or `no data`. A value that rounding would show as the threshold itself is written out. */
export const currentText = (facts: MetricFacts): string => {
  if (facts.value === undefined) return 'no data'
  const unit = unitOf(facts)
  const short = quantity(facts.value, unit)
  return facts.value !== facts.threshold && short === quantity(facts.threshold, unit) ? quantity(facts.value, unit, 'full') : short
}

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '≥',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
}

/** Most alarms name no unit; the name of the metric then often does. */
const unitOf = ({ statistic, unit, metric }: MetricFacts): string | undefined => {
  if (statistic === 'SampleCount' || statistic.startsWith('TC(')) return undefined
  if (statistic.startsWith('PR(')) return 'Percent'
  if (unit !== undefined && unit !== 'None') return unit
  return /(Utilization|[Pp]ercent(age)?)$|^cpu_usage_/.test(metric.name) ? 'Percent' : undefined
}
