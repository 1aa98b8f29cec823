import { cloudWatchTime } from '../../base/time.ts'
import type { Alarm, AlarmQuery, LogAlarm, MeasuredAlarm, QueriedMetric } from '../../model/alarm.ts'
import { limitOf } from './limit.ts'

/** What an alarm watches, as its events tell it. */
export interface EventWatched {
  readonly description?: string
  readonly metrics?: readonly EventMetric[]
  readonly evaluationCriteria?: {
    readonly promQLCriteria: { readonly query: string; readonly pendingPeriod: number; readonly recoveryPeriod: number }
  }
  readonly evaluationInterval?: number
  readonly scheduledQueryConfiguration?: {
    readonly queryString: string
    readonly logGroupIdentifiers: readonly string[]
    readonly scheduledQueryRoleARN: string
    readonly scheduleConfiguration: { readonly scheduleExpression: string; readonly startTimeOffset: number; readonly endTimeOffset: number }
    readonly aggregationExpression: string
  }
  readonly alarmRule?: string
  readonly actionsSuppressor?: string
  readonly actionsSuppressorWaitPeriod?: number
  readonly actionsSuppressorExtensionPeriod?: number
}

/** The whole definition, as the events of its changes tell it. */
export interface EventDefinition extends EventWatched {
  readonly alarmName: string
  readonly actionsEnabled: boolean
  readonly timestamp: string
  readonly okActions: readonly string[]
  readonly alarmActions: readonly string[]
  readonly insufficientDataActions: readonly string[]
  readonly evaluationPeriods?: number
  readonly queryResultsToEvaluate?: number
  readonly queryResultsToAlarm?: number | undefined
  readonly datapointsToAlarm?: number
  readonly threshold?: number
  readonly thresholdMetricId?: string
  readonly comparisonOperator?: string
  readonly treatMissingData?: string
  readonly evaluateLowSampleCountPercentile?: string
}

interface EventMetric {
  readonly id: string
  readonly metricStat?: {
    readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: Readonly<Record<string, string>> }
    readonly period: number
    readonly stat: string
    readonly unit?: string
  }
  readonly expression?: string
  readonly label?: string
  readonly period?: number
  readonly accountId?: string
  readonly returnData: boolean
}

export const definitionInEvent = (alarm: Alarm, uuid: () => string): EventDefinition => ({
  ...(alarm.kind === 'metric' || alarm.kind === 'expression' ? thresholds(alarm) : {}),
  ...(alarm.kind === 'log' ? resultThreshold(alarm) : {}),
  ...watchedInEvent(alarm, uuid),
  alarmName: alarm.name,
  actionsEnabled: alarm.actionsEnabled,
  timestamp: cloudWatchTime(alarm.configuredAt),
  okActions: alarm.okActions,
  alarmActions: alarm.alarmActions,
  insufficientDataActions: alarm.insufficientDataActions,
})

/** A single-metric alarm appears as one query, with an id that `uuid` makes. */
export const watchedInEvent = (alarm: Alarm, uuid: () => string): EventWatched => ({ ...described(alarm), ...watched(alarm, uuid) })

const described = ({ description }: Alarm): EventWatched => (description === undefined ? {} : { description })

const watched = (alarm: Alarm, uuid: () => string): EventWatched => {
  switch (alarm.kind) {
    case 'metric':
      return { metrics: [{ id: uuid(), metricStat: metricStat(alarm), returnData: true }] }
    case 'expression':
      return { metrics: alarm.queries.map(query) }
    case 'promql': {
      const { query, pendingPeriod, recoveryPeriod, evaluationInterval } = alarm
      return { evaluationCriteria: { promQLCriteria: { query, pendingPeriod, recoveryPeriod } }, evaluationInterval }
    }
    case 'log':
      return {
        scheduledQueryConfiguration: {
          queryString: alarm.query,
          logGroupIdentifiers: alarm.groups,
          scheduledQueryRoleARN: alarm.queryRole,
          scheduleConfiguration: { scheduleExpression: alarm.schedule, startTimeOffset: alarm.startOffset, endTimeOffset: alarm.endOffset },
          aggregationExpression: alarm.aggregation,
        },
      }
    case 'composite':
      return {
        alarmRule: alarm.rule,
        ...(alarm.suppressor === undefined
          ? {}
          : {
              actionsSuppressor: alarm.suppressor.alarm,
              actionsSuppressorWaitPeriod: alarm.suppressor.waitPeriod,
              actionsSuppressorExtensionPeriod: alarm.suppressor.extensionPeriod,
            }),
      }
  }
}

const metricStat = ({ metric, period, statistic, unit }: QueriedMetric): NonNullable<EventMetric['metricStat']> => ({
  metric: {
    namespace: metric.namespace,
    name: metric.name,
    dimensions: Object.fromEntries(metric.dimensions.map(({ name, value }) => [name, value])),
  },
  period,
  stat: statistic,
  ...(unit === undefined ? {} : { unit }),
})

const query = ({ id, stored, expression, label, period, account, returnData }: AlarmQuery): EventMetric => ({
  id,
  ...(stored === undefined ? {} : { metricStat: metricStat(stored) }),
  ...(expression === undefined ? {} : { expression }),
  ...(label === undefined ? {} : { label }),
  ...(period === undefined ? {} : { period }),
  ...(account === undefined ? {} : { accountId: account }),
  returnData,
})

const resultThreshold = (alarm: LogAlarm): Partial<EventDefinition> => ({
  queryResultsToEvaluate: alarm.evaluationPeriods,
  queryResultsToAlarm: alarm.datapointsToAlarm,
  threshold: alarm.threshold,
  comparisonOperator: alarm.comparison,
  treatMissingData: alarm.treatMissingData ?? 'missing',
})

const thresholds = (alarm: MeasuredAlarm): Partial<EventDefinition> => {
  const limit = limitOf(alarm)
  return {
    evaluationPeriods: alarm.evaluationPeriods,
    ...(alarm.datapointsToAlarm === undefined ? {} : { datapointsToAlarm: alarm.datapointsToAlarm }),
    ...(limit.kind === 'static' ? { threshold: limit.threshold } : { thresholdMetricId: limit.metricId }),
    comparisonOperator: limit.comparison,
    treatMissingData: alarm.treatMissingData ?? 'missing',
    ...(alarm.evaluateLowSampleCountPercentile === undefined
      ? {}
      : { evaluateLowSampleCountPercentile: alarm.evaluateLowSampleCountPercentile }),
  }
}
