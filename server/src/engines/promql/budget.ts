import { PromqlError } from './promql-error.ts'

/** What an evaluation may cost, in samples looked at or made; a million take some 10 to 50 ms. */
export interface Cost {
  readonly total: number
  /** At one instant, which nothing interrupts. */
  readonly instant: number
}

export class Budget {
  readonly #cost: Cost
  #spent = 0
  #before = 0

  constructor(cost: Cost) {
    this.#cost = cost
  }

  get spent(): number {
    return this.#spent
  }

  /** From here on it is another instant. */
  nextInstant(): void {
    this.#before = this.#spent
  }

  /** Throws `PromqlError`. */
  spend(samples: number): void {
    this.#spent += samples
    if (this.#spent > this.#cost.total || this.#spent - this.#before > this.#cost.instant) {
      throw new PromqlError('query processing would load too many samples into memory in query execution')
    }
  }
}
