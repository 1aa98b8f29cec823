import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { OnWire } from './on-wire.ts'

export type MetricAlarm = OnWire<sdk.MetricAlarm>
export type AlarmHistoryItem = OnWire<sdk.AlarmHistoryItem>
export type Metric = OnWire<sdk.Metric>
export type MetricDataQuery = OnWire<sdk.MetricDataQuery>
export type StateValue = sdk.StateValue
