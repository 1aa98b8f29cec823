import { cloudWatchTime, isoTime } from '../../base/time.ts'
import type { Alarm, AlarmRecord, AlarmState } from '../../model/alarm.ts'

/** An alarm's change of state, shaped as EventBridge carries it; sent for every change, also where no action runs. */
export interface AlarmStateChangeEvent {
  readonly version: '0'
  readonly id: string
  readonly 'detail-type': 'CloudWatch Alarm State Change'
  readonly source: 'aws.cloudwatch'
  readonly account: string
  /** `2019-10-02T17:04:40Z` */
  readonly time: string
  readonly region: string
  readonly resources: readonly [string]
  readonly detail: {
    readonly alarmName: string
    readonly state: EventState
    readonly previousState: EventState
    readonly configuration: { readonly description?: string; readonly metrics: readonly EventMetric[] }
  }
}

interface EventState {
  readonly value: string
  readonly reason: string
  /** JSON text. */
  readonly reasonData?: string
  /** `2019-10-02T17:04:40.985+0000` */
  readonly timestamp: string
}

interface EventMetric {
  readonly id: string
  readonly metricStat: {
    readonly metric: { readonly namespace: string; readonly name: string; readonly dimensions: Readonly<Record<string, string>> }
    readonly period: number
    readonly stat: string
    readonly unit?: string
  }
  readonly returnData: boolean
}

/** `uuid` makes the ids of the event and of its one metric, as CloudWatch does for single-metric alarms. */
export const stateChangeEvent = (record: AlarmRecord, previous: AlarmRecord, uuid: () => string): AlarmStateChangeEvent => {
  const { alarm, state } = record
  return {
    version: '0',
    id: uuid(),
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: alarm.tenant.account,
    time: isoTime(state.updatedAt).replace(/\.\d+Z$/, 'Z'),
    region: alarm.tenant.region,
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.name,
      state: eventState(state),
      previousState: eventState(previous.state),
      configuration: {
        ...(alarm.description === undefined ? {} : { description: alarm.description }),
        metrics: [eventMetric(alarm, uuid())],
      },
    },
  }
}

const eventState = (state: AlarmState): EventState => ({
  value: state.value,
  reason: state.reason,
  ...(state.reasonData === undefined ? {} : { reasonData: state.reasonData }),
  timestamp: cloudWatchTime(state.updatedAt),
})

const eventMetric = (alarm: Alarm, id: string): EventMetric => ({
  id,
  metricStat: {
    metric: {
      namespace: alarm.metric.namespace,
      name: alarm.metric.name,
      dimensions: Object.fromEntries(alarm.metric.dimensions.map(({ name, value }) => [name, value])),
    },
    period: alarm.period,
    stat: alarm.statistic,
    ...(alarm.unit === undefined ? {} : { unit: alarm.unit }),
  },
  returnData: true,
})
