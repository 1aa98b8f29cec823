import type { Bucket } from '../../model/metric.ts'

/** What one tier knows of a bucket. Samples in ascending order; absent when the distribution of some of it is unknown, or not asked for. */
export interface PartialBucket extends Bucket {
  readonly values?: Float64Array
  readonly weights?: Float64Array
}
