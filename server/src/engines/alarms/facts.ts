import { parseArn } from '../../base/arn.ts'
import { epochMillis, toSeconds, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import type { Alarm, AlarmContributor, AlarmRecord, AlarmStateValue, BandComparison, ExpressionAlarm, LogAlarm, StaticComparison, ThresholdAlarm } from '../../model/alarm.ts'
import type { AlarmFacts, ChildFacts, QueriedLogs } from '../../model/notification.ts'
import { triggeringAlarms } from './composite-reason.ts'
import { limitOf } from './limit.ts'
import { member, parsed } from './reason-data-reading.ts'
import { lineSearch } from '../log-alarms/alarm-queries.ts'
import { instantAt } from './schedule.ts'
import { severityOf } from './severity.ts'

export type Tags = Readonly<Record<string, string>>

/** What a composite alarm's state stands on, where all of its alarms are at hand. */
export interface Standing {
  readonly children: readonly ChildFacts[]
  /** Since when the rule has had its value; undefined where no alarm's state decides. */
  readonly since: EpochMillis | undefined
}

/** Lines behind the newest result of a log alarm. */
export interface LogSample {
  /** When the query ran. */
  readonly at: EpochSeconds
  /** By contributor, as it is known by its id; of an alarm without any by ''. */
  readonly lines: ReadonlyMap<string, readonly string[]>
}

/**
 * What messages to people say of a transition: the definition, the evaluated datapoints and the alarm's tags. `contributor`:
 * it is the one that changed, and the records' states are its states.
 */
export const alarmFacts = (
  record: AlarmRecord, previous: AlarmRecord, tags: Tags, contributor?: AlarmContributor, standing?: Standing, sample?: LogSample,
): AlarmFacts => {
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
    ...NOT_APPLICABLE,
    ...watched(alarm, state.reasonData),
    value: points.findLast(point => point.value !== undefined)?.value,
    recent: points.map(point => point.value ?? null),
    ...(standing === undefined ? {} : { children: standing.children }),
    since: began(alarm, state.value, points) ?? standing?.since ?? state.updatedAt,
    severity: severityOf(tag(tags, 'Severity')),
    action: tag(tags, 'Action'),
    runbook: tag(tags, 'Runbook'),
    team: tag(tags, 'Team'),
    ...(contributor === undefined ? {} : { contributor: contributor.attributes }),
    ...(alarm.kind === 'log' ? { logs: queriedLogs(alarm, state.updatedAt, contributor, sample) } : {}),
  }
}

/** A child of a composite alarm, in the words of its own messages. */
export const childFacts = ({ alarm, state }: AlarmRecord): ChildFacts => {
  const points = evaluatedDatapoints(state.reasonData)
  const child = { name: alarm.name, state: state.value, since: stateBegan({ alarm, state }) }
  if (alarm.kind === 'composite' || alarm.kind === 'promql') return child
  const { metric, statistic, unit, comparison, threshold, band, formula } = { ...NOT_APPLICABLE, ...watched(alarm, state.reasonData) }
  return {
    ...child, metric, statistic, unit, comparison, threshold,
    ...(band === undefined ? {} : { band }),
    ...(formula === undefined ? {} : { formula }),
    value: points.findLast(point => point.value !== undefined)?.value,
  }
}

/** Since when what the state says has been so: its oldest datapoint that does, which is before the state changed. */
export const stateBegan = ({ alarm, state }: AlarmRecord): EpochMillis => {
  const { transitionedAt } = state
  return epochMillis(Math.min(transitionedAt, began(alarm, state.value, evaluatedDatapoints(state.reasonData)) ?? transitionedAt))
}

const queriedLogs = (alarm: LogAlarm, changedAt: EpochMillis, contributor: AlarmContributor | undefined, sample: LogSample | undefined): QueriedLogs => {
  const { text: query, start, end } = lineSearch(alarm, sample?.at ?? instantAt(alarm.period, toSeconds(changedAt)), contributor?.attributes)
  return { groups: alarm.groups, query, start, end, lines: sample?.lines.get(contributor?.id ?? '') ?? [] }
}

type Watched = Pick<
  AlarmFacts,
  | 'metric' | 'statistic' | 'unit' | 'period' | 'evaluationPeriods' | 'datapointsToAlarm' | 'comparison' | 'threshold'
  | 'band' | 'formula' | 'children'
>

const NOT_APPLICABLE: Watched = {
  metric: undefined, statistic: undefined, unit: undefined, period: undefined, evaluationPeriods: undefined,
  datapointsToAlarm: undefined, comparison: undefined, threshold: undefined,
}

const watched = (alarm: Alarm, reasonData: string | undefined): Partial<Watched> => {
  switch (alarm.kind) {
    case 'metric':
      return { metric: alarm.metric, statistic: alarm.statistic, unit: alarm.unit, ...measured(alarm, reasonData) }
    case 'expression':
      return { ...queried(alarm), ...measured(alarm, reasonData) }
    case 'promql':
      return { formula: { kind: 'query', text: alarm.query } }
    case 'log':
      return {
        formula: { kind: 'query', text: `${alarm.query} | ${alarm.aggregation}` },
        evaluationPeriods: alarm.evaluationPeriods,
        datapointsToAlarm: alarm.datapointsToAlarm,
        comparison: alarm.comparison,
        threshold: alarm.threshold,
      }
    case 'composite':
      return {
        formula: { kind: 'rule', text: alarm.rule },
        children: triggeringAlarms(reasonData).map(({ arn, value }) => ({ name: nameIn(arn), state: value })),
      }
  }
}

