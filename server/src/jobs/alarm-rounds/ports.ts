import type { Tenant } from '../../base/tenancy.ts'
import type { EpochMillis, EpochSeconds, Seconds } from '../../base/time.ts'
import type { Grid } from '../../engines/expressions/program.ts'
import type { BandModel, DetectorSource } from '../../model/anomaly-detector.ts'
import type { MetricFilter, MetricIdentity } from '../../model/metric.ts'
import type { ActiveMute } from '../../model/mute-rule.ts'

/** Which of the topics that alarms notify are not there; the topics' own store answers. */
export interface TopicDirectory {
  missing(arns: readonly string[]): Promise<ReadonlySet<string>>
}

/** What anomaly detectors have learnt. Undefined: nothing yet, so that there is no band. */
export interface BandModels {
  get(tenant: Tenant, source: DetectorSource, period: Seconds): BandModel | undefined
}

/** Which metrics exist, for queries that choose among them. */
export interface MetricDirectory {
  list(filter: MetricFilter): Promise<readonly MetricIdentity[]>
}

/** What an instant query yields: the labels of each series. */
export interface PromqlAnswer {
  readonly series: readonly Readonly<Record<string, string>>[]
  /** Limits cut the answer short. */
  readonly partial: boolean
}

export interface PromqlEvaluator {
  /** `error`: the query itself cannot be evaluated. Rejects when the data cannot be read now. */
  instant(tenant: Tenant, query: string, at: EpochSeconds): Promise<PromqlAnswer | { readonly error: string }>
}

/** What a search of log events asks for. */
export interface LogSearchRequest {
  /** Names or ARNs; none where the text has a SOURCE. */
  readonly groups: readonly string[]
  readonly text: string
  /** Epoch milliseconds, both inclusive. */
  readonly start: EpochMillis
  readonly end: EpochMillis
  /** How many rows at most. */
  readonly limit: number
}

/** A row of a search: the fields that it has, in their order. */
export type LogRow = readonly { readonly field: string; readonly value: string }[]

/** Logs Insights. */
export interface LogSearcher {
  /** As everybody may see the events. `error`: it cannot be run as it is, which is its author's matter. Rejects when logs cannot be read now. */
  find(tenant: Tenant, search: LogSearchRequest): Promise<{ readonly rows: readonly LogRow[] } | { readonly error: string }>
}

/** Metrics of Contributor Insights rules, by the rule's name. */
export interface InsightRuleValues {
  /** NaN where nothing was found; undefined: there is no such rule. */
  values(tenant: Tenant, rule: string, metric: string, grid: Grid): Promise<Float64Array | undefined>
}

/** The windows of mute rules that are open. */
export interface Mutes {
  activeFor(tenant: Tenant, alarmName: string, now: EpochMillis): ActiveMute | undefined
}
