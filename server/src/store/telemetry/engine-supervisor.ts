import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { getCompileCacheDir } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { sleep, type Clock, type Timer } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { millis, type EpochMillis, type Millis } from '../../base/time.ts'

/** `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing NUL included. */
const SOCKET_PATH_LIMIT = 103
const FIRST_BACKOFF = millis(100)
const LONGEST_BACKOFF = millis(5_000)
/** An engine that ran this long has earned a quick restart again. */
const SETTLED = millis(30_000)
/** An ended child is noticed within milliseconds, even on a busy machine within this. */
const NOTICE = millis(500)
const STOP_PATIENCE = millis(8_000)
const ENTRY = fileURLToPath(new URL('./engine/main.ts', import.meta.url))

export type EngineState = 'starting' | 'ready' | 'restarting' | 'stopped'

/** Keeps the embedded engine's child process running: starts it, restarts it when it dies, stops it cleanly. */
export class EngineSupervisor {
  readonly socketPath: string
  readonly #folder: string
  readonly #ownSocketFolder: string | undefined
  readonly #clock: Clock
  readonly #log: Log
  #state: EngineState = 'starting'
  #child: ChildProcess | undefined
  #restarts = 0
  #backoff: Millis = FIRST_BACKOFF
  #startedAt: EpochMillis
  #pending: Timer | undefined
  #failure = ''
  #awake: MessagePort | undefined
  readonly #waiters = new Set<() => void>()

  constructor(options: { readonly folder: string; readonly clock: Clock; readonly log: Log }) {
    this.#folder = resolve(options.folder)
    this.#clock = options.clock
    this.#log = options.log
    this.#startedAt = options.clock.now()
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    chmodSync(this.#folder, 0o700)
    const inside = join(this.#folder, 'engine.sock')
    this.#ownSocketFolder = Buffer.byteLength(inside) <= SOCKET_PATH_LIMIT ? undefined : mkdtempSync(join(tmpdir(), 'tocsin-'))
    this.socketPath = this.#ownSocketFolder === undefined ? inside : join(this.#ownSocketFolder, 'engine.sock')
  }

  /** Where the engine spools inserts. */
  get spoolFolder(): string {
    return join(this.#folder, 'spool')
  }

  get state(): EngineState {
    return this.#state
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  get restarts(): number {
    return this.#restarts
  }

  /** What the engine said last before it died; empty when it never did. */
  get failure(): string {
    return this.#failure
  }

  async start(): Promise<void> {
    await this.#endLeftover()
    this.#launch()
  }

  /** Resolves to whether the engine is ready, waiting for it at most `patience`. */
  ready(patience: Millis): Promise<boolean> {
    if (this.#state === 'ready' || this.#state === 'stopped') return Promise.resolve(this.#state === 'ready')
    return new Promise(resolve => {
      const settle = (): void => {
        timer.cancel()
        this.#waiters.delete(settle)
        resolve(this.#state === 'ready')
      }
      const timer = this.#clock.after(patience, settle)
      this.#waiters.add(settle)
    })
  }

  /** Gives a broken connection's cause the time to show: resolves when the engine's end is noticed, or soon if it has not ended. */
  doubt(): Promise<void> {
    const child = this.#child
    if (this.#state !== 'ready' || child === undefined) return Promise.resolve()
    return new Promise(resolve => {
      const timer = this.#clock.after(NOTICE, resolve)
      child.once('exit', () => {
        timer.cancel()
        resolve()
      })
    })
  }

  async stop(): Promise<void> {
    if (this.#state === 'stopped') return
    this.#enter('stopped')
    this.#pending?.cancel()
    this.#awake?.close()
    const child = this.#child
    if (child !== undefined && child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit')
      // An engine that is dying already does not hear it, and need not.
      if (child.connected) child.send('stop', () => undefined)
      const timer = this.#clock.after(STOP_PATIENCE, () => child.kill('SIGKILL'))
      await gone
      timer.cancel()
    }
    rmSync(this.socketPath, { force: true })
    if (this.#ownSocketFolder !== undefined) rmSync(this.#ownSocketFolder, { recursive: true, force: true })
  }

  #launch(): void {
    this.#awake?.close()
    this.#startedAt = this.#clock.now()
    // A short environment of its own: the engine needs none of the server's secrets. Every statement that runs holds a thread
    // of libuv's pool, which by default has four; and with an arena for each of them, the allocator keeps 100 MB more.
    // Calling the machine's `madvise` is new in Node, and the engine's words are kept for when it dies.
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ENTRY, this.#folder, this.socketPath], {
      env: { UV_THREADPOOL_SIZE: '16', MALLOC_ARENA_MAX: '2', TZ: 'UTC', ...compileCache() },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    this.#child = child
    let said = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)))
    child.on('message', message => {
      if (message === 'ready' && this.#state !== 'stopped') this.#enter('ready')
    })
    // Without a process there is no exit either.
    child.once('error', error => child.pid === undefined && this.#lost(error.message))
    child.once('exit', (code, signal) => this.#lost(said.trim() || `exit code ${code ?? 'none'}, signal ${signal ?? 'none'}`))
  }

  #lost(reason: string): void {
    if (this.#state === 'stopped') return
    this.#failure = reason
    this.#restarts++
    if (this.#clock.now() - this.#startedAt >= SETTLED) this.#backoff = FIRST_BACKOFF
    this.#log.error({ reason, restartIn: this.#backoff, restarts: this.#restarts }, 'the telemetry engine stopped; starting it again')
    this.#state = 'restarting'
    // The clock's timers do not keep a process alive; one that waits for its engine must be.
    this.#awake = new MessageChannel().port1
    this.#awake.ref()
    this.#pending = this.#clock.after(this.#backoff, () => this.#launch())
    this.#backoff = millis(Math.min(LONGEST_BACKOFF, this.#backoff * 2))
  }

  #enter(state: EngineState): void {
    this.#state = state
    for (const waiter of this.#waiters) waiter()
  }

  /** Ends the engine that a killed server left behind: it still locks the folder. */
  async #endLeftover(): Promise<void> {
    const pid = this.#leftoverPid()
    if (pid === undefined) return
    this.#log.warn({ pid }, 'ending the telemetry engine of an earlier run')
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if (!isGone(error)) throw error
    }
    for (let tries = 0; tries < 50 && this.#isEngine(pid); tries++) await sleep(this.#clock, millis(50))
  }

  #leftoverPid(): number | undefined {
    let pid: number
    try {
      pid = Number(readFileSync(join(this.#folder, 'engine.pid'), 'utf8'))
    } catch {
      return undefined // the first start in this folder
    }
    return Number.isSafeInteger(pid) && pid > 1 && this.#isEngine(pid) ? pid : undefined
  }

  /** Pids are reused: only a process that runs this very engine on this very folder is ours to end. */
  #isEngine(pid: number): boolean {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
      return words.includes(ENTRY) && words.includes(this.#folder)
    } catch {
      return false // gone, or a system without /proc, where the engine's own end with its parent has to do
    }
  }
}

const isGone = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ESRCH'

/**
 * The server's own compile cache, if it has one. With it from its first file on, the engine never loads what strips types, which
 * takes 17 MB and 50 ms.
 */
const compileCache = (): Readonly<Record<string, string>> => {
  const folder = getCompileCacheDir()
  // What is answered is the folder's part for this version of Node.
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) }
}
