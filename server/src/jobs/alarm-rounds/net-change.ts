import { epochSeconds, type EpochSeconds } from '../../base/time.ts'
import type { Verdict } from '../../engines/alarms/decide.ts'
import type { AlarmStateValue } from '../../model/alarm.ts'

/**
 * Finds what several missed evaluations amount to, looking at as few of them as possible. The newest one that has a verdict
 * decides, so the search goes backwards and mostly ends at once. Where the state is another one than the committed one, it goes
 * on to the evaluation that first found it, so that the reason names the datapoints a running server would have named.
 *
 * Ask `next` for the instant to judge, `tell` what was found, until `next` has no more.
 */
export class NetChange {
  readonly #current: AlarmStateValue
  readonly #after: EpochSeconds
  readonly #step: number
  #instant: EpochSeconds
  #found: { instant: EpochSeconds; state: AlarmStateValue } | undefined
  #done = false

  /** The missed instants are `last`, `last − step` … down to, and without, `after`. */
  constructor(current: AlarmStateValue, after: EpochSeconds, last: EpochSeconds, step: number) {
    this.#current = current
    this.#after = after
    this.#instant = last
    this.#step = step
  }

  next(): EpochSeconds | undefined {
    return this.#done || this.#instant <= this.#after ? undefined : this.#instant
  }

  tell(verdict: Verdict): void {
    const instant = this.#instant
    this.#instant = epochSeconds(instant - this.#step)
    if (verdict === 'keep') return
    if (this.#found === undefined && verdict === this.#current) this.#done = true
    else if (this.#found === undefined || this.#found.state === verdict) this.#found = { instant, state: verdict }
    else this.#done = true
  }

  /** Undefined: the state stays. */
  get change(): { readonly instant: EpochSeconds; readonly state: AlarmStateValue } | undefined {
    return this.#found
  }
}
