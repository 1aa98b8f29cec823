import type { PutMetricDataCommandInput } from '@aws-sdk/client-cloudwatch'
import type { Tenant } from '../../base/tenancy.ts'
import type { EpochSeconds, Seconds } from '../../base/time.ts'
import type { AlarmContributor, AlarmHistoryItem, AlarmRecord, HistoryQuery, Transition } from '../../model/alarm.ts'
import type { BandModel, DetectorSource } from '../../model/anomaly-detector.ts'
import type { MetricFilter, MetricIdentity } from '../../model/metric.ts'
import type { MuteRule } from '../../model/mute-rule.ts'
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
  /** State, history and outgoing publications in one transaction. Answers those that took place: see `Transition.basedOn`. */
  commit(transitions: readonly Transition[]): Promise<readonly Transition[]>
  history(query: HistoryQuery): Promise<readonly AlarmHistoryItem[]>
  /** By id. None for an alarm that watches a single series, or that is not there. */
  contributors(tenant: Tenant, arn: string): Promise<readonly AlarmContributor[]>
}

/** Rules that mute the actions of alarms at certain times. */
export interface MuteRuleStore {
  get(tenant: Tenant, name: string): Promise<MuteRule | undefined>
  /** Every rule of the tenant, by name (code units). */
  list(tenant: Tenant): Promise<readonly MuteRule[]>
  /** Creates with the tags, or overwrites; the tags of one that is there stay as they are. */
  put(rule: MuteRule, tags: Readonly<Record<string, string>>): Promise<void>
  /** With its tags; one that is not there is passed over. */
  delete(tenant: Tenant, name: string): Promise<void>
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

/** What anomaly detectors have learnt, or would learn now. Undefined: there is too little to learn from, so that there is no band. */
export interface BandModels {
  learn(tenant: Tenant, source: DetectorSource, period: Seconds): Promise<BandModel | undefined>
}
