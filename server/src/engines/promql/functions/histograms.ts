import type { Labels } from '../labels.ts'
import { numberOf } from '../numbers.ts'
import type { PromqlFunction } from './promql-function.ts'

/** How many observations were at most `bound`. */
interface Bucket {
  readonly bound: number
  count: number
}

/** Differences of counts that are no more than noise of floating point numbers. */
const TOLERANCE = 1e-12

/** The φ-quantile of a histogram, linear inside of the bucket that holds it. NaN when there is no +Inf bucket, or no observation. */
const bucketQuantile = (q: number, unsorted: readonly Bucket[]): number => {
  if (Number.isNaN(q)) return NaN
  if (q < 0) return -Infinity
  if (q > 1) return Infinity
  const buckets = monotonic(merged(unsorted.toSorted((a, b) => a.bound - b.bound)))
  if (buckets.at(-1)?.bound !== Infinity || buckets.length < 2) return NaN
  const observations = buckets.at(-1)!.count
  if (observations === 0) return NaN
  const rank = q * observations
  const last = buckets.length - 1
  const found = buckets.slice(0, last).findIndex(({ count }) => count >= rank)
  if (found === -1) return buckets[last - 1]!.bound
  const { bound, count } = buckets[found]!
  if (found === 0 && bound <= 0) return bound
  const below = found === 0 ? { bound: 0, count: 0 } : buckets[found - 1]!
  return below.bound + (bound - below.bound) * ((rank - below.count) / (count - below.count))
}

/** Buckets of one bound (`1` and `1.0`) are one. */
const merged = (sorted: readonly Bucket[]): Bucket[] => {
  const buckets: Bucket[] = []
  for (const { bound, count } of sorted) {
    const last = buckets.at(-1)
    if (last?.bound === bound) last.count += count
    else buckets.push({ bound, count })
  }
  return buckets
}

/** Counts that fall, which comes of samples not taken at once, are levelled up. */
const monotonic = (buckets: Bucket[]): readonly Bucket[] => {
  let before = buckets[0]?.count ?? 0
  for (const bucket of buckets) {
    if (bucket.count < before || almostEqual(bucket.count, before)) bucket.count = before
    else before = bucket.count
  }
  return buckets
}

const almostEqual = (a: number, b: number): boolean => a === b || Math.abs(a - b) / Math.min(Math.abs(a) + Math.abs(b), Number.MAX_VALUE) < TOLERANCE

const BOUND: ReadonlySet<string> = new Set(['le'])
const withoutBound = (labels: Labels): Labels => labels.nameless.drop(BOUND)
const BOUND_TEXT = /^[+-]?(?:inf|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i

const HISTOGRAM = { 'x{le="1"}': '2', 'x{le="2"}': '6', 'x{le="+Inf"}': '8' }

export const HISTOGRAMS: readonly PromqlFunction[] = [
  {
    name: 'histogram_quantile',
    group: 'histograms',
    parameters: [{ name: 'φ', type: 'scalar' }, { name: 'b', type: 'vector' }],
    doc: 'The φ-quantile of histograms: of series that count, by their label `le`, the observations up to each bound. Series that differ in nothing else are one histogram; it needs a bucket `+Inf`.',
    examples: [
      { query: 'histogram_quantile(0.5, x)', series: HISTOGRAM, result: ['{} 1.5'] },
      { query: 'histogram_quantile(0.9, x)', series: HISTOGRAM, result: ['{} 2'] },
      { query: 'histogram_quantile(0.5, x{le!="+Inf"})', series: HISTOGRAM, result: ['{} NaN'] },
    ],
    returns: 'vector',
    call(args) {
      const q = args.scalar(0)
      const histograms = new Map<string, { readonly labels: Labels; readonly buckets: Bucket[] }>()
      for (const { labels, value } of args.vector(1)) {
        const bound = labels.get('le')
        if (!BOUND_TEXT.test(bound)) continue
        const rest = args.labels(labels, withoutBound)
        const histogram = histograms.get(rest.key) ?? { labels: rest, buckets: [] }
        histograms.set(rest.key, histogram)
        histogram.buckets.push({ bound: numberOf(bound), count: value })
      }
      return [...histograms.values()].map(({ labels, buckets }) => ({ labels, value: bucketQuantile(q, buckets) }))
    },
  },
]
