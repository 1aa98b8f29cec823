import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis, Seconds } from '../base/time.ts'
import type { MetricIdentity, Unit } from './metric.ts'
import type { Publication } from './notification.ts'

export type AlarmStateValue = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

export type StaticComparison =
  | 'GreaterThanOrEqualToThreshold'
  | 'GreaterThanThreshold'
  | 'LessThanThreshold'
  | 'LessThanOrEqualToThreshold'

export type MissingDataTreatment = 'breaching' | 'notBreaching' | 'ignore' | 'missing'

/** What every kind of alarm has. Absent optional members were never given, and describe answers leave them out. */
export interface AlarmBase {
  readonly tenant: Tenant
  readonly arn: Arn
  readonly name: string
  readonly description: string | undefined
  readonly actionsEnabled: boolean
  readonly okActions: readonly string[]
  readonly alarmActions: readonly string[]
  readonly insufficientDataActions: readonly string[]
  readonly configuredAt: EpochMillis
}

/** An alarm on one stored metric. `statistic` is the text as given: `Average`, `p99`, `TM(10%:90%)`. */
export interface MetricAlarm extends AlarmBase {
  readonly kind: 'metric'
  readonly metric: MetricIdentity
  readonly statistic: string
  readonly unit: Unit | undefined
  readonly period: Seconds
  readonly evaluationPeriods: number
  /** M of N; undefined when it was not set (the texts of reasons differ from M = N). */
  readonly datapointsToAlarm: number | undefined
  readonly threshold: number
  readonly comparison: StaticComparison
  readonly treatMissingData: MissingDataTreatment | undefined
  readonly evaluateLowSampleCountPercentile: 'evaluate' | 'ignore' | undefined
}

/** The union grows: metric math, anomaly bands, PromQL, composite. Switches over `kind` are exhaustive. */
export type Alarm = MetricAlarm

export interface AlarmState {
  readonly value: AlarmStateValue
  readonly reason: string
  /** A JSON document, or undefined where none was given. */
  readonly reasonData: string | undefined
  /** Last change of anything in the state. */
  readonly updatedAt: EpochMillis
  /** Last change of `value`. */
  readonly transitionedAt: EpochMillis
}

export interface AlarmRecord {
  readonly alarm: Alarm
  readonly state: AlarmState
}

export type HistoryItemType = 'ConfigurationUpdate' | 'StateUpdate' | 'Action' | 'AlarmContributorStateUpdate' | 'AlarmContributorAction'

export interface AlarmHistoryItem {
  readonly tenant: Tenant
  readonly alarmName: string
  readonly alarmType: 'MetricAlarm' | 'CompositeAlarm'
  readonly at: EpochMillis
  readonly type: HistoryItemType
  /** At most 255 characters. */
  readonly summary: string
  /** A JSON document of at most 4095 characters. */
  readonly data: string
}

/** One alarm's step from a state to another, with all that must be committed with it, in one transaction. */
export interface Transition {
  readonly record: AlarmRecord
  /**
   * The state that it was decided upon. Where the store holds another one by now, or another definition, it does not take
   * place. Absent: it takes place whatever the state is.
   */
  readonly basedOn?: AlarmState
  readonly history: readonly AlarmHistoryItem[]
  readonly publications: readonly Publication[]
}

export interface HistoryQuery {
  readonly tenant: Tenant
  readonly alarmName: string | undefined
  readonly alarmTypes: readonly ('MetricAlarm' | 'CompositeAlarm')[]
  readonly type: HistoryItemType | undefined
  /** Inclusive. */
  readonly from: EpochMillis | undefined
  /** Inclusive. */
  readonly to: EpochMillis | undefined
  readonly newestFirst: boolean
  readonly limit: number
  readonly offset: number
}
