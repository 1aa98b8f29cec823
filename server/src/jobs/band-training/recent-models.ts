import type { Clock } from '../../base/clock.ts'
import type { Seconds } from '../../base/time.ts'
import type { BandModel } from '../../model/anomaly-detector.ts'

/** A dashboard asks every few seconds, and two weeks change little in that time. */
const KEPT_MILLIS = 5 * 60_000
/** Some 5 KB each. */
const MOST_KEPT = 200

interface Kept {
  readonly until: number
  readonly model: Promise<BandModel | undefined>
}

/** What series without a detector would learn, for a while: whoever asks meanwhile waits for the same answer. */
export class RecentModels {
  readonly #clock: Clock
  /** By series, then period; the longest kept first. */
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** What was learnt of a series lately, or what `train` learns now. A failure is nobody's answer but the first's. */
  async get(id: string, period: Seconds, train: () => Promise<BandModel | undefined>): Promise<BandModel | undefined> {
    const key = `${id} ${period}`
    const kept = this.#kept.get(key)
    if (kept !== undefined && kept.until > this.#clock.now()) return kept.model
    const model = train()
    this.#kept.delete(key)
    this.#kept.set(key, { until: this.#clock.now() + KEPT_MILLIS, model })
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!)
    try {
      return await model
    } catch (error) {
      if (this.#kept.get(key)?.model === model) this.#kept.delete(key)
      throw error
    }
  }

  /** The series is to be learnt in another way from now on. */
  forget(id: string): void {
    for (const key of this.#kept.keys()) if (key.startsWith(`${id} `)) this.#kept.delete(key)
  }
}
