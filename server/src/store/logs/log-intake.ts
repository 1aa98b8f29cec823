import type { Clock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import type { EpochMillis } from '../../base/time.ts'
import { ingestedAt, SEQ_PER_MILLI } from '../../model/log-identity.ts'
import type { ArrivalListener, DecodeLogBody, PutLogs } from '../../model/log-intake.ts'
import { LogMessages } from '../../model/log-messages.ts'
import type { LogArrival, LogFinding, MaskOf } from '../../model/log.ts'
import { OverloadedError } from '../intake/overloaded-error.ts'
import type { Journal } from '../journal/journal.ts'
import { writeEventList } from './event-list.ts'
import type { LogBatch } from './log-block.ts'
import type { LogDirectory } from './log-directory.ts'
import { LOG_KIND, writeLogRecord } from './log-record.ts'
import type { LogTables } from './log-tables.ts'
import { LogWriter } from './log-writer.ts'
import { replayLogs } from './replay-logs.ts'
import type { SeqSource } from './seq-source.ts'

export interface LogIntakeOptions {
  readonly journal: Journal
  readonly directory: LogDirectory
  readonly tables: LogTables
  readonly seq: SeqSource
  readonly decode: DecodeLogBody
  readonly maskOf: MaskOf
  readonly clock: Clock
  readonly log: Log
}

type Findings = LogArrival['findings']
type Telling = Pick<PutLogs, 'group' | 'hasEntity' | 'isReport' | 'cause'> & { readonly isClaimed: boolean }

/** How the stores below call it when they cannot take anything. */
const NO_ROOM: ReadonlySet<string> = new Set(['DiskFull', 'JournalFull', 'StoreFull', 'Overloaded'])

/**
 * The way of every log event: journal (durable) → listeners → acknowledged; and in the background → store. Whoever calls has checked
 * what may be stored at all.
 */
export class LogIntake {
  readonly #options: LogIntakeOptions
  readonly #writer: LogWriter
  readonly #listeners: ArrivalListener[] = []

  private constructor(options: LogIntakeOptions) {
    this.#options = options
    this.#writer = new LogWriter({ ...options, target: { write: (batches, maybeThere) => this.#store(batches, maybeThere) } })
  }

  /** Brings what the journal still holds into the store, which must answer. */
  static async open(options: LogIntakeOptions): Promise<LogIntake> {
    const intake = new LogIntake(options)
    const { tables, seq, clock } = options
    // Events of a clock that was ahead.
    const ahead = await tables.highest(BigInt(Math.floor(clock.now())) * SEQ_PER_MILLI)
    if (ahead !== undefined) seq.startAfter(ahead)
    await replayLogs(options, {
      store: batches => intake.#store(batches.map(batch => intake.#masked(batch, ingestedAt(batch.firstSeq)).batch), true),
      settle: sequence => intake.#writer.release(sequence),
    })
    return intake
  }

  get writer(): LogWriter {
    return this.#writer
  }

  /** To be told of all events that are accepted from now on, in the order of the listeners. */
  onArrival(listener: ArrivalListener): void {
    this.#listeners.push(listener)
  }

  /** Durable when it resolves. Answers the `seq` of the first event. Throws {@link OverloadedError} or a `JournalError`. */
  async accept(put: PutLogs): Promise<bigint> {
    const { journal, seq } = this.#options
    const { group, stream, timestamps } = put
    const messages = messagesOf(put)
    const room = this.#writer.pace.room()
    if (room !== true && !(await room)) throw new OverloadedError('too many log events wait for the telemetry store')
    const firstSeq = seq.take(messages.length)
    if (put.claim !== undefined) await put.claim(firstSeq)
    const { from, ...body } = put.body ?? { form: 'list', encoding: 'identity', bytes: writeEventList({ timestamps, messages }), from: 0 }
    const record = { group: group.id, stream, firstSeq, from, count: messages.length, body }
    const { batch, findings } = this.#masked({ group: group.id, stream, timestamps, messages, firstSeq, originals: undefined })
    // The store may have the messages before all who listen have seen them.
    batch.messages.hold()
    try {
      this.#writer.add(batch, await journal.append(LOG_KIND, writeLogRecord(record)))
      this.#touch(batch)
      if (this.#listeners.length > 0) await this.#tell({ ...put, isClaimed: put.claim !== undefined }, batch, findings)
    } finally {
      batch.messages.letGo()
    }
    return firstSeq
  }

  /**
   * Whether these very events, which were claimed, were accepted before under these numbers. Those who listen are told of them then:
   * nobody can know whether they were, before the server was killed.
   */
  async resume(put: PutLogs, firstSeq: bigint): Promise<boolean> {
    const { group, stream, timestamps } = put
    const messages = messagesOf(put)
    await this.settled([group.id])
    if (!(await this.#options.tables.has(group.id, stream, firstSeq))) return false
    const { batch, findings } = this.#masked({ group: group.id, stream, timestamps, messages, firstSeq, originals: undefined })
    if (this.#listeners.length > 0) await this.#tell({ ...put, isClaimed: true }, batch, findings)
    return true
  }

  /** Resolves when reads of these groups find everything that was accepted before. */
  settled(groups: readonly number[]): Promise<void> {
    return this.#writer.settled(groups)
  }

  async close(): Promise<void> {
    await this.#writer.close()
  }

  async #tell({ group, hasEntity = false, isReport = false, cause, isClaimed }: Telling, { stream, firstSeq, timestamps, messages }: LogBatch, findings: Findings): Promise<void> {
    let texts: readonly string[] | undefined
    const arrival: LogArrival = {
      group,
      stream,
      ingestedAt: ingestedAt(firstSeq),
      firstSeq,
      timestamps,
      // Strings are made of them only where somebody wants to see them.
      get messages() {
        return (texts ??= messages.texts())
      },
      textBytes: messages.textBytes,
      mayHold: text => messages.mayHold(text),
      hasEntity,
      ...(isClaimed ? { claimed: cause ?? { firstSeq, what: '' } } : {}),
      ...(findings === undefined || isReport ? {} : { findings }),
    }
    for (const listener of this.#listeners) {
      try {
        await listener(arrival)
      } catch (error) {
        // What could not be kept is told to the sender: better the events twice than never what they cause.
        if (error instanceof Error && NO_ROOM.has(error.name)) throw error
        // Else sending them again would only store them twice.
        this.#options.log.error({ group: group.arn, error: String(error) }, 'something that listens to log events failed')
      }
    }
  }

  /** `at`: the policies of that time decide; those of now where it is left out. */
  #masked(batch: LogBatch, at?: EpochMillis): { readonly batch: LogBatch; readonly findings: Findings } {
    const group = this.#options.directory.byId(batch.group)
    const mask = group === undefined ? undefined : this.#options.maskOf(group, at)
    if (mask === undefined) return { batch, findings: undefined }
    const texts = batch.messages.texts()
    const masked = texts.map(mask)
    if (masked.every(message => message === undefined)) return { batch, findings: undefined }
    return {
      batch: {
        ...batch,
        messages: LogMessages.of(masked.map((message, index) => message?.masked ?? texts[index]!)),
        originals: masked.map((message, index) => (message === undefined ? undefined : texts[index])),
      },
      findings: masked.map((message): readonly LogFinding[] | undefined => message?.findings),
    }
  }

  #touch({ group, stream, timestamps, firstSeq }: LogBatch): void {
    let first: EpochMillis | undefined
    let last: EpochMillis | undefined
    for (const at of timestamps) {
      if (first === undefined || at < first) first = at
      if (last === undefined || at > last) last = at
    }
    if (first !== undefined && last !== undefined) this.#options.directory.touch(group, stream, first, last, ingestedAt(firstSeq))
  }

  async #store(batches: readonly LogBatch[], maybeThere: boolean): Promise<void> {
    const { directory, tables } = this.#options
    // Of groups that are deleted meanwhile nothing can be seen.
    const wanted = batches.filter(({ group }) => directory.byId(group) !== undefined)
    await tables.write(maybeThere ? await this.#missing(wanted) : wanted)
    await directory.writeDown()
  }

  /** What is not in the store yet. */
  async #missing(batches: readonly LogBatch[]): Promise<readonly LogBatch[]> {
    if (batches.length === 0) return batches
    const last = batches.reduce((highest, { firstSeq, messages }) => max(highest, firstSeq + BigInt(messages.length) - 1n), 0n)
    const stored = await this.#options.tables.stored(batches.reduce((least, { firstSeq }) => (firstSeq < least ? firstSeq : least), last), last)
    if (stored.size === 0) return batches
    return batches.flatMap(batch => runsOf(batch, index => !stored.has(batch.firstSeq + BigInt(index))))
  }
}

const messagesOf = ({ messages }: PutLogs): LogMessages => (messages instanceof LogMessages ? messages : LogMessages.of(messages))

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b)

/** The parts of a batch whose events are wanted, each without gaps: their `seq` follow from the first one's. */
const runsOf = (batch: LogBatch, wanted: (index: number) => boolean): readonly LogBatch[] => {
  const runs: LogBatch[] = []
  const { timestamps, messages, originals, firstSeq } = batch
  for (let from = 0; from < messages.length; ) {
    let to = from
    while (to < messages.length && wanted(to)) to++
    if (to > from) {
      runs.push({
        ...batch,
        firstSeq: firstSeq + BigInt(from),
        timestamps: timestamps.slice(from, to),
        messages: messages.slice(from, to),
        originals: originals?.slice(from, to),
      })
    }
    from = to + 1
  }
  return runs
}
