import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis, EpochSeconds, Seconds } from '../base/time.ts'

/** The 27 units of CloudWatch; no conversion is ever done between them. */
export const UNITS = [
  'Seconds', 'Microseconds', 'Milliseconds', 'Bytes', 'Kilobytes', 'Megabytes', 'Gigabytes', 'Terabytes', 'Bits', 'Kilobits',
  'Megabits', 'Gigabits', 'Terabits', 'Percent', 'Count', 'Bytes/Second', 'Kilobytes/Second', 'Megabytes/Second',
  'Gigabytes/Second', 'Terabytes/Second', 'Bits/Second', 'Kilobits/Second', 'Megabits/Second', 'Gigabits/Second',
  'Terabits/Second', 'Count/Second', 'None',
] as const
export type Unit = (typeof UNITS)[number]
const units: ReadonlySet<string> = new Set(UNITS)
export const isUnit = (text: string): text is Unit => units.has(text)

export interface Dimension {
  readonly name: string
  readonly value: string
}

/** What makes a metric itself. Dimensions are sorted by name (code units), names unique. The unit is not part of it. */
export interface MetricIdentity {
  readonly namespace: string
  readonly name: string
  readonly dimensions: readonly Dimension[]
}

const byName = (a: Dimension, b: Dimension): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
export const sortDimensions = (dimensions: readonly Dimension[]): readonly Dimension[] => [...dimensions].sort(byName)

/**
 * The text that identifies a metric within a tenant: namespace, name and sorted dimensions, joined with U+0001, which
 * none of them may contain (control characters are refused at the door).
 */
export const metricKey = (metric: MetricIdentity): string => {
  let key = `${metric.namespace}\u0001${metric.name}`
  for (const { name, value } of metric.dimensions) key += `\u0001${name}\u0001${value}`
  return key
}

/** Which buckets to read of one metric. `start` inclusive, `end` exclusive; buckets begin at `origin + k·period`. */
export interface BucketQuery {
  readonly tenant: Tenant
  readonly metric: MetricIdentity
  /** Undefined: every unit that has data, each on its own. */
  readonly unit: Unit | undefined
  readonly start: EpochSeconds
  readonly end: EpochSeconds
  readonly period: Seconds
  readonly origin: EpochSeconds
  /** True when percentiles or trimmed statistics are wanted: buckets then carry their samples. */
  readonly samples: boolean
}

/**
 * The content of one bucket. `sum`, `minimum` and `maximum` are exact. `values`/`weights` (ascending, weights summing to
 * `count`) are there when samples were asked for and the bucket can serve extended statistics at all: not with a negative
 * sample, nor with a statistic set whose distribution is unknown.
 */
export interface Bucket {
  readonly start: EpochSeconds
  readonly count: number
  readonly sum: number
  readonly minimum: number
  readonly maximum: number
  readonly values?: ArrayLike<number>
  readonly weights?: ArrayLike<number>
}

/** Non-empty buckets of one metric in one unit, oldest first. */
export interface UnitBuckets {
  readonly unit: Unit
  readonly buckets: readonly Bucket[]
  /** Where going through them once is cheaper than having them all: each may be looked at until the next one comes. */
  each?(take: (bucket: Bucket) => void): void
}

/** Goes through the buckets once; each may be looked at until the next one comes. */
export const eachBucket = (units: UnitBuckets, take: (bucket: Bucket) => void): void => {
  if (units.each === undefined) units.buckets.forEach(take)
  else units.each(take)
}

/** The same buckets of many metrics. */
export interface ManyBucketsQuery extends Omit<BucketQuery, 'metric'> {
  readonly metrics: readonly MetricIdentity[]
}

/** Reads stored metrics; answers units in alphabetical order. The head and the store are behind it, as one. */
export interface MetricReads {
  read(query: BucketQuery): Promise<readonly UnitBuckets[]>
  /** As `read` of each metric, in their order, but the store is asked once for all. */
  readMany(query: ManyBucketsQuery): Promise<readonly (readonly UnitBuckets[])[]>
}

/** Which sums to read: bucket k holds [start + k·period, start + (k + 1)·period), of all units together. */
export interface SumsQuery {
  readonly tenant: Tenant
  readonly metrics: readonly MetricIdentity[]
  readonly start: EpochSeconds
  readonly period: Seconds
  readonly slots: number
}

/** Takes what a metric (by its place in the query) has in a bucket. Parts of one bucket come apart: add them up. */
export interface SumsSink {
  add(metric: number, slot: number, count: number, sum: number, minimum: number, maximum: number): void
}

/** Reads the sums of thousands of metrics without an object for each bucket. */
export interface MetricSums {
  sumMany(query: SumsQuery, sink: SumsSink): Promise<void>
}

export interface MetricFilter {
  readonly tenant: Tenant
  readonly namespace: string | undefined
  readonly name: string | undefined
  /** Every listed dimension must be there; with a value, it must be equal. Other dimensions are allowed. */
  readonly dimensions: readonly { readonly name: string; readonly value: string | undefined }[]
  readonly since: EpochMillis
}
