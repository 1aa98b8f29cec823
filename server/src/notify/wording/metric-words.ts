import type { EpochMillis } from '../../base/time.ts'
import type { AlarmFacts, ChildFacts } from '../../model/notification.ts'
import { durationText } from './duration.ts'
import { knownUnit } from './known-units.ts'
import { quantity } from './quantity.ts'

type ValueFacts = Partial<Pick<AlarmFacts, 'metric' | 'statistic' | 'unit' | 'comparison' | 'threshold' | 'value' | 'band' | 'formula'>>
type MetricFacts = ValueFacts & Pick<AlarmFacts, 'metric' | 'statistic' | 'period'>

/** What is watched, as a label and its text: `Metric` with `AWS/EC2 CPUUtilization (InstanceId = i-1), Average over 1 minute`. */
export const watchedText = (facts: MetricFacts): { readonly label: string; readonly value: string } => {
  const { metric, formula, statistic, period } = facts
  const over = period === undefined ? '' : ` over ${durationText(period * 1000)}`
  if (metric !== undefined) {
    const where = metric.dimensions.length === 0 ? '' : ` (${pairs(metric.dimensions.map(({ name, value }) => [name, value]))})`
    return { label: 'Metric', value: `${metric.namespace} ${metric.name}${where}, ${statistic ?? ''}${over}` }
  }
  switch (formula?.kind) {
    case 'expression':
      return { label: 'Expression', value: `${formula.label === undefined ? '' : `${formula.label}: `}${formula.text}${over === '' ? '' : `,${over}`}` }
    case 'query':
      return { label: 'Query', value: formula.text }
    case 'rule':
      return { label: 'Rule', value: formula.text }
    case undefined:
      return { label: 'Metric', value: 'unknown' }
  }
}

/** `> 75%`, or for a band `outside 12 … 34`. Undefined for what has no limit. */
export const thresholdText = (facts: ValueFacts): string | undefined => {
  const { comparison, threshold, band } = facts
  const unit = unitOf(facts)
  if (comparison === undefined) return undefined
  if (threshold !== undefined) return `${COMPARISONS[comparison] ?? comparison} ${quantity(threshold, unit, 'full')}`
  const limit = (value: number | undefined): string => (value === undefined ? '?' : quantity(value, unit))
  switch (comparison) {
    case 'LessThanLowerThreshold':
      return `< ${limit(band?.lower)} (expected at least)`
    case 'GreaterThanUpperThreshold':
      return `> ${limit(band?.upper)} (expected at most)`
    default:
      return `outside the expected ${limit(band?.lower)} … ${limit(band?.upper)}`
  }
}

/** `78%`, or `no data`. A value that rounding would show as its limit is written out. Undefined for what has no value. */
export const currentText = (facts: ValueFacts): string | undefined => {
  const { comparison, value, threshold, band } = facts
  if (comparison === undefined) return undefined
  if (value === undefined) return 'no data'
  const unit = unitOf(facts)
  const short = quantity(value, unit)
  const blurred = [threshold, band?.lower, band?.upper].some(limit => limit !== undefined && value !== limit && short === quantity(limit, unit))
  return blurred ? quantity(value, unit, 'full') : short
}

/** `database-cpu (ALARM for 8 minutes at 78%, threshold > 75%), replica-lag (OK for 3 days at 2 s, threshold > 30 s)`; undefined where no child is known. */
export const childrenText = ({ children = [] }: Pick<AlarmFacts, 'children'>, now: EpochMillis): string | undefined => {
  if (children.length === 0) return undefined
  const more = children.length - CHILDREN_TOLD
  return [...children.slice(0, CHILDREN_TOLD).map(child => childText(child, now)), ...(more > 0 ? [`and ${more} more`] : [])].join(', ')
}

/** As many as still read well in a mail; CloudWatch's own mails name as many. */
const CHILDREN_TOLD = 10

/** The value is the one that its state began with: later ones have changed nothing. */
const childText = (child: ChildFacts, now: EpochMillis): string => {
  const { name, state, since, value } = child
  const lasts = since === undefined || since >= now ? '' : ` for ${durationText(now - since)}`
  const current = value === undefined ? undefined : currentText(child)
  const threshold = thresholdText(child)
  return `${name} (${state}${lasts}${current === undefined ? '' : ` at ${current}`}${threshold === undefined ? '' : `, threshold ${threshold}`})`
}

/** `InstanceId = i-1`; undefined where the alarm watches one series. */
export const contributorText = ({ contributor }: Pick<AlarmFacts, 'contributor'>): string | undefined =>
  contributor === undefined ? undefined : pairs(Object.entries(contributor))

const pairs = (list: readonly (readonly [string, string])[]): string => list.map(([name, value]) => `${name} = ${value}`).join(', ')

const COMPARISONS: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '≥',
  GreaterThanThreshold: '>',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '≤',
}

/** Most alarms name no unit; the metric's name then often says it, or the label of an expression: `Failed calls in %`. */
const unitOf = ({ statistic, unit, metric, formula }: ValueFacts): string | undefined => {
  if (formula?.label !== undefined) return /(%|\bpercent)\)?\s*$/i.test(formula.label) ? 'Percent' : undefined
  if (statistic === undefined || statistic === 'SampleCount' || statistic.startsWith('TC(')) return undefined
  if (statistic.startsWith('PR(')) return 'Percent'
  if (unit !== undefined && unit !== 'None') return unit
  return metric && knownUnit(metric)
}
