import type { Bucket } from '../../model/metric.ts'

/** The five that every bucket knows without its samples. */
export type BasicStatistic = 'SampleCount' | 'Sum' | 'Average' | 'Minimum' | 'Maximum'

/** A statistic, parsed once and computed on many buckets. */
export interface Statistic {
  /** As the user wrote it: `Average`, `p99`, `TM(10%:90%)`. */
  readonly text: string
  /** Set for the basic five, which can be computed without a bucket object: see `basicValue`. */
  readonly basic: BasicStatistic | undefined
  /** The percentile that `pNN` asks for, 0–100; what the low-sample rule of alarms looks at. */
  readonly percent: number | undefined
  /** True when the bucket must carry its samples. */
  readonly samples: boolean
  /** Undefined: the bucket has no datapoint for this statistic (an unknown distribution, nothing inside the bounds). */
  compute(bucket: Bucket): number | undefined
}

/** A statistic or, for a text that CloudWatch refuses, why. */
export type Parsed = { readonly ok: true; readonly statistic: Statistic } | { readonly ok: false; readonly reason: string }

/** A row of a family's help; run as a test. */
interface StatisticExample {
  readonly text: string
  /** `value` or `value×weight`, parted by spaces. */
  readonly samples: string
  readonly result: number | undefined
}

/** What a file of this folder exports: one kind of statistic, with its own help. */
export interface StatisticFamily {
  readonly name: string
  readonly usage: string
  readonly doc: string
  readonly examples: readonly StatisticExample[]
  /** Undefined when the text belongs to another family. */
  parse(text: string): Parsed | undefined
}

export const refused = (reason: string): Parsed => ({ ok: false, reason })

/** A statistic over the samples of a bucket. */
export const overSamples = (text: string, compute: (bucket: Bucket) => number | undefined, percent?: number): Parsed => ({
  ok: true,
  statistic: { text, basic: undefined, percent, samples: true, compute },
})
