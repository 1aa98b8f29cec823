import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'
import type { Unit } from './metric.ts'

/** What metric filters and subscription filters of a log group have in common. */
interface LogFilter {
  /** The group's number. */
  readonly group: number
  readonly name: string
  readonly pattern: string
  readonly createdAt: EpochMillis
  /** It looks at events that came since. */
  readonly changedAt: EpochMillis
  /** Recorded and shown. */
  readonly onTransformedLogs: boolean
  readonly selectionCriteria: string | undefined
}

/** Makes a metric of events. */
export interface LogMetricFilter extends LogFilter {
  readonly transformation: MetricTransformation
  readonly systemDimensions: readonly string[] | undefined
  /** When it had made too many metrics; it looks at nothing since. */
  readonly disabledAt: EpochMillis | undefined
}

export interface MetricTransformation {
  readonly metricName: string
  readonly metricNamespace: string
  readonly metricValue: string
  readonly defaultValue?: number
  readonly dimensions?: Readonly<Record<string, string>>
  readonly unit?: Unit
}

/** Sends events on. */
export interface LogSubscriptionFilter extends LogFilter {
  /** An ARN, or the URL of an HTTP endpoint. */
  readonly destinationArn: string
  /** Recorded and shown. */
  readonly roleArn: string | undefined
  readonly distribution: 'ByLogStream' | 'Random'
  readonly systemFields: readonly string[] | undefined
  /** Whether it is a policy of the account's, for many groups. */
  readonly ofAccount?: boolean
}

/** A name for where events are sent, which other accounts may be allowed to use. */
export interface LogDestination {
  readonly tenant: Tenant
  readonly name: string
  readonly arn: string
  readonly targetArn: string
  readonly roleArn: string
  /** JSON text; undefined until it is put. */
  readonly accessPolicy: string | undefined
  readonly createdAt: EpochMillis
}
