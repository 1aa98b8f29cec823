import type { AlarmHistoryItem, AlarmRecord, HistoryItemType, Transition } from '../../model/alarm.ts'
import type { Dimension, MetricIdentity } from '../../model/metric.ts'
import type { Publication } from '../../model/notification.ts'
import type { EpochMillis } from '../../base/time.ts'
import type { Tenant } from '../../base/tenancy.ts'

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

export interface HistoryQuery {
  readonly tenant: Tenant
  readonly alarmName: string | undefined
  readonly alarmTypes: readonly ('MetricAlarm' | 'CompositeAlarm')[]
  readonly type: HistoryItemType | undefined
  /** Inclusive. */
  readonly from: EpochMillis | undefined
  /** Inclusive. */
  readonly to: EpochMillis | undefined
  readonly newestFirst: boolean
  readonly limit: number
  readonly offset: number
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

export interface MetricFilter {
  readonly tenant: Tenant
  readonly namespace: string | undefined
  readonly name: string | undefined
  /** Every listed dimension must be there; with a value, it must be equal. Other dimensions are allowed. */
  readonly dimensions: readonly { readonly name: string; readonly value: string | undefined }[]
  readonly since: EpochMillis
}

/** One datum on its way in, validated. */
export interface Datum {
  readonly name: string
  readonly dimensions: readonly Dimension[]
  /** Undefined: the time of receipt. */
  readonly timestamp: EpochMillis | undefined
  readonly unit: string
  readonly resolution: 1 | 60
  readonly samples: { readonly values: readonly number[]; readonly counts: readonly number[] } | undefined
  readonly set: { readonly count: number; readonly sum: number; readonly minimum: number; readonly maximum: number } | undefined
}

/** Runs the actions of a new state: turns ARNs into publications and history rows, without doing any I/O. */
export interface AlarmActions {
  plan(record: AlarmRecord, previous: AlarmRecord, tags: Readonly<Record<string, string>>): {
    readonly history: readonly AlarmHistoryItem[]
    readonly publications: readonly Publication[]
  }
}
