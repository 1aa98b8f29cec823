import type { Operations } from '../src/aws/operations.ts'
import type { AlarmHistoryItem, Metric } from '../src/aws/shapes.ts'
import { ACCOUNT, alarmArn, REGION, sampleAlarms, type SampleAlarm, TOPIC } from './sample-alarms.ts'
import { keyOf, sampleMetrics, sampleValue } from './sample-metrics.ts'

/** What the fake throws; the server makes AWS's JSON error of it. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

type Handlers = { [Name in keyof Operations]: (input: Operations[Name]['input']) => Operations[Name]['output'] }

/** CloudWatch with made-up data, kept in memory: enough for the console to be looked at and tested without a server. */
export const fakeCloudWatch = (clock: () => number, empty: boolean) => {
  const now = clock()
  const samples = empty ? [] : sampleAlarms(now)
  const metrics = empty ? [] : sampleMetrics(samples)

  const dashboards = new Map<string, string>()

  const find = (name: string | undefined): SampleAlarm => {
    const found = samples.find(({ alarm }) => alarm.AlarmName === name)
    if (found === undefined) throw new Refusal('ResourceNotFound', `Unknown alarm ${name}`)
    return found
  }
  const ownerOf = (metric: Metric) =>
    samples.find(({ alarm }) => alarm.MetricName === metric.MetricName && keyOf(alarm as Metric) === keyOf(metric))
  const values = (metric: Metric, start: number, end: number, period: number): [number, number][] => {
    const points: [number, number][] = []
    if (!metrics.some(each => keyOf(each) === keyOf(metric))) return points
    for (let at = Math.floor(start / period) * period; at < Math.min(end, clock()); at += period) {
      const value = sampleValue(metric, at, ownerOf(metric))
      if (value !== undefined) points.push([at, value])
    }
    return points
  }
  const setActions = (names: readonly string[] = [], enabled: boolean) => {
    for (const name of names) find(name).alarm.ActionsEnabled = enabled
    return {}
  }

  const handlers: Handlers = {
    DescribeAlarms: ({ AlarmNames, NextToken, MaxRecords = 50 }) => {
      const all = samples.map(({ alarm }) => alarm).filter(alarm => AlarmNames === undefined || AlarmNames.includes(alarm.AlarmName ?? ''))
      const start = Number(NextToken ?? 0)
      const next = start + MaxRecords
      return { MetricAlarms: all.slice(start, next), CompositeAlarms: [], NextToken: next < all.length ? String(next) : undefined }
    },
    DescribeAlarmHistory: ({ AlarmName, HistoryItemType, StartDate = 0, EndDate = Infinity, NextToken, MaxRecords = 50 }) => {
      const items = historyOf(find(AlarmName)).filter(({ Timestamp = 0, HistoryItemType: type }) =>
        Timestamp >= StartDate && Timestamp <= EndDate && (HistoryItemType === undefined || HistoryItemType === type))
      const start = Number(NextToken ?? 0)
      const next = start + MaxRecords
      return { AlarmHistoryItems: items.slice(start, next), NextToken: next < items.length ? String(next) : undefined }
    },
    ListTagsForResource: ({ ResourceARN }) => {
      const found = samples.find(({ alarm }) => alarm.AlarmArn === ResourceARN)
      return { Tags: Object.entries(found?.tags ?? {}).map(([Key, Value]) => ({ Key, Value })) }
    },
    ListMetrics: ({ Namespace, NextToken }) => {
      const all = metrics.filter(metric => Namespace === undefined || metric.Namespace === Namespace)
      const start = Number(NextToken ?? 0)
      return {
        Metrics: all.slice(start, start + 20), OwningAccounts: [], NextToken: start + 20 < all.length ? String(start + 20) : undefined,
      }
    },
    GetMetricData: ({ MetricDataQueries = [], StartTime = 0, EndTime = 0 }) => ({
      MetricDataResults: MetricDataQueries.map(({ Id, Label, MetricStat }) => {
        const points = values(MetricStat?.Metric ?? {}, StartTime, EndTime, MetricStat?.Period ?? 60)
        return { Id, Label, StatusCode: 'Complete', Timestamps: points.map(([at]) => at), Values: points.map(([, value]) => value) }
      }),
      Messages: [],
    }),
    GetMetricStatistics: ({ Namespace, MetricName, Dimensions }) => {
      const owner = ownerOf({ Namespace, MetricName, Dimensions })
      const Unit = owner?.alarm.Unit ?? (MetricName?.includes('bytes') ? 'Bytes' : MetricName?.includes('percent') ? 'Percent' : 'None')
      return { Label: MetricName, Datapoints: [{ Timestamp: clock() - 60, SampleCount: 1, Unit }] }
    },
    PutMetricAlarm: input => {
      if (input.AlarmName === undefined || input.EvaluationPeriods === undefined) {
        throw new Refusal('ValidationError', 'AlarmName and EvaluationPeriods are required')
      }
      const { Tags = [], ...definition } = input
      const at = clock()
      samples.push({
        alarm: {
          ...definition, AlarmArn: alarmArn(input.AlarmName), StateValue: 'INSUFFICIENT_DATA',
          StateReason: 'Unchecked: Initial alarm creation',
          StateUpdatedTimestamp: at, StateTransitionedTimestamp: at, AlarmConfigurationUpdatedTimestamp: at,
          ActionsEnabled: input.ActionsEnabled ?? true,
          AlarmActions: input.AlarmActions ?? [], OKActions: input.OKActions ?? [], InsufficientDataActions: [],
        },
        tags: Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])), changes: [], usual: 1, breaching: 1,
      })
      return {}
    },
    SetAlarmState: ({ AlarmName, StateValue, StateReason = '' }) => {
      const sample = find(AlarmName)
      const at = clock()
      if (StateValue === undefined) throw new Refusal('ValidationError', 'StateValue is required')
      sample.changes.push({ at, from: sample.alarm.StateValue ?? 'INSUFFICIENT_DATA', to: StateValue, reason: StateReason })
      Object.assign(sample.alarm, { StateValue, StateReason, StateUpdatedTimestamp: at, StateTransitionedTimestamp: at })
      return {}
    },
    EnableAlarmActions: ({ AlarmNames }) => setActions(AlarmNames, true),
    DisableAlarmActions: ({ AlarmNames }) => setActions(AlarmNames, false),
    // Mutes and dashboards live on the real server only: here nothing is muted, and a dashboard is what was put.
    DescribeAlarmContributors: () => ({ AlarmContributors: [] }),
    ListAlarmMuteRules: () => ({ AlarmMuteRuleSummaries: [] }),
    GetAlarmMuteRule: ({ AlarmMuteRuleName }) => {
      throw new Refusal('ResourceNotFoundException', `Unknown mute rule ${AlarmMuteRuleName}`)
    },
    PutAlarmMuteRule: () => ({}),
    DeleteAlarmMuteRule: () => ({}),
    ListDashboards: () => ({
      DashboardEntries: [...dashboards].map(([DashboardName, body]) => ({ DashboardName, Size: body.length, LastModified: clock() - 3600 })),
    }),
    GetDashboard: ({ DashboardName = '' }) => {
      const DashboardBody = dashboards.get(DashboardName)
      if (DashboardBody === undefined) throw new Refusal('DashboardNotFoundError', `Dashboard ${DashboardName} does not exist`)
      return { DashboardName, DashboardBody, DashboardArn: `arn:aws:cloudwatch::${ACCOUNT}:dashboard/${DashboardName}` }
    },
    PutDashboard: ({ DashboardName = '', DashboardBody = '' }) => {
      dashboards.set(DashboardName, DashboardBody)
      return { DashboardValidationMessages: [] }
    },
    DeleteDashboards: ({ DashboardNames = [] }) => {
      for (const name of DashboardNames) dashboards.delete(name)
      return {}
    },
    DeleteAlarms: ({ AlarmNames = [] }) => {
      for (const name of AlarmNames) samples.splice(samples.indexOf(find(name)), 1)
      return {}
    },
  }
  return { handlers, region: REGION, account: ACCOUNT }
}

