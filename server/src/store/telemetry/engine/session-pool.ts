import type { EngineSession } from './engine-session.ts'
import type { Statement } from './statement.ts'

interface Waiting {
  readonly start: (session: EngineSession) => void
}

/** The queue is full; ClickHouse's TOO_MANY_SIMULTANEOUS_QUERIES. */
const tooMany = (): Error => new Error('Code: 202. DB::Exception: Too many statements wait in this lane. (TOO_MANY_SIMULTANEOUS_QUERIES)')

/** The sessions of one lane and the statements that wait for them, first come, first served. */
export class SessionPool {
  readonly #sessions: readonly EngineSession[]
  readonly #free: EngineSession[]
  readonly #waiting: Waiting[] = []
  readonly #capacity: number
  #idle: (() => void) | undefined

  constructor(sessions: readonly EngineSession[], capacity: number) {
    this.#sessions = sessions
    this.#free = [...sessions]
    this.#capacity = capacity
  }

  /** Runs the statement once a session is free; one that is given up while it waits is never started. */
  async run(statement: Statement, abandoned: () => boolean): Promise<Uint8Array> {
    const session = this.#free.pop() ?? (await this.#wait())
    try {
      if (abandoned()) return new Uint8Array(0)
      return await session.run(statement)
    } finally {
      this.#release(session)
    }
  }

  /** Waits for what runs and what waits, then closes the sessions. */
  async close(): Promise<void> {
    if (this.#free.length < this.#sessions.length) await new Promise<void>(resolve => (this.#idle = resolve))
    for (const session of this.#sessions) session.close()
  }

  #wait(): Promise<EngineSession> {
    if (this.#waiting.length >= this.#capacity) throw tooMany()
    return new Promise(start => this.#waiting.push({ start }))
  }

  #release(session: EngineSession): void {
    const next = this.#waiting.shift()
    if (next !== undefined) return next.start(session)
    this.#free.push(session)
    if (this.#free.length === this.#sessions.length) this.#idle?.()
  }
}
