/** Lets tasks of the same key run one after the other, so that one may read, decide and write without another between. */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<Result>(key: string, task: () => Promise<Result>): Promise<Result> {
    const before = this.#last.get(key) ?? Promise.resolve()
    // The failure of one task is its own caller's; the next runs all the same.
    const turn = before.then(task, task)
    this.#last.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key)
    }
  }
}
