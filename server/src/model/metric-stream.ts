import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

export const STREAM_FORMATS = ['json', 'opentelemetry0.7', 'opentelemetry1.0'] as const
export type StreamFormat = (typeof STREAM_FORMATS)[number]

/** Metrics of a namespace; no names: all of them. */
export interface StreamFilter {
  readonly namespace: string
  readonly metricNames: readonly string[] | undefined
}

/** Statistics that some metrics are sent with besides count, sum, minimum and maximum. */
export interface StreamStatistics {
  readonly metrics: readonly { readonly namespace: string; readonly metricName: string }[]
  /** As AWS writes them: `p99`, `TM(10%:90%)`. */
  readonly additional: readonly string[]
}

/** A definition that sends every minute's statistics of its metrics to somebody. */
export interface MetricStream {
  readonly tenant: Tenant
  readonly arn: Arn
  readonly name: string
  readonly state: 'running' | 'stopped'
  /** AWS's member, which here may also be an http or https URL. */
  readonly firehoseArn: string
  readonly roleArn: string
  readonly format: StreamFormat
  /** At most one of the two has members; neither: everything is sent. */
  readonly include: readonly StreamFilter[]
  readonly exclude: readonly StreamFilter[]
  readonly statistics: readonly StreamStatistics[]
  readonly includeLinkedAccounts: boolean
  readonly createdAt: EpochMillis
  readonly updatedAt: EpochMillis
}
