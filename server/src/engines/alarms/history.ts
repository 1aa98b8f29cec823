import { shorten } from '../../base/shorten.ts'
import { cloudWatchTime, type EpochMillis } from '../../base/time.ts'
import {
  alarmTypeOf, type Alarm, type AlarmContributor, type AlarmHistoryItem, type AlarmQuery, type AlarmRecord, type AlarmState, type CompositeAlarm,
  type AlarmWindow, type ExpressionAlarm, type HistoryItemType, type LogAlarm, type MetricAlarm, type PeriodicAlarm, type PromqlAlarm,
} from '../../model/alarm.ts'
import { isBasic } from '../statistics/basic.ts'
import { document, double, fitting, written, type Json } from './document.ts'
import { shorterReasonData } from './reason-data.ts'

/** Limits of AlarmHistoryItem in the model. */
export const SUMMARY_LIMIT = 255
export const DATA_LIMIT = 4095

export const createdItem = (record: AlarmRecord): AlarmHistoryItem => configured(record, record.alarm.configuredAt, 'Create', 'created')
export const updatedItem = (record: AlarmRecord): AlarmHistoryItem => configured(record, record.alarm.configuredAt, 'Update', 'updated')
export const deletedItem = (record: AlarmRecord, at: EpochMillis): AlarmHistoryItem => configured(record, at, 'Delete', 'deleted')

/** A change of the alarm's state, or of one contributor's: then both states are the contributor's. */
export const stateUpdateItem = (alarm: Alarm, previous: AlarmState, next: AlarmState, contributor?: AlarmContributor): AlarmHistoryItem => {
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
  const step = `updated from ${previous.value} to ${next.value}`
  return contributor === undefined
    ? item(alarm, next.updatedAt, 'StateUpdate', `Alarm ${step}`, data)
    : item(alarm, next.updatedAt, 'AlarmContributorStateUpdate', `Alarm contributor ${step}`, data, contributor)
}

/** A message as it was handed to SNS, and its body for machines. */
interface Published {
  readonly text: string
  readonly machines: string
}

/** What came of one action of the alarm or of a contributor. */
export const actionItem = (
  alarm: Alarm,
  state: AlarmState,
  action: string,
  published: Published | undefined,
  error: string | undefined,
  contributor?: AlarmContributor,
): AlarmHistoryItem => {
  const draft = (message: string | undefined, resource = action): string =>
    document({
      actionState: error === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: state.updatedAt,
      notificationResource: resource,
      publishedMessage: message ?? null,
      error: error ?? null,
    })
  // What is too long as it stands is not quoted to find that out: a thousand alarms may go off together.
  const whole = published !== undefined && published.text.length <= DATA_LIMIT ? [() => draft(published.text)] : []
  const brief = published !== undefined && published.machines.length <= DATA_LIMIT ? [() => draft(JSON.stringify({ default: published.machines }))] : []
  const data = fitting(
    DATA_LIMIT,
    ...whole,
    ...brief,
    () => draft(undefined),
    () => draft(undefined, shorten(action, 1024)),
  )
  const summary = error === undefined ? `Successfully executed action ${action}` : `Failed to execute action ${action}. Received error: "${error}"`
  return item(alarm, state.updatedAt, contributor === undefined ? 'Action' : 'AlarmContributorAction', summary, data, contributor)
}

const item = (
  alarm: Alarm, at: EpochMillis, type: HistoryItemType, summary: string, data: string, contributor?: AlarmContributor,
): AlarmHistoryItem => ({
  tenant: alarm.tenant,
  alarmName: alarm.name,
  alarmType: alarmTypeOf(alarm),
  at,
  type,
  summary: shorten(summary, SUMMARY_LIMIT),
  data,
  ...(contributor === undefined ? {} : { contributor: { id: contributor.id, attributes: contributor.attributes } }),
})

const cutReason = (state: AlarmState): AlarmState => ({ ...state, reason: shorten(state.reason, 300) })

const stateOf = (state: AlarmState, reasonData: string | undefined): Json => ({
  stateValue: state.value,
  stateReason: state.reason,
  stateReasonData: reasonData === undefined ? undefined : written(reasonData),
})

/** SetAlarmState's callers bring their own data; it takes nothing but JSON, which can be embedded as it is. */
const shortened = (data: string | undefined, room: number): string | undefined =>
  data === undefined || room < 2 ? undefined : shorterReasonData(data, room)

