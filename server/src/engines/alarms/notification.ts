import { shorten } from '../../base/shorten.ts'
import { cloudWatchTime } from '../../base/time.ts'
import type { Alarm, AlarmQuery, AlarmRecord, AlarmState, ExpressionAlarm, LogAlarm, MetricAlarm, PromqlAlarm } from '../../model/alarm.ts'
import type { Dimension } from '../../model/metric.ts'
import { isBasic } from '../statistics/basic.ts'
import { triggeringAlarms } from './composite-reason.ts'
import { document, double, written, type Json } from './document.ts'
import { emailText } from './email-text.ts'
import type { MessageOccasion } from './message-occasion.ts'
import { regionName } from './region-name.ts'

/** SNS's limit of a subject. */
const SUBJECT_LIMIT = 100

/** What CloudWatch publishes to a topic, with MessageStructure json. */
export interface AlarmMessage {
  readonly subject: string
  /** `default`: JSON for machines; `sms`: the subject; `email`: text for people. */
  readonly bodies: Readonly<Record<'default' | 'sms' | 'email', string>>
}

export const alarmMessage = (record: AlarmRecord, previous: AlarmRecord, alarmUrl: string, occasion: MessageOccasion = {}): AlarmMessage => {
  const subject = alarmSubject(record)
  const email = emailText(record, previous, alarmUrl, occasion)
  return { subject, bodies: { default: messageJson(record, previous, occasion), sms: subject, email } }
}

/** `ALARM: "name" in US East (N. Virginia)`; the name gives way. */
export const alarmSubject = ({ alarm, state }: AlarmRecord): string => {
  const frame = `${state.value}: "" in ${regionName(alarm.tenant.region)}`
  return shorten(`${state.value}: "${shorten(alarm.name, Math.max(4, SUBJECT_LIMIT - frame.length))}" in ${regionName(alarm.tenant.region)}`, SUBJECT_LIMIT)
}

/** The `default` body. Its members and their order are what receivers of CloudWatch's notifications parse. */
export const messageJson = (
  { alarm, state }: AlarmRecord,
  previous: AlarmRecord,
  { contributor, afterMuteWindow = false, lines = [], tags }: MessageOccasion = {},
): string =>
  document({
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: alarm.tenant.account,
    AlarmConfigurationUpdatedTimestamp: alarm.kind === 'composite' ? undefined : cloudWatchTime(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: alarm.kind === 'promql' && contributor !== undefined ? undefined : state.reason,
    NewStateReasonData: alarm.kind === 'log' && state.reasonData?.startsWith('{') === true ? written(state.reasonData) : undefined,
    StateChangeTime: cloudWatchTime(state.updatedAt),
    Region: regionName(alarm.tenant.region),
    AlarmArn: alarm.arn,
    OldStateValue: previous.state.value,
    ActionExecutedAfterMuteWindow: afterMuteWindow,
    ...(contributor === undefined ? {} : { AlarmContributorId: contributor.id, AlarmContributorAttributes: contributor.attributes }),
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    ...watched(alarm, state),
    ...(lines.length === 0 ? {} : { LogLines: lines }),
    ...(tags === undefined ? {} : { AlarmTags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })), AlarmTagsStatus: 'SUCCESS' }),
  })

type Members = Readonly<Record<string, Json | undefined>>

const watched = (alarm: Alarm, state: AlarmState): Members => {
  switch (alarm.kind) {
    case 'metric':
      return { Trigger: metricTrigger(alarm) }
    case 'expression':
      return { Trigger: expressionTrigger(alarm) }
    case 'promql':
      return { Trigger: promqlTrigger(alarm) }
    case 'log':
      return { Trigger: logTrigger(alarm) }
    case 'composite':
      return {
        AlarmRule: alarm.rule,
        TriggeringChildren: triggeringAlarms(state.reasonData).map(({ arn, value, at }) => ({
          Arn: arn,
          State: { Value: value, Timestamp: cloudWatchTime(at) },
        })),
      }
  }
}

const metricTrigger = (alarm: MetricAlarm): Json => ({
  MetricName: alarm.metric.name,
  Namespace: alarm.metric.namespace,
  ...statistic(alarm.statistic),
  Unit: alarm.unit ?? null,
  Dimensions: dimensions(alarm.metric.dimensions),
  Period: alarm.period,
  EvaluationPeriods: alarm.evaluationPeriods,
  DatapointsToAlarm: alarm.datapointsToAlarm,
  ComparisonOperator: alarm.comparison,
  Threshold: double(alarm.threshold),
  TreatMissingData: alarm.treatMissingData ?? '',
  EvaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile ?? '',
})

const expressionTrigger = (alarm: ExpressionAlarm): Json => ({
  Period: alarm.period,
  EvaluationPeriods: alarm.evaluationPeriods,
  DatapointsToAlarm: alarm.datapointsToAlarm,
  ComparisonOperator: alarm.limit.comparison,
  ...(alarm.limit.kind === 'static' ? { Threshold: double(alarm.limit.threshold) } : { ThresholdMetricId: alarm.limit.metricId }),
  TreatMissingData: alarm.treatMissingData ?? '',
  EvaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile ?? '',
  Metrics: alarm.queries.map(query),
})

const query = ({ id, label, returnData, account, expression, period, stored }: AlarmQuery): Json => ({
  Expression: expression,
  Id: id,
  Label: label,
  MetricStat:
    stored === undefined
      ? undefined
      : {
          Metric: { Dimensions: dimensions(stored.metric.dimensions), MetricName: stored.metric.name, Namespace: stored.metric.namespace },
          Period: stored.period,
          Stat: stored.statistic,
          Unit: stored.unit,
        },
  Period: period,
  ReturnData: returnData,
  AccountId: account,
})

const promqlTrigger = (alarm: PromqlAlarm): Json => ({
  EvaluationInterval: alarm.evaluationInterval,
  EvaluationCriteria: {
    PromQLCriteria: { Query: alarm.query, PendingPeriod: alarm.pendingPeriod, RecoveryPeriod: alarm.recoveryPeriod },
  },
})

/** AWS documents the message of a log alarm without this member; it has the names of the API. */
const logTrigger = (alarm: LogAlarm): Json => ({
  ScheduledQueryConfiguration: {
    QueryString: alarm.query,
    LogGroupIdentifiers: alarm.groups,
    ScheduledQueryRoleARN: alarm.queryRole,
    ScheduleConfiguration: { ScheduleExpression: alarm.schedule, StartTimeOffset: alarm.startOffset, EndTimeOffset: alarm.endOffset },
    AggregationExpression: alarm.aggregation,
  },
  QueryResultsToEvaluate: alarm.evaluationPeriods,
  QueryResultsToAlarm: alarm.datapointsToAlarm,
  ComparisonOperator: alarm.comparison,
  Threshold: double(alarm.threshold),
  TreatMissingData: alarm.treatMissingData ?? '',
})

const dimensions = (list: readonly Dimension[]): Json => list.map(({ name, value }) => ({ value, name }))

/** The basic five are the names of a Java enumeration: `AVERAGE`, `SAMPLE_COUNT`. */
const statistic = (text: string): Readonly<Record<string, string>> =>
  isBasic(text)
    ? { StatisticType: 'Statistic', Statistic: text.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase() }
    : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: text }
