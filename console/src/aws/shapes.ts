import type * as sdk from '@aws-sdk/client-cloudwatch'
import type { OnWire } from './on-wire.ts'

type CompositeOnly =
  | 'AlarmRule' | 'ActionsSuppressedBy' | 'ActionsSuppressedReason' | 'ActionsSuppressor' | 'ActionsSuppressorWaitPeriod'
  | 'ActionsSuppressorExtensionPeriod'

type LogOnly = 'ScheduledQueryConfiguration' | 'QueryResultsToEvaluate' | 'QueryResultsToAlarm' | 'ActionLogLineCount'

/** An alarm of any kind: composite ones have a rule, those on logs a query where the others have metrics, queries or criteria. */
export type Alarm = OnWire<sdk.MetricAlarm & Pick<sdk.CompositeAlarm, CompositeOnly> & Pick<sdk.LogAlarm, LogOnly>>
export type AlarmContributor = OnWire<sdk.AlarmContributor>
export type AlarmHistoryItem = OnWire<sdk.AlarmHistoryItem>
export type DashboardEntry = OnWire<sdk.DashboardEntry>
export type DashboardMessage = OnWire<sdk.DashboardValidationMessage>
export type Metric = OnWire<sdk.Metric>
export type MetricDataQuery = OnWire<sdk.MetricDataQuery>
export type MuteRule = OnWire<sdk.GetAlarmMuteRuleOutput>
export type StateValue = sdk.StateValue
