import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { AlarmRecord, AlarmStateValue, MetricAlarm, StaticComparison } from '../../model/alarm.ts'
import type { AlarmFacts } from '../../model/notification.ts'
import { severityOf } from './severity.ts'

export type Tags = Readonly<Record<string, string>>

/** What messages to people say of a transition: the definition, the evaluated datapoints and the alarm's tags. */
export const alarmFacts = (record: AlarmRecord, previous: AlarmRecord, tags: Tags): AlarmFacts => {
  const { alarm, state } = record
  const points = evaluatedDatapoints(state.reasonData)
  return {
    arn: alarm.arn,
    name: alarm.name,
    description: alarm.description,
    state: state.value,
    previousState: previous.state.value,
    reason: state.reason,
    changedAt: state.updatedAt,
    previousSince: previous.state.transitionedAt,
    metric: alarm.metric,
    statistic: alarm.statistic,
    unit: alarm.unit,
    period: alarm.period,
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    comparison: alarm.comparison,
    threshold: alarm.threshold,
    value: points.findLast(point => point.value !== undefined)?.value,
    recent: points.map(point => point.value ?? null),
    since: began(alarm, state.value, points) ?? state.updatedAt,
    severity: severityOf(tag(tags, 'Severity')),
    action: tag(tags, 'Action'),
    runbook: tag(tags, 'Runbook'),
    team: tag(tags, 'Team'),
  }
}

interface Datapoint {
  readonly at: EpochMillis
  readonly value: number | undefined
}

/**
 * The evaluated datapoints, oldest first, out of StateReasonData: the state's own record of what it stands on, so a state
 * that was set by hand or read back after a restart tells the same story. Foreign JSON holds none.
 */
const evaluatedDatapoints = (reasonData: string | undefined): readonly Datapoint[] => {
  if (reasonData === undefined) return []
  const list = member(parsed(reasonData), 'evaluatedDatapoints')
  if (!Array.isArray(list)) return []
  return list
    .map((entry: unknown): Datapoint => {
      const value = member(entry, 'value')
      const timestamp = member(entry, 'timestamp')
      return {
        at: epochMillis(typeof timestamp === 'string' ? Date.parse(timestamp.replace('+0000', 'Z')) : NaN),
        value: typeof value === 'number' ? value : undefined,
      }
    })
    .filter(point => !Number.isNaN(point.at))
    .reverse()
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const member = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, name) ? (value as Readonly<Record<string, unknown>>)[name] : undefined

/** The oldest datapoint that speaks for the state: a breaching one for ALARM, a sound one for OK, a gap for the third. */
const began = (alarm: MetricAlarm, state: AlarmStateValue, points: readonly Datapoint[]): EpochMillis | undefined => {
  const fill = alarm.treatMissingData === 'breaching' ? 'ALARM' : alarm.treatMissingData === 'notBreaching' ? 'OK' : 'INSUFFICIENT_DATA'
  const speaks = ({ value }: Datapoint): boolean => {
    if (value === undefined) return state === fill
    return state === (breaches(alarm.comparison, value, alarm.threshold) ? 'ALARM' : 'OK')
  }
  return points.find(speaks)?.at
}

const breaches = (comparison: StaticComparison, value: number, threshold: number): boolean => {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return value > threshold
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'LessThanThreshold':
      return value < threshold
    case 'LessThanOrEqualToThreshold':
      return value <= threshold
  }
}

/** The tag of that name, else one that only differs in its capitals. Empty is not there. */
const tag = (tags: Tags, name: string): string | undefined => {
  if (Object.hasOwn(tags, name) && tags[name] !== '') return tags[name]
  const other = Object.keys(tags).find(key => key.toLowerCase() === name.toLowerCase() && tags[key] !== '')
  return other === undefined ? undefined : tags[other]
}
