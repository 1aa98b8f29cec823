import { millis } from '../../base/time.ts'
import { Rounds } from '../rounds.ts'
import type { RunningStream } from './ports.ts'
import { type SenderOptions, StreamSender } from './stream-sender.ts'

/** Minutes become due once a minute; receivers that failed are tried again at least as often as their pauses end. */
const INTERVAL = millis(5_000)

/** Sends all running metric streams, each on its own: a slow receiver holds up nobody else, nor whoever takes metrics in. */
export class MetricStreamRounds {
  readonly #options: SenderOptions
  readonly #senders = new Map<string, StreamSender>()
  readonly #busy = new Map<string, Promise<void>>()
  readonly #rounds: Rounds
  #failing = false

  constructor(options: SenderOptions) {
    this.#options = options
    this.#rounds = new Rounds({ clock: options.clock, round: () => this.#run(), pause: () => INTERVAL })
  }

  start(): void {
    this.#rounds.start()
  }

  get status(): { readonly running: number; readonly failing: number } {
    const senders = [...this.#senders.values()]
    return { running: senders.length, failing: senders.filter(({ failing }) => failing).length }
  }

  /** What is on its way is left alone; it is sent again after the next start. */
  async stop(): Promise<void> {
    const stopped = this.#rounds.stop()
    for (const sender of this.#senders.values()) sender.stop()
    await stopped
    await Promise.all(this.#busy.values())
  }

  async #run(): Promise<void> {
    try {
      const running = await this.#options.streams.running()
      const known = new Set<string>(running.map(({ stream }) => stream.arn))
      for (const arn of this.#senders.keys()) if (!known.has(arn)) this.#senders.delete(arn)
      for (const one of running) this.#kick(one)
    } catch (error) {
      this.#complain(error)
    }
  }

  #kick(running: RunningStream): void {
    const { arn } = running.stream
    if (this.#busy.has(arn) || this.#rounds.stopped) return
    const sender = this.#senders.get(arn) ?? new StreamSender(this.#options)
    this.#senders.set(arn, sender)
    const sending = sender
      .run(running)
      .then(() => { this.#failing = false })
      .catch((error: unknown) => this.#complain(error))
      .finally(() => this.#busy.delete(arn))
    this.#busy.set(arn, sending)
  }

  /** A store that fails does so for every stream, every five seconds: said once. */
  #complain(error: unknown): void {
    if (!this.#failing) this.#options.log.error({ error }, 'metric streams could not be read')
    this.#failing = true
  }
}
