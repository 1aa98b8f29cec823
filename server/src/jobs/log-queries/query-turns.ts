import { QueryEnded, type Turns } from './query-run.ts'

/** How many queries of each kind run at once; each may have three statements under way. */
const AT_ONCE = { brief: 2, long: 2 } as const

/** First come, first served, in two queues. */
export class QueryTurns implements Turns {
  readonly #running = { brief: 0, long: 0 }
  readonly #waiting: Record<'brief' | 'long', Set<() => void>> = { brief: new Set(), long: new Set() }

  async take<Result>(brief: boolean, given: AbortSignal, task: () => Promise<Result>): Promise<Result> {
    const kind = brief ? 'brief' : 'long'
    if (this.#running[kind] < AT_ONCE[kind]) this.#running[kind]++
    else await this.#wait(this.#waiting[kind], given)
    try {
      return await task()
    } finally {
      const [next] = this.#waiting[kind]
      if (next === undefined) this.#running[kind]--
      else next()
    }
  }

  /** Rejects for one that is given up: nobody's turn is held up by it. */
  #wait(waiting: Set<() => void>, given: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const start = (): void => {
        waiting.delete(start)
        given.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = (): void => {
        waiting.delete(start)
        reject(new QueryEnded())
      }
      waiting.add(start)
      given.addEventListener('abort', giveUp, { once: true })
    })
  }
}
