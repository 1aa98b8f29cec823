import type { Statement } from './statement.ts'

/** What a pool needs of an engine's session. */
interface Session {
  run(statement: Statement): Promise<Uint8Array>
  close(): void
}

interface Waiting {
  readonly start: (session: Session) => void
  readonly fail: (error: unknown) => void
}

/** The queue is full; ClickHouse's TOO_MANY_SIMULTANEOUS_QUERIES. */
const tooMany = (): Error => new Error('Code: 202. DB::Exception: Too many statements wait in this lane. (TOO_MANY_SIMULTANEOUS_QUERIES)')

/**
 * The sessions of one lane and the statements that wait for them, first come, first served. A session is opened when all others are
 * busy, within a few milliseconds, and then kept.
 */
export class SessionPool {
  readonly #open: () => Promise<Session>
  readonly #most: number
  readonly #queue: number
  readonly #free: Session[] = []
  readonly #waiting: Waiting[] = []
  #opened = 0
  #idle: (() => void) | undefined

  constructor(options: { readonly open: () => Promise<Session>; readonly most: number; readonly queue: number }) {
    this.#open = options.open
    this.#most = options.most
    this.#queue = options.queue
  }

  /** Opens one now rather than for the first statement. */
  async openFirst(): Promise<void> {
    this.#release(await this.#another())
  }

  /** Runs the statement once a session is free; one that is given up while it waits is never started. */
  async run(statement: Statement, abandoned: () => boolean): Promise<Uint8Array> {
    const session = this.#free.pop() ?? (await (this.#opened < this.#most ? this.#another() : this.#wait()))
    try {
      if (abandoned()) return new Uint8Array(0)
      return await session.run(statement)
    } finally {
      this.#release(session)
    }
  }

  /** Waits for what runs and what waits, then closes the sessions. */
  async close(): Promise<void> {
    if (this.#free.length < this.#opened) await new Promise<void>(resolve => (this.#idle = resolve))
    for (const session of this.#free) session.close()
  }

  async #another(): Promise<Session> {
    this.#opened++
    try {
      return await this.#open()
    } catch (error) {
      this.#opened--
      // Whoever counted on this session has no better prospects.
      this.#waiting.shift()?.fail(error)
      this.#rest()
      throw error
    }
  }

  #wait(): Promise<Session> {
    if (this.#waiting.length >= this.#queue) throw tooMany()
    return new Promise((start, fail) => this.#waiting.push({ start, fail }))
  }

  #release(session: Session): void {
    const next = this.#waiting.shift()
    if (next !== undefined) return next.start(session)
    this.#free.push(session)
    this.#rest()
  }

  #rest(): void {
    if (this.#free.length === this.#opened) this.#idle?.()
  }
}