/** Members that may alone be longer than the room there is. */
const LONG = { dimensions: undefined, metrics: undefined, evaluationCriteria: undefined, scheduledQueryConfiguration: undefined, alarmRule: undefined, actionConfiguration: undefined } as const

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
    () => draft({ alarmDescription: undefined, ...LONG }),
    () => draft({ alarmDescription: undefined, ...LONG, alarmActions: undefined, insufficientDataActions: undefined, okactions: undefined }),
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
    actionConfiguration: actionConfiguration(alarm),
    warmUpConfiguration: alarm.warmUp && {
      warmUpPeriodDurationInMinutes: alarm.warmUp.minutes,
      onlyStartEvaluatingAfterWarmUpPeriodEnds: alarm.warmUp.whole,
    },
  }
}

const actionConfiguration = ({ tagsPropagation }: Alarm): Json | undefined =>
  tagsPropagation && {
    alarmTagsPropagation: { enabled: tagsPropagation.enabled, includedTagKeys: tagsPropagation.included, excludedTagKeys: tagsPropagation.excluded },
  }

type Members = Readonly<Record<string, Json | undefined>>

const watched = (alarm: Alarm): Members => {
  switch (alarm.kind) {
    case 'metric':
      return watchedMetric(alarm)
    case 'expression':
      return watchedQueries(alarm)
    case 'promql':
      return watchedPromql(alarm)
    case 'log':
      return watchedLogs(alarm)
    case 'composite':
      return watchedAlarms(alarm)
  }
}

const watchedMetric = (alarm: MetricAlarm): Members => ({
  namespace: alarm.metric.namespace,
  metricName: alarm.metric.name,
  ...(isBasic(alarm.statistic) ? { statistic: alarm.statistic } : { extendedStatistic: alarm.statistic }),
  period: alarm.period,
  unit: alarm.unit,
  dimensions: alarm.metric.dimensions.map(({ name, value }) => ({ value, name })),
  threshold: double(alarm.threshold),
  comparisonOperator: alarm.comparison,
  ...quorum(alarm),
})

const watchedQueries = (alarm: ExpressionAlarm): Members => ({
  metrics: alarm.queries.map(query),
  ...(alarm.limit.kind === 'static' ? { threshold: double(alarm.limit.threshold) } : { thresholdMetricId: alarm.limit.metricId }),
  comparisonOperator: alarm.limit.comparison,
  ...quorum(alarm),
})

const quorum = (alarm: PeriodicAlarm): Members => ({
  evaluationPeriods: alarm.evaluationPeriods,
  datapointsToAlarm: alarm.datapointsToAlarm,
  treatMissingData: alarm.treatMissingData,
  evaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile,
  evaluationWindow: evaluationWindow(alarm.window),
})

const evaluationWindow = (window: AlarmWindow | undefined): Json | undefined =>
  window && (window.kind === 'sliding' ? { slidingWindow: {} } : { wallClockWindow: { timezone: window.timeZone } })

const query = ({ id, label, returnData, account, expression, period, stored }: AlarmQuery): Json => ({
  id,
  metricStat:
    stored === undefined
      ? undefined
      : {
          metric: {
            namespace: stored.metric.namespace,
            metricName: stored.metric.name,
            dimensions: stored.metric.dimensions.map(({ name, value }) => ({ value, name })),
          },
          period: stored.period,
          stat: stored.statistic,
          unit: stored.unit,
        },
  expression,
  label,
  period,
  returnData,
  accountId: account,
})

const watchedPromql = (alarm: PromqlAlarm): Members => ({
  evaluationCriteria: {
    promQLCriteria: { query: alarm.query, pendingPeriod: alarm.pendingPeriod, recoveryPeriod: alarm.recoveryPeriod },
  },
  evaluationInterval: alarm.evaluationInterval,
})

const watchedLogs = (alarm: LogAlarm): Members => ({
  scheduledQueryConfiguration: {
    queryString: alarm.query,
    logGroupIdentifiers: alarm.groups,
    scheduledQueryRoleARN: alarm.queryRole,
    scheduleConfiguration: { scheduleExpression: alarm.schedule, startTimeOffset: alarm.startOffset, endTimeOffset: alarm.endOffset },
    aggregationExpression: alarm.aggregation,
  },
  queryResultsToEvaluate: alarm.evaluationPeriods,
  queryResultsToAlarm: alarm.datapointsToAlarm,
  threshold: double(alarm.threshold),
  comparisonOperator: alarm.comparison,
  treatMissingData: alarm.treatMissingData,
  actionLogLineCount: alarm.lines,
  actionLogLineRoleArn: alarm.linesRole,
})

const watchedAlarms = ({ rule, suppressor }: CompositeAlarm): Members => ({
  alarmRule: rule,
  actionsSuppressor: suppressor?.alarm,
  actionsSuppressorWaitPeriod: suppressor?.waitPeriod,
  actionsSuppressorExtensionPeriod: suppressor?.extensionPeriod,
})
