import { shorten } from '../../base/shorten.ts'
import { cloudWatchTime, type EpochMillis } from '../../base/time.ts'
import type { Alarm, AlarmHistoryItem, AlarmRecord, AlarmState, HistoryItemType, MetricAlarm } from '../../model/alarm.ts'
import { isBasic } from '../statistics/basic.ts'
import { document, double, fitting, written, type Json } from './document.ts'
import { shorterReasonData } from './reason-data.ts'

/** Limits of AlarmHistoryItem in the model. */
export const SUMMARY_LIMIT = 255
export const DATA_LIMIT = 4095

export const createdItem = (record: AlarmRecord): AlarmHistoryItem => configured(record, record.alarm.configuredAt, 'Create', 'created')
export const updatedItem = (record: AlarmRecord): AlarmHistoryItem => configured(record, record.alarm.configuredAt, 'Update', 'updated')
export const deletedItem = (record: AlarmRecord, at: EpochMillis): AlarmHistoryItem => configured(record, at, 'Delete', 'deleted')

export const stateUpdateItem = (alarm: Alarm, previous: AlarmState, next: AlarmState): AlarmHistoryItem => {
  const draft = (oldData: string | undefined, newData: string | undefined): string =>
    document({ version: '1.0', oldState: stateOf(previous, oldData), newState: stateOf(next, newData) })
  const bare = draft(undefined, undefined)
  // The new state's datapoints are worth more than the old one's; each gets what is left. The member costs some 20 characters.
  const room = DATA_LIMIT - bare.length - 20
  const newData = shortened(next.reasonData, room)
  const oldData = shortened(previous.reasonData, room - (newData === undefined ? 0 : newData.length + 20))
  // Reasons given by hand may be all quotes or control characters, of which JSON makes up to six each.
  const brief = (): string => document({ version: '1.0', oldState: stateOf(cutReason(previous), undefined), newState: stateOf(cutReason(next), undefined) })
  const data = fitting(DATA_LIMIT, () => draft(oldData, newData), () => draft(undefined, newData), () => bare, brief)
  return item(alarm, next.updatedAt, 'StateUpdate', `Alarm updated from ${previous.value} to ${next.value}`, data)
}

/** What came of one action; `published` is the message as it was handed to SNS. */
export const actionItem = (
  alarm: Alarm,
  state: AlarmState,
  action: string,
  published: Readonly<Record<string, string>> | undefined,
  error: string | undefined,
): AlarmHistoryItem => {
  const draft = (message: Readonly<Record<string, string>> | undefined, resource = action): string =>
    document({
      actionState: error === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: state.updatedAt,
      notificationResource: resource,
      publishedMessage: message === undefined ? null : JSON.stringify(message),
      error: error ?? null,
    })
  const data = fitting(
    DATA_LIMIT,
    () => draft(published),
    () => draft(published?.['default'] === undefined ? undefined : { default: published['default'] }),
    () => draft(undefined),
    () => draft(undefined, shorten(action, 1024)),
  )
  const summary = error === undefined ? `Successfully executed action ${action}` : `Failed to execute action ${action}. Received error: "${error}"`
  return item(alarm, state.updatedAt, 'Action', summary, data)
}

const item = (alarm: Alarm, at: EpochMillis, type: HistoryItemType, summary: string, data: string): AlarmHistoryItem => ({
  tenant: alarm.tenant,
  alarmName: alarm.name,
  alarmType: alarmType(alarm),
  at,
  type,
  summary: shorten(summary, SUMMARY_LIMIT),
  data,
})

const alarmType = (alarm: Alarm): AlarmHistoryItem['alarmType'] => {
  switch (alarm.kind) {
    case 'metric':
      return 'MetricAlarm'
  }
}

const cutReason = (state: AlarmState): AlarmState => ({ ...state, reason: shorten(state.reason, 300) })

const stateOf = (state: AlarmState, reasonData: string | undefined): Json => ({
  stateValue: state.value,
  stateReason: state.reason,
  stateReasonData: reasonData === undefined ? undefined : written(reasonData),
})

const shortened = (data: string | undefined, room: number): string | undefined =>
  data === undefined || room < 2 || !isJson(data) ? undefined : shorterReasonData(data, room)

/** SetAlarmState's callers bring their own data; only JSON can be embedded. */
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const configured = (record: AlarmRecord, at: EpochMillis, type: 'Create' | 'Update' | 'Delete', verb: string): AlarmHistoryItem => {
  const { alarm } = record
  const member = `${verb}Alarm`
  const draft = (changes: Readonly<Record<string, Json | undefined>>): string =>
    document({ version: '1.0', type, [member]: { ...configuration(record), ...changes } })
  // Thirty dimensions alone can take ten times the room; what is cut can still be read from the alarm itself.
  const data = fitting(
    DATA_LIMIT,
    () => draft({}),
    () => draft({ alarmDescription: undefined }),
    () => draft({ alarmDescription: undefined, dimensions: undefined }),
    () => draft({ alarmDescription: undefined, dimensions: undefined, alarmActions: undefined, insufficientDataActions: undefined, okactions: undefined }),
  )
  const name = shorten(alarm.name, SUMMARY_LIMIT - `Alarm "" ${verb}`.length)
  return item(alarm, at, 'ConfigurationUpdate', `Alarm "${name}" ${verb}`, data)
}

/** The alarm as CloudWatch writes it into its history: its members and their order, `okactions` included. */
const configuration = (record: AlarmRecord): Readonly<Record<string, Json | undefined>> => {
  const { alarm, state } = record
  return {
    alarmName: alarm.name,
    alarmDescription: alarm.description,
    alarmArn: alarm.arn,
    alarmConfigurationUpdatedTimestamp: cloudWatchTime(alarm.configuredAt),
    ...watched(alarm),
    stateValue: state.value,
    stateUpdatedTimestamp: cloudWatchTime(state.updatedAt),
    actionsEnabled: alarm.actionsEnabled,
    alarmActions: alarm.alarmActions,
    insufficientDataActions: alarm.insufficientDataActions,
    okactions: alarm.okActions,
  }
}

const watched = (alarm: MetricAlarm): Readonly<Record<string, Json | undefined>> => ({
  namespace: alarm.metric.namespace,
  metricName: alarm.metric.name,
  ...(isBasic(alarm.statistic) ? { statistic: alarm.statistic } : { extendedStatistic: alarm.statistic }),
  period: alarm.period,
  unit: alarm.unit,
  dimensions: alarm.metric.dimensions.map(({ name, value }) => ({ value, name })),
  threshold: double(alarm.threshold),
  comparisonOperator: alarm.comparison,
  evaluationPeriods: alarm.evaluationPeriods,
  datapointsToAlarm: alarm.datapointsToAlarm,
  treatMissingData: alarm.treatMissingData,
  evaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile,
})
