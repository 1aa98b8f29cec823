import type * as sdk from '@aws-sdk/client-cloudwatch-logs'
import type { OnWire } from './on-wire.ts'

export type LogGroup = OnWire<sdk.LogGroup>
export type LogStream = OnWire<sdk.LogStream>
export type LogEvent = OnWire<sdk.FilteredLogEvent>
export type QueryDefinition = OnWire<sdk.QueryDefinition>
export type QueryStatistics = OnWire<sdk.QueryStatistics>