const nameIn = (arn: string): string => parseArn(arn)?.resource.replace(/^alarm:/, '') ?? arn

const measured = (alarm: ThresholdAlarm, reasonData: string | undefined): Partial<Watched> => {
  const limit = limitOf(alarm)
  return {
    period: alarm.period,
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    comparison: limit.comparison,
    ...(limit.kind === 'static' ? { threshold: limit.threshold } : { band: newestBand(reasonData) }),
  }
}

/** The query whose values are watched: an expression's text, or a metric's own name where only the limit is computed. */
const queried = (alarm: ExpressionAlarm): Partial<Watched> => {
  const bandId = alarm.limit.kind === 'band' ? alarm.limit.metricId : undefined
  const query = alarm.queries.find(({ id, returnData }) => returnData && id !== bandId)
  if (query === undefined) return {}
  const { stored, expression } = query
  if (stored !== undefined) return { metric: stored.metric, statistic: stored.statistic, unit: stored.unit }
  return { formula: { kind: 'expression', text: expression ?? '', ...(query.label === undefined ? {} : { label: query.label }) } }
}

const newestBand = (reasonData: string | undefined): { readonly lower: number | undefined; readonly upper: number | undefined } => {
  const data = parsed(reasonData)
  return { lower: numbers(member(data, 'recentLowerThresholds')).at(-1), upper: numbers(member(data, 'recentUpperThresholds')).at(-1) }
}

interface Datapoint {
  readonly at: EpochMillis
  readonly value: number | undefined
  readonly lower: number | undefined
  readonly upper: number | undefined
}

/**
 * The evaluated datapoints, oldest first, out of StateReasonData: the state's own record of what it stands on, so a state
 * that was set by hand or read back after a restart tells the same story. Foreign JSON holds none.
 */
const evaluatedDatapoints = (reasonData: string | undefined): readonly Datapoint[] => {
  const data = parsed(reasonData)
  const list = member(data, 'evaluatedDatapoints') ?? member(data, 'results')
  if (!Array.isArray(list)) return []
  const lower = numbers(member(data, 'recentLowerThresholds'))
  const upper = numbers(member(data, 'recentUpperThresholds'))
  return list
    .map((entry: unknown): Datapoint => {
      const value = member(entry, 'value')
      const timestamp = member(entry, 'timestamp')
      const present = typeof value === 'number'
      return {
        at: epochMillis(typeof timestamp === 'string' ? Date.parse(timestamp.replace('+0000', 'Z')) : NaN),
        value: present ? value : undefined,
        // The limits stand oldest first, one for each datapoint that is there; these come newest first.
        lower: present ? lower.pop() : undefined,
        upper: present ? upper.pop() : undefined,
      }
    })
    .filter(point => !Number.isNaN(point.at))
    .reverse()
}

/** A copy that may be used up. */
const numbers = (value: unknown): (number | undefined)[] =>
  Array.isArray(value) ? value.map((entry: unknown) => (typeof entry === 'number' ? entry : undefined)) : []

/** The oldest datapoint that speaks for the state: a breaching one for ALARM, a sound one for OK, a gap for the third. */
const began = (alarm: Alarm, state: AlarmStateValue, points: readonly Datapoint[]): EpochMillis | undefined => {
  if (alarm.kind === 'promql' || alarm.kind === 'composite') return undefined
  const limit = limitOf(alarm)
  const fill = alarm.treatMissingData === 'breaching' ? 'ALARM' : alarm.treatMissingData === 'notBreaching' ? 'OK' : 'INSUFFICIENT_DATA'
  const speaks = (point: Datapoint): boolean => {
    if (point.value === undefined) return state === fill
    const breaching = limit.kind === 'static' ? crosses(limit.comparison, point.value, limit.threshold) : leaves(limit.comparison, point)
    return state === (breaching ? 'ALARM' : 'OK')
  }
  return points.find(speaks)?.at
}

const crosses = (comparison: StaticComparison, value: number, threshold: number): boolean => {
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

const leaves = (comparison: BandComparison, { value = NaN, lower = NaN, upper = NaN }: Datapoint): boolean => {
  switch (comparison) {
    case 'LessThanLowerThreshold':
      return value < lower
    case 'GreaterThanUpperThreshold':
      return value > upper
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return value < lower || value > upper
  }
}

/** The tag of that name, else one that only differs in its capitals. Empty is not there. */
const tag = (tags: Tags, name: string): string | undefined => {
  if (Object.hasOwn(tags, name) && tags[name] !== '') return tags[name]
  const other = Object.keys(tags).find(key => key.toLowerCase() === name.toLowerCase() && tags[key] !== '')
  return other === undefined ? undefined : tags[other]
}
