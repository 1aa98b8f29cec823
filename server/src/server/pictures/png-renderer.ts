import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Clock, Timer } from '../../base/clock.ts'
import { millis } from '../../base/time.ts'
import type { DrawingAnswer, DrawingOrder } from './drawing-messages.ts'

/** A chart of 100 series in 2000 pixels has some 6 MB. */
const MAX_SVG = 16 * 1024 * 1024
const MAX_WAITING = 32
const TIME_LIMIT = millis(10_000)
/** Starting takes a fifth of a second; an idle process holds some 100 MB. */
const IDLE_LIMIT = millis(30_000)
const ENTRY = fileURLToPath(new URL('./drawing-process.ts', import.meta.url))

/** No picture, for a reason that is nobody's mistake here. */
export class PictureRefused extends Error {}

/**
 * SVG → PNG, one at a time, in a process of its own that runs only while pictures are wanted: native code, its memory and its
 * faults stay out of the server. Rejects with {@link PictureRefused} what is too large, what comes while too many wait, and
 * what takes longer than ten seconds.
 */
export class PngRenderer {
  readonly #clock: Clock
  readonly #waiting: (() => void)[] = []
  #running = false
  #child: ChildProcess | undefined
  #idle: Timer | undefined
  #stopped = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Pictures under way and waiting. */
  get busy(): number {
    return (this.#running ? 1 : 0) + this.#waiting.length
  }

  /** Whether the process is there. */
  get awake(): boolean {
    return this.#child !== undefined
  }

  /** `zoom` 2 has twice the pixels each way, for screens that show them. */
  async render(svg: string, zoom: 1 | 2): Promise<Uint8Array> {
    if (svg.length > MAX_SVG) throw new PictureRefused('the picture has too much in it')
    if (this.#waiting.length >= MAX_WAITING) throw new PictureRefused('too many pictures are being drawn')
    if (this.#running) await new Promise<void>(resolve => this.#waiting.push(resolve))
    this.#running = true
    try {
      return await this.#ask({ svg, zoom })
    } finally {
      const next = this.#waiting.shift()
      // The place is handed over: nobody who comes in between may take it.
      if (next === undefined) this.#rest()
      else next()
    }
  }

  /** Ends the process; pictures under way are refused. */
  stop(): void {
    this.#stopped = true
    this.#end()
  }

  #ask(order: DrawingOrder): Promise<Uint8Array> {
    if (this.#stopped) throw new PictureRefused('the server is stopping')
    this.#idle?.cancel()
    const child = (this.#child ??= this.#begin())
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>()
    const answered = ({ png, problem }: DrawingAnswer) => (png === undefined ? reject(new PictureRefused(problem)) : resolve(png))
    const lost = () => reject(new PictureRefused('the drawing process has ended'))
    const timer = this.#clock.after(TIME_LIMIT, () => {
      reject(new PictureRefused('the picture took too long'))
      this.#end()
    })
    child.once('message', answered)
    child.once('exit', lost)
    child.send(order, error => error !== null && lost())
    return promise.finally(() => {
      timer.cancel()
      child.off('message', answered)
      child.off('exit', lost)
    })
  }

  #begin(): ChildProcess {
    // It needs none of the server's secrets, and one arena keeps the allocator from holding what it has freed.
    const env = { MALLOC_ARENA_MAX: '1', TZ: 'UTC' }
    const child = fork(ENTRY, { env, execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const gone = () => {
      if (this.#child === child) this.#child = undefined
    }
    child.once('exit', gone)
    child.once('error', gone)
    return child
  }

  #rest(): void {
    this.#running = false
    this.#idle = this.#clock.after(IDLE_LIMIT, () => this.#end())
  }

  #end(): void {
    this.#idle?.cancel()
    const child = this.#child
    this.#child = undefined
    child?.kill('SIGKILL')
  }
}
