import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis, EpochSeconds, Seconds } from '../../base/time.ts'
import type { AlarmHistoryItem, AlarmRecord, HistoryQuery, Transition } from '../../model/alarm.ts'
import type { MetricFilter, MetricIdentity } from '../../model/metric.ts'
import type { Call } from '../operation.ts'

/** Alarms, their states and their history, as CloudWatch's operations need them. */
export interface AlarmStore {
  get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined>
  /** Every alarm of the tenant, by name (code units). */
  list(tenant: Tenant): Promise<readonly AlarmRecord[]>
  /**
   * Creates or overwrites the definition with its history row. `record.state` and `tags` only take effect on creation: an
   * existing alarm keeps the state it has in the store, whatever a round may have committed since the caller read it.
   */
  put(record: AlarmRecord, history: AlarmHistoryItem, tags: Readonly<Record<string, string>>): Promise<void>
  /** Removes the alarms with their tags and writes their history rows, in one transaction. */
  delete(tenant: Tenant, names: readonly string[], history: readonly AlarmHistoryItem[]): Promise<void>
  /** State, history and outgoing publications in one transaction. */
  commit(transitions: readonly Transition[]): Promise<void>
  history(query: HistoryQuery): Promise<readonly AlarmHistoryItem[]>
}

/** Tags of anything that has an ARN. */
export interface TagStore {
  get(tenant: Tenant, arn: string): Promise<Readonly<Record<string, string>>>
  /** Adds and overwrites. */
  put(tenant: Tenant, arn: string, tags: Readonly<Record<string, string>>): Promise<void>
  remove(tenant: Tenant, arn: string, keys: readonly string[]): Promise<void>
}

/** Which metrics exist: the series table behind ListMetrics. */
export interface MetricDirectory {
  /** Metrics with data since `since`, in a stable order (namespace, name, dimensions). */
  list(filter: MetricFilter): Promise<readonly MetricIdentity[]>
}

/** Where published datapoints go: accepted means durable. Throws the Faults of PutMetricData's validation. */
export interface MetricSink {
  put(call: Call, input: PutMetricDataCommandInput): Promise<void>
}

/** Which of the topics that alarms notify are not there; the topics' own store answers. */
export interface TopicDirectory {
  missing(arns: readonly string[]): Promise<ReadonlySet<string>>
}

/** One line of a graph: parallel, oldest first. */
export interface Series {
  readonly timestamps: readonly EpochSeconds[]
  readonly values: readonly number[]
}

interface ExpressionRequest {
  readonly tenant: Tenant
  readonly now: EpochMillis
  readonly start: EpochSeconds
  readonly end: EpochSeconds
  /** The queries with an `Expression`, in the order of the request. */
  readonly expressions: readonly {
    readonly id: string
    readonly expression: string
    readonly label: string | undefined
    readonly period: Seconds | undefined
    readonly returnData: boolean
  }[]
  /** What the stored metrics of the same request hold, by query id. */
  readonly stored: ReadonlyMap<string, Series>
}

interface ExpressionSeries extends Series {
  readonly id: string
  readonly label: string
}

/**
 * Metric math, SEARCH and Metrics Insights. Answers the series of each expression that returns data, several under one id
 * where an expression yields several; throws a `ValidationError` with AWS's text for an expression that makes no sense.
 */
export interface ExpressionEvaluator {
  evaluate(request: ExpressionRequest): Promise<readonly ExpressionSeries[]>
}
