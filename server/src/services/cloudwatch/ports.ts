import type { Tenant } from '../../base/tenancy.ts'
import type { AlarmHistoryItem, AlarmRecord, HistoryQuery, Transition } from '../../model/alarm.ts'
import type { MetricFilter, MetricIdentity } from '../../model/metric.ts'
import type { Publication } from '../../model/notification.ts'

/** Alarms, their states and their history, as CloudWatch's operations need them. */
export interface AlarmStore {
  get(tenant: Tenant, name: string): Promise<AlarmRecord | undefined>
  /** Every alarm of the tenant, by name (code units). */
  list(tenant: Tenant): Promise<readonly AlarmRecord[]>
  /** Creates or overwrites the definition with its history row; `tags` only take effect on creation. */
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

/** Runs the actions of a new state: turns ARNs into publications and history rows, without doing any I/O. */
export interface AlarmActions {
  plan(record: AlarmRecord, previous: AlarmRecord, tags: Readonly<Record<string, string>>): {
    readonly history: readonly AlarmHistoryItem[]
    readonly publications: readonly Publication[]
  }
}
