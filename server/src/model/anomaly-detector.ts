import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis, EpochSeconds, Seconds } from '../base/time.ts'
import type { AlarmQuery } from './alarm.ts'
import type { MetricIdentity } from './metric.ts'

/** What a detector learns from: one statistic of a stored metric, or the one query of several that returns data. */
export type DetectorSource =
  | { readonly kind: 'metric'; readonly metric: MetricIdentity; readonly statistic: string }
  | { readonly kind: 'math'; readonly queries: readonly AlarmQuery[] }

/** How it learns. Members that were never given are undefined. */
export interface DetectorConfiguration {
  /** `from` inclusive, `to` exclusive. */
  readonly excluded: readonly { readonly from: EpochSeconds; readonly to: EpochSeconds }[]
  /** A name of the tz database, as it was given; undefined: UTC. */
  readonly timezone: string | undefined
  readonly adaptationSpeed: 'FAST' | 'NORMAL' | 'SLOW' | undefined
  readonly outlierFiltering: 'MINIMAL' | 'MODERATE' | 'STRICT' | undefined
  /** The metric spikes again and again, and that is no anomaly. */
  readonly periodicSpikes: boolean | undefined
}

export type DetectorState = 'PENDING_TRAINING' | 'TRAINED_INSUFFICIENT_DATA' | 'TRAINED'

export interface AnomalyDetector {
  readonly tenant: Tenant
  /** Follows from the tenant and the source: whoever makes the detector of a source makes the same one. */
  readonly id: string
  readonly source: DetectorSource
  readonly configuration: DetectorConfiguration
  readonly configuredAt: EpochMillis
}

export interface DetectorRecord {
  readonly detector: AnomalyDetector
  readonly state: DetectorState
}

/**
 * What was learnt of one series at one period, as it is kept (docs/formats/band-models.md). All numbers are in the unit of the
 * series. Levels belong to the half hours of a local week (from Monday 00:00), spreads to its hours.
 */
export interface BandModel {
  readonly version: 1
  readonly timezone: string
  /** Of the statistic that it was learnt from; a Sum over another period is another series. */
  readonly period: Seconds
  readonly state: Exclude<DetectorState, 'PENDING_TRAINING'>
  /** The last end of a period that was learnt from; the trend counts from here. */
  readonly until: EpochSeconds
  readonly points: number
  /** Change of the level per day. */
  readonly trend: number
  /** No value was ever negative: the band is not either. */
  readonly nonNegative: boolean
  /** 336: the expected value in the middle of each half hour of the week, at `until`. */
  readonly levels: readonly number[]
  /** 168: one standard deviation in each hour of the week. */
  readonly spreads: readonly number[]
  /** How far spikes that come again reach above and below the level; 0 where they were not asked for. */
  readonly spikes: { readonly above: number; readonly below: number }
}

export interface TrainedModel {
  readonly tenant: Tenant
  readonly detectorId: string
  readonly trainedAt: EpochMillis
  readonly model: BandModel
}
