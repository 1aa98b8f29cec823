/** Remembers counters and answers what was added since the last time; a counter that fell (a restart) counts from zero. */
export class Counters {
  #before = new Map<string, number>()
  #next = new Map<string, number>()

  /** The increase of `name`, or undefined the first time. */
  increase(name: string, value: number): number | undefined {
    this.#next.set(name, value)
    const before = this.#before.get(name)
    if (before === undefined) return undefined
    return value >= before ? value - before : value
  }

  /** Ends a round: counters that were not seen in it are forgotten. */
  turn(): void {
    this.#before = this.#next
    this.#next = new Map()
  }
}
