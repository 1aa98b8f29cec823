import type { Clock } from '../../base/clock.ts'
import type { Entropy } from '../../base/entropy.ts'
import type { Log } from '../../base/log.ts'
import type { OutgoingResult } from '../../base/outgoing.ts'
import { epochMillis, epochSeconds, toMillis, type EpochMillis, type EpochSeconds } from '../../base/time.ts'
import { encodeRecord } from '../../engines/metric-streams/encode-record.ts'
import { streamEndpoint } from '../../model/stream-endpoint.ts'
import { firehoseRequest, requestId } from './firehose-request.ts'
import type { RunningStream, StreamParts } from './ports.ts'
import { streamData } from './stream-data.ts'

const MINUTE = 60
/** What is younger may still come in. */
const GRACE_SECONDS = 20
/** A receiver that was away longer loses the oldest minutes. AWS's streams keep as long. */
const BACKLOG_SECONDS = 2 * 60 * MINUTE
/** So much is read and sent before the position is kept. */
const STEP_SECONDS = 10 * MINUTE
/** Pauses after failures double between these, ± 10 %. */
const PAUSE = { first: 5_000, longest: 5 * 60_000, jitter: 0.2 } as const

export interface SenderOptions extends StreamParts {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly log: Log
}

/** Minutes that are being sent, and what the receiver has of them: after a failure only the rest is sent again. */
interface Step {
  readonly start: EpochSeconds
  readonly end: EpochSeconds
  /** Ids of requests. A request whose data has changed since is another one. */
  readonly taken: Set<string>
}

/**
 * Sends one stream's closed minutes, oldest first. A minute counts as sent once the receiver has taken all of it, so after a
 * restart some of it may come again: at least once. What waits is in the metric store, not in memory.
 */
export class StreamSender {
  readonly #options: SenderOptions
  #failures = 0
  #restsUntil: EpochMillis = epochMillis(0)
  #stopped = false
  #step: Step | undefined
  readonly #halt = Promise.withResolvers<undefined>()

  constructor(options: SenderOptions) {
    this.#options = options
  }

  /** Sends what is due, unless the receiver is being left alone. Never rejects for the receiver's sake. */
  async run(running: RunningStream): Promise<void> {
    const { clock } = this.#options
    if (clock.now() < this.#restsUntil) return
    let start = this.#begin(running)
    const end = closedAt(clock.now())
    while (start < end && !this.#stopped) {
      const step = this.#stepFrom(start, end)
      if (!(await this.#send(running, step))) return
      await this.#options.streams.setSentUpTo(running.stream.tenant, running.stream.name, toMillis(step.end))
      start = step.end
    }
  }

  /** Whether its receiver did not take what it was sent last. */
  get failing(): boolean {
    return this.#failures > 0
  }

  #stepFrom(start: EpochSeconds, end: EpochSeconds): Step {
    if (this.#step?.start !== start) this.#step = { start, end: epochSeconds(Math.min(end, start + STEP_SECONDS)), taken: new Set() }
    return this.#step
  }

  /** Nobody waits for a receiver that does not answer: what it may have taken comes again. */
  stop(): void {
    this.#stopped = true
    this.#halt.resolve(undefined)
  }

  #begin({ stream, sentUpTo }: RunningStream): EpochSeconds {
    const { clock, log } = this.#options
    // The minute in which a stream was started is its first.
    const start = Math.floor(sentUpTo / 1000 / MINUTE) * MINUTE
    const oldest = closedAt(clock.now()) - BACKLOG_SECONDS
    if (start < oldest) log.warn({ stream: stream.arn, minutes: (oldest - start) / MINUTE }, 'a metric stream gave up what its receiver did not take')
    return epochSeconds(Math.max(start, oldest))
  }

  /** Answers whether the receiver has everything of the step. */
  async #send({ stream }: RunningStream, { start, end, taken }: Step): Promise<boolean> {
    const { tags, http, clock } = this.#options
    const endpoint = streamEndpoint(stream.firehoseArn, await tags.get(stream.tenant, stream.arn))
    if (endpoint === undefined) {
      this.#rest('it names no receiver any more', stream.arn)
      return false
    }
    for await (const data of streamData(stream, start, end, this.#options)) {
      if (this.#stopped) return false
      const record = encodeRecord[stream.format](stream, data)
      const id = requestId(stream.arn, record)
      if (taken.has(id)) continue
      const result = await Promise.race([http.send(firehoseRequest(endpoint, stream.arn, record, clock.now())), this.#halt.promise])
      if (result === undefined) return false
      if (!isTaken(result)) {
        this.#rest(result.kind === 'answer' ? `its receiver answered ${result.status}` : result.detail, stream.arn)
        return false
      }
      taken.add(id)
    }
    this.#failures = 0
    return true
  }

  #rest(why: string, stream: string): void {
    const { clock, entropy, log } = this.#options
    const pause = Math.min(PAUSE.longest, PAUSE.first * 2 ** this.#failures) * (1 - PAUSE.jitter / 2 + PAUSE.jitter * entropy.fraction())
    if (this.#failures === 0) log.warn({ stream, why }, 'a metric stream could not be sent')
    this.#failures++
    this.#restsUntil = epochMillis(clock.now() + Math.round(pause))
  }
}

const isTaken = (result: OutgoingResult): boolean => result.kind === 'answer' && result.status >= 200 && result.status < 300

/** The end of the newest minute that is over and has had its time to come in. */
const closedAt = (now: EpochMillis): EpochSeconds => epochSeconds(Math.floor((now / 1000 - GRACE_SECONDS) / MINUTE) * MINUTE)
