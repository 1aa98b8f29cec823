import { shorten } from '../../base/shorten.ts'
import { cloudWatchTime } from '../../base/time.ts'
import type { AlarmRecord, MetricAlarm } from '../../model/alarm.ts'
import { isBasic } from '../statistics/basic.ts'
import { document, double, type Json } from './document.ts'
import { emailText } from './email-text.ts'
import { regionName } from './region-name.ts'

/** SNS's limit of a subject. */
const SUBJECT_LIMIT = 100

/** What CloudWatch publishes to a topic, with MessageStructure json. */
export interface AlarmMessage {
  readonly subject: string
  /** `default`: JSON for machines; `sms`: the subject; `email`: text for people. */
  readonly bodies: Readonly<Record<'default' | 'sms' | 'email', string>>
}

export const alarmMessage = (record: AlarmRecord, previous: AlarmRecord, alarmUrl: string): AlarmMessage => {
  const subject = alarmSubject(record)
  return {
    subject,
    bodies: { default: messageJson(record, previous), sms: subject, email: emailText(record, previous, alarmUrl) },
  }
}

/** `ALARM: "name" in US East (N. Virginia)`; the name gives way. */
export const alarmSubject = ({ alarm, state }: AlarmRecord): string => {
  const frame = `${state.value}: "" in ${regionName(alarm.tenant.region)}`
  return shorten(`${state.value}: "${shorten(alarm.name, Math.max(4, SUBJECT_LIMIT - frame.length))}" in ${regionName(alarm.tenant.region)}`, SUBJECT_LIMIT)
}

/** The `default` body. Its members and their order are what receivers of CloudWatch's notifications parse. */
export const messageJson = ({ alarm, state }: AlarmRecord, previous: AlarmRecord): string =>
  document({
    AlarmName: alarm.name,
    AlarmDescription: alarm.description ?? null,
    AWSAccountId: alarm.tenant.account,
    AlarmConfigurationUpdatedTimestamp: cloudWatchTime(alarm.configuredAt),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: cloudWatchTime(state.updatedAt),
    Region: regionName(alarm.tenant.region),
    AlarmArn: alarm.arn,
    OldStateValue: previous.state.value,
    ActionExecutedAfterMuteWindow: false,
    OKActions: alarm.okActions,
    AlarmActions: alarm.alarmActions,
    InsufficientDataActions: alarm.insufficientDataActions,
    Trigger: trigger(alarm),
  })

const trigger = (alarm: MetricAlarm): Json => ({
  MetricName: alarm.metric.name,
  Namespace: alarm.metric.namespace,
  ...statistic(alarm.statistic),
  Unit: alarm.unit ?? null,
  Dimensions: alarm.metric.dimensions.map(({ name, value }) => ({ value, name })),
  Period: alarm.period,
  EvaluationPeriods: alarm.evaluationPeriods,
  DatapointsToAlarm: alarm.datapointsToAlarm,
  ComparisonOperator: alarm.comparison,
  Threshold: double(alarm.threshold),
  TreatMissingData: alarm.treatMissingData ?? '',
  EvaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile ?? '',
})

/** The basic five are the names of a Java enumeration: `AVERAGE`, `SAMPLE_COUNT`. */
const statistic = (text: string): Readonly<Record<string, string>> =>
  isBasic(text)
    ? { StatisticType: 'Statistic', Statistic: text.replace(/(?<=[a-z])(?=[A-Z])/, '_').toUpperCase() }
    : { StatisticType: 'ExtendedStatistic', ExtendedStatistic: text }
