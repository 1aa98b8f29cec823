import type { Turns } from './query-run.ts'

/** How many queries of each kind run at once; each may have three statements under way. */
const AT_ONCE = { brief: 2, long: 2 } as const

/** First come, first served, in two queues. */
export class QueryTurns implements Turns {
  readonly #running = { brief: 0, long: 0 }
  readonly #waiting: Record<'brief' | 'long', (() => void)[]> = { brief: [], long: [] }

  async take<Result>(brief: boolean, task: () => Promise<Result>): Promise<Result> {
    const kind = brief ? 'brief' : 'long'
    if (this.#running[kind] >= AT_ONCE[kind]) await new Promise<void>(resolve => this.#waiting[kind].push(resolve))
    else this.#running[kind]++
    try {
      return await task()
    } finally {
      const next = this.#waiting[kind].shift()
      if (next === undefined) this.#running[kind]--
      else next()
    }
  }
}
