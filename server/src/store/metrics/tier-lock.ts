/**
 * Lets readers and writers of the tiers run together, and a roll-up's last step alone: between attaching the coarse part and
 * dropping the fine one, the same data is there twice. That step waits for a quiet moment; nobody who comes meanwhile waits
 * for it, since a long read must not hold up a short one.
 */
export class TierLock {
  #shared = 0
  #alone: Promise<void> | undefined
  readonly #quiet: (() => void)[] = []

  async shared<Result>(act: () => Promise<Result>): Promise<Result> {
    while (this.#alone !== undefined) await this.#alone
    this.#shared++
    try {
      return await act()
    } finally {
      if (--this.#shared === 0) this.#quiet.shift()?.()
    }
  }

  async exclusive<Result>(act: () => Promise<Result>): Promise<Result> {
    while (this.#shared > 0 || this.#alone !== undefined) await (this.#alone ?? this.#nextQuiet())
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#alone = promise
    try {
      return await act()
    } finally {
      this.#alone = undefined
      resolve()
      this.#quiet.shift()?.()
    }
  }

  #nextQuiet(): Promise<void> {
    return new Promise(resolve => this.#quiet.push(resolve))
  }
}
