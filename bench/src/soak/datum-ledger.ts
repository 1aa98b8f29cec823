import type { AwsCaller } from '../aws-caller.ts'
import { Refused } from '../aws-caller.ts'
import type { Entropy } from '../../../server/src/base/entropy.ts'
import { Violation } from './violation.ts'

const SERIES = 48
const MAX_BATCH = 400
/** Values are whole numbers below this: sums of millions of them are exact. */
const VALUES = 1e9
const SPREAD_SECONDS = 120
const NAMESPACE = 'Soak/Data'

interface Batch {
  readonly count: number
  readonly sum: number
}

/** Knows what was published, what of it was acknowledged, and what the server must therefore answer. */
export class DatumLedger {
  readonly #entropy: Entropy
  readonly #since = Date.now()
  readonly #known = Array.from({ length: SERIES }, () => ({ count: 0, sum: 0 }))
  /** Sent without an answer: each is there wholly or not at all. */
  readonly #unknown = Array.from({ length: SERIES }, (): Batch[] => [])

  constructor(entropy: Entropy) {
    this.#entropy = entropy
  }

  get acknowledged(): number {
    return this.#known.reduce((sum, { count }) => sum + count, 0)
  }

  /** Publishes one batch; answers whether the server took it. Throws a violation when it refuses good data. */
  async publish(caller: AwsCaller): Promise<boolean> {
    const series = this.#whole(SERIES)
    const now = Math.floor(Date.now() / 1000)
    const values = Array.from({ length: 1 + this.#whole(MAX_BATCH) }, () => this.#whole(VALUES))
    const batch: Batch = { count: values.length, sum: values.reduce((sum, value) => sum + value, 0) }
    const data = values.map(Value => ({ ...metric(series), Timestamp: now - this.#whole(SPREAD_SECONDS), Value }))
    try {
      await caller.cloudWatch('PutMetricData', { Namespace: NAMESPACE, MetricData: data })
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw new Violation(error.message)
      this.#unknown[series]!.push(batch)
      return false
    }
    this.#add(series, batch)
    return true
  }

  /** Asks for everything since the beginning; nothing may be published meanwhile. Answers how many unanswered batches turned out to be there. */
  async verify(caller: AwsCaller): Promise<number> {
    let found = 0
    const stored = await this.#stored(caller)
    for (const [series, known] of this.#known.entries()) {
      const difference: Batch = { count: stored[series]!.count - known.count, sum: stored[series]!.sum - known.sum }
      const subset = subsetOf(this.#unknown[series]!, difference)
      if (subset === undefined) {
        throw new Violation(`series ${series}: ${stored[series]!.count} datums with sum ${stored[series]!.sum} instead of ${known.count} with ${known.sum}; in doubt ${JSON.stringify(this.#unknown[series])}`)
      }
      for (const batch of subset) this.#add(series, batch)
      found += subset.length
      this.#unknown[series] = []
    }
    return found
  }

  async #stored(caller: AwsCaller): Promise<readonly Batch[]> {
    const stats = ['SampleCount', 'Sum']
    const MetricDataQueries = this.#known.flatMap((_, series) =>
      stats.map(Stat => ({ Id: `${Stat.toLowerCase()}_${series}`, MetricStat: { Metric: { Namespace: NAMESPACE, ...metric(series) }, Period: 3600, Stat } })),
    )
    // Whole hours, so that every bucket lies in one answer.
    const StartTime = Math.floor(this.#since / 3_600_000) * 3600 - 3600
    const EndTime = Math.ceil(Date.now() / 3_600_000) * 3600 + 3600
    const totals = new Map<string, number>()
    let NextToken: string | undefined
    do {
      const page: Page = await caller.cloudWatch('GetMetricData', { MetricDataQueries, StartTime, EndTime, NextToken })
      for (const { Id, Values } of page.MetricDataResults) totals.set(Id, Values.reduce((sum, value) => sum + value, totals.get(Id) ?? 0))
      NextToken = page.NextToken
    } while (NextToken !== undefined)
    return this.#known.map((_, series) => ({ count: totals.get(`samplecount_${series}`) ?? 0, sum: totals.get(`sum_${series}`) ?? 0 }))
  }

  #add(series: number, { count, sum }: Batch): void {
    const known = this.#known[series]!
    known.count += count
    known.sum += sum
  }

  #whole(below: number): number {
    return Math.floor(this.#entropy.fraction() * below)
  }
}

interface Page {
  readonly MetricDataResults: readonly { readonly Id: string; readonly Values: readonly number[] }[]
  readonly NextToken?: string
}

const metric = (series: number) => ({ MetricName: 'Events', Dimensions: [{ Name: 'Worker', Value: `w-${series}` }] })

/** Which of some batches together make exactly this difference; undefined when none do. */
const subsetOf = (batches: readonly Batch[], { count, sum }: Batch): readonly Batch[] | undefined => {
  if (count === 0 && sum === 0) return []
  if (count < 0 || batches.length === 0) return undefined
  const [first, ...rest] = batches as [Batch, ...Batch[]]
  const withFirst = subsetOf(rest, { count: count - first.count, sum: sum - first.sum })
  return withFirst === undefined ? subsetOf(rest, { count, sum }) : [first, ...withFirst]
}
