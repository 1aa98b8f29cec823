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

export type BandComparison = 'LessThanLowerOrGreaterThanUpperThreshold' | 'LessThanLowerThreshold' | 'GreaterThanUpperThreshold'

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
  /** Absent: what ActionConfiguration can say was never said. */
  readonly tagsPropagation?: TagsPropagation
  /** Of all but composite alarms. */
  readonly warmUp?: WarmUp
}

/** An alarm is not judged for so long, or only until data fill its window. */
export interface WarmUp {
  readonly minutes: number
  /** As given: whether it lasts its whole length, whatever data there are. */
  readonly whole?: boolean
  /** When the alarm was given it. */
  readonly since: EpochMillis
  /** It was over when the alarm was defined anew: another length does not bring it back. */
  readonly over?: true
}

/** Which of the alarm's tags its notifications and events carry; all of them where no keys are listed. One list at most is there. */
export interface TagsPropagation {
  readonly enabled: boolean
  readonly included?: readonly string[]
  readonly excluded?: readonly string[]
}

/** M of N over periods, and what a period without data counts as. */
export interface PeriodicAlarm extends AlarmBase {
  readonly period: Seconds
  readonly evaluationPeriods: number
  /** M of N; undefined when it was not set (the texts of reasons differ from M = N). */
  readonly datapointsToAlarm: number | undefined
  readonly treatMissingData: MissingDataTreatment | undefined
  readonly evaluateLowSampleCountPercentile: 'evaluate' | 'ignore' | undefined
  /** Absent: sliding, and never said so. */
  readonly window?: AlarmWindow
}

/** Where the periods that are looked at begin: wherever an evaluation has them end, or where the calendar has them begin. */
export type AlarmWindow = { readonly kind: 'sliding' } | WallClockWindow

export interface WallClockWindow {
  readonly kind: 'wall-clock'
  /** As given: `America/New_York`, `+05:30`, `UTC+05:30`; undefined: UTC. */
  readonly timeZone: string | undefined
}

/** An alarm on one stored metric. `statistic` is the text as given: `Average`, `p99`, `TM(10%:90%)`. */
export interface MetricAlarm extends PeriodicAlarm {
  readonly kind: 'metric'
  readonly metric: MetricIdentity
  readonly statistic: string
  readonly unit: Unit | undefined
  readonly threshold: number
  readonly comparison: StaticComparison
}

/** A stored metric that a query reads. `statistic` is the text as given. */
export interface QueriedMetric {
  readonly metric: MetricIdentity
  readonly period: Seconds
  readonly statistic: string
  readonly unit: Unit | undefined
}

/** One element of an alarm's `Metrics`: a stored metric or an expression over the others; exactly one of the two is there. */
export interface AlarmQuery {
  readonly id: string
  readonly label: string | undefined
  readonly returnData: boolean
  readonly account: string | undefined
  readonly expression: string | undefined
  /** Of an expression, where it was given. */
  readonly period: Seconds | undefined
  readonly stored: QueriedMetric | undefined
}

/** When a value breaches: above or below a number, or outside the band that the query `metricId` yields. */
export type AlarmLimit =
  | { readonly kind: 'static'; readonly comparison: StaticComparison; readonly threshold: number }
  | { readonly kind: 'band'; readonly comparison: BandComparison; readonly metricId: string }

/**
 * An alarm on metric math, an anomaly band or a Metrics Insights query. `period` is the one that all its queries have. Where
 * the query yields several series (GROUP BY), each is a contributor with a state of its own.
 */
export interface ExpressionAlarm extends PeriodicAlarm {
  readonly kind: 'expression'
  readonly queries: readonly AlarmQuery[]
  readonly limit: AlarmLimit
}

/** An alarm on an instant query: every series that it yields is a breaching contributor. */
export interface PromqlAlarm extends AlarmBase {
  readonly kind: 'promql'
  readonly query: string
  /** How long a series must be there before it alarms. */
  readonly pendingPeriod: Seconds
  /** How long it must be gone before it is over. */
  readonly recoveryPeriod: Seconds
  readonly evaluationInterval: Seconds
}

/**
 * An alarm on what a Logs Insights query finds, run every `period`: each run is one result, or one of every contributor where the
 * aggregation groups. M of the newest N results (`datapointsToAlarm`, `evaluationPeriods`) decide.
 */
export interface LogAlarm extends PeriodicAlarm {
  readonly kind: 'log'
  /** Without its aggregation: what it finds are the lines that messages show. */
  readonly query: string
  /** Names or ARNs, as given; none where the query's SOURCE names them. */
  readonly groups: readonly string[]
  /** As given: `count(*) by host | sort desc`. */
  readonly aggregation: string
  /** As given: `rate(5 minutes)`. */
  readonly schedule: string
  /** A run at T looks at what happened from T − startOffset up to T − endOffset. */
  readonly startOffset: Seconds
  readonly endOffset: Seconds
  readonly threshold: number
  readonly comparison: StaticComparison
  /** How many of the query's lines messages show. */
  readonly lines: number
  /** Recorded and shown. */
  readonly queryRole: string
  readonly linesRole: string | undefined
}