const historyOf = ({ alarm, changes }: SampleAlarm): AlarmHistoryItem[] => {
  const { AlarmName } = alarm
  const items = changes.flatMap(({ at, from, to, reason }): AlarmHistoryItem[] => [
    {
      AlarmName, AlarmType: 'MetricAlarm', Timestamp: at, HistoryItemType: 'StateUpdate',
      HistorySummary: `Alarm updated from ${from} to ${to}`,
      HistoryData: JSON.stringify({
        version: '1.0', oldState: { stateValue: from, stateReason: '…' }, newState: { stateValue: to, stateReason: reason },
      }),
    },
    {
      AlarmName, AlarmType: 'MetricAlarm', Timestamp: at + 0.2, HistoryItemType: 'Action',
      HistorySummary: `Successfully executed action ${TOPIC}`,
      HistoryData: JSON.stringify({ actionState: 'Succeeded', notificationResource: TOPIC, error: null }),
    },
  ])
  const created: AlarmHistoryItem = {
    AlarmName, AlarmType: 'MetricAlarm', Timestamp: alarm.AlarmConfigurationUpdatedTimestamp, HistoryItemType: 'ConfigurationUpdate',
    HistorySummary: `Alarm "${AlarmName}" created`,
    HistoryData: JSON.stringify({ version: '1.0', type: 'Create', createdAlarm: { alarmName: AlarmName } }),
  }
  return [created, ...items].reverse()
}
