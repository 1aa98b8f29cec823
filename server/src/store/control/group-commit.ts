import { afterReadyIo } from '../../base/clock.ts'

interface Waiting<Item> {
  readonly item: Item
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** Bounds one transaction; what arrives meanwhile is the next one's. */
const ITEMS = 500

/**
 * Lets writes that arrive together share one transaction, and so one wait for the disk: the more there are, the less each
 * costs. When a shared transaction fails, its items are tried alone, so that one faulty item harms no other.
 */
export class GroupCommit<Item> {
  readonly #commit: (items: readonly Item[]) => Promise<void>
  readonly #turns: number
  #waiting: Waiting<Item>[] = []
  #running = false

  /** `turns` of the event loop are waited for more items: worth it where nobody waits for the answer. */
  constructor(commit: (items: readonly Item[]) => Promise<void>, turns = 1) {
    this.#commit = commit
    this.#turns = turns
  }

  /** Resolves when the item is on disk. */
  add(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      if (!this.#running) void this.#run()
    })
  }

  /** Never rejects: every failure belongs to the items that it is handed to. */
  async #run(): Promise<void> {
    this.#running = true
    while (this.#waiting.length > 0) {
      for (let turn = 0; turn < this.#turns; turn++) await afterReadyIo()
      await this.#settle(this.#waiting.splice(0, ITEMS))
    }
    this.#running = false
  }

  async #settle(batch: readonly Waiting<Item>[]): Promise<void> {
    try {
      await this.#commit(batch.map(({ item }) => item))
      for (const { resolve } of batch) resolve()
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error)
      else for (const one of batch) await this.#settle([one])
    }
  }
}