/** An alarm on the states of others. `suppressor` is a name or an ARN, as given. */
export interface CompositeAlarm extends AlarmBase {
  readonly kind: 'composite'
  readonly rule: string
  readonly suppressor: ActionsSuppressor | undefined
}

export interface ActionsSuppressor {
  readonly alarm: string
  readonly waitPeriod: Seconds
  readonly extensionPeriod: Seconds
}

/** Alarms on metrics that hold values against a limit. */
export type MeasuredAlarm = MetricAlarm | ExpressionAlarm

/** Alarms that hold values against a limit, M of N. */
export type ThresholdAlarm = MeasuredAlarm | LogAlarm

/** Switches over `kind` are exhaustive. */
export type Alarm = MetricAlarm | ExpressionAlarm | PromqlAlarm | LogAlarm | CompositeAlarm

/** What AWS calls it. */
export type AlarmType = 'MetricAlarm' | 'CompositeAlarm' | 'LogAlarm'

export const alarmTypeOf = ({ kind }: Pick<Alarm, 'kind'>): AlarmType =>
  kind === 'composite' ? 'CompositeAlarm' : kind === 'log' ? 'LogAlarm' : 'MetricAlarm'

/** The evaluation itself did not go as it should: DescribeAlarms' EvaluationState. */
export type EvaluationState = 'PARTIAL_DATA' | 'EVALUATION_ERROR' | 'EVALUATION_FAILURE'

/** A composite alarm's actions are being held back. */
export interface Suppression {
  readonly by: 'WaitPeriod' | 'ExtensionPeriod' | 'Alarm'
  readonly since: EpochMillis
  /** When the period ends; undefined while the suppressor is in ALARM. */
  readonly until: EpochMillis | undefined
  /** What the alarm was when its held actions would have run; absent: no change has happened whose actions are held. */
  readonly held?: FormerState
}

/** What an alarm was before a change whose actions run later, or not at all: their messages speak of it. */
export interface FormerState {
  readonly value: AlarmStateValue
  readonly since: EpochMillis
}

/** The change whose actions were muted, the first of them where several contributors changed. */
export interface MutedChange extends FormerState {
  readonly at: EpochMillis
}

export interface AlarmState {
  readonly value: AlarmStateValue
  readonly reason: string
  /** A JSON document, or undefined where none was given. */
  readonly reasonData: string | undefined
  /** Last change of anything in the state. */
  readonly updatedAt: EpochMillis
  /** Last change of `value`. */
  readonly transitionedAt: EpochMillis
  /** Absent: all is well. */
  readonly evaluation?: EvaluationState
  /** Composite alarms; absent: actions are not suppressed. */
  readonly suppression?: Suppression
  /** Actions of this state were muted, and run when the mute ends while the state lasts; what it was before. */
  readonly muted?: MutedChange
}

/** One series of an alarm that watches several: a state of its own, OK or ALARM. */
export interface AlarmContributor {
  /** 16 hexadecimal digits, made of the attributes. */
  readonly id: string
  /** What tells it from the others: the values of GROUP BY's keys, or a series' labels. */
  readonly attributes: Readonly<Record<string, string>>
  readonly value: 'OK' | 'ALARM'
  readonly reason: string
  readonly transitionedAt: EpochMillis
  /** PromQL: since when it has been there (pending) or gone (recovering) without a change of `value` yet. */
  readonly turningSince: EpochMillis | undefined
}

export interface AlarmRecord {
  readonly alarm: Alarm
  readonly state: AlarmState
}

/** A record of an alarm of one kind. */
export type RecordOf<Kind extends Alarm> = AlarmRecord & { readonly alarm: Kind }

export type HistoryItemType = 'ConfigurationUpdate' | 'StateUpdate' | 'Action' | 'AlarmContributorStateUpdate' | 'AlarmContributorAction'

export interface AlarmHistoryItem {
  readonly tenant: Tenant
  readonly alarmName: string
  readonly alarmType: AlarmType
  readonly at: EpochMillis
  readonly type: HistoryItemType
  /** At most 255 characters. */
  readonly summary: string
  /** A JSON document of at most 4095 characters. */
  readonly data: string
  /** Of an item about one contributor alone. */
  readonly contributor?: Pick<AlarmContributor, 'id' | 'attributes'>
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
  /** The contributors as they are after the step, those in ALARM or turning; absent: they stay as they are. */
  readonly contributors?: readonly AlarmContributor[]
}

export interface HistoryQuery {
  readonly tenant: Tenant
  readonly alarmName: string | undefined
  readonly alarmTypes: readonly AlarmType[]
  readonly type: HistoryItemType | undefined
  /** Items about this contributor alone. */
  readonly contributorId?: string | undefined
  /** Inclusive. */
  readonly from: EpochMillis | undefined
  /** Inclusive. */
  readonly to: EpochMillis | undefined
  readonly newestFirst: boolean
  readonly limit: number
  readonly offset: number
}
