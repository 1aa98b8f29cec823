import type { Log } from '../../base/log.ts'

/** Those who want to know of a commit. They are told after it, so their failing cannot undo it: it is written down. */
export class Listeners<Event> {
  readonly #listeners: ((event: Event) => void)[] = []
  readonly #log: Log

  constructor(log: Log) {
    this.#log = log
  }

  add(listener: (event: Event) => void): void {
    this.#listeners.push(listener)
  }

  tell(event: Event): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#log.error({ error }, 'a listener to the control store failed')
      }
    }
  }
}
