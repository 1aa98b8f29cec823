import type { EpochMillis } from '../base/time.ts'
import type { StorageResolution } from './metric-columns.ts'
import type { MetricIdentity, Unit } from './metric.ts'

/** What a log event gives of one metric. It breaks no rule of PutMetricData, which takes all of a request or nothing. */
export interface LogMetricSample {
  readonly metric: MetricIdentity
  readonly unit: Unit
  /** At least one, each a sample of its own. */
  readonly values: readonly number[]
  readonly timestamp: EpochMillis
  readonly resolution: StorageResolution
}
