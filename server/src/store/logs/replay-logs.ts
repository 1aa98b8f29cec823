import type { Log } from '../../base/log.ts'
import { ingestedAt } from '../../model/log-identity.ts'
import type { DecodeLogBody } from '../../model/log-intake.ts'
import type { Journal } from '../journal/journal.ts'
import { readEventList } from './event-list.ts'
import type { LogBatch } from './log-block.ts'
import type { LogDirectory } from './log-directory.ts'
import { LOG_KIND, LOG_STORED_KIND, readLogRecord } from './log-record.ts'
import type { SeqSource } from './seq-source.ts'

interface ReplayOptions {
  readonly journal: Journal
  readonly directory: LogDirectory
  readonly seq: SeqSource
  readonly decode: DecodeLogBody
  readonly log: Log
}

interface ReplayTarget {
  /** Writes those of the events that the store lacks. */
  store(batches: readonly LogBatch[]): Promise<void>
  /** Everything up to this sequence is stored. */
  settle(sequence: number): Promise<void>
}

const CHUNK_ROWS = 200_000

/** Writes everything that the journal holds and the store may lack. */
export const replayLogs = async ({ journal, directory, seq, decode, log }: ReplayOptions, target: ReplayTarget): Promise<void> => {
  let stored = 0
  for await (const { kind, body } of journal.records()) if (kind === LOG_STORED_KIND) stored = Math.max(stored, body.readDoubleLE(0))
  let unreadable = 0
  let waiting: LogBatch[] = []
  let rows = 0
  let last = 0
  const write = async (): Promise<void> => {
    if (last === 0) return
    await target.store(waiting)
    await target.settle(last)
    waiting = []
    rows = 0
    last = 0
  }
  for await (const { kind, sequence, body } of journal.records()) {
    if (kind !== LOG_KIND || sequence <= stored) continue
    last = sequence
    try {
      const batch = batchOf(body, decode)
      seq.startAfter(batch.firstSeq + BigInt(batch.messages.length))
      waiting.push(batch)
      rows += batch.messages.length
      await touch(directory, batch)
    } catch {
      // Counted: one line for all of them.
      unreadable++
    }
    if (rows >= CHUNK_ROWS) await write()
  }
  await write()
  if (unreadable > 0) log.error({ records: unreadable }, 'records of log events in the journal could not be read and were left out')
}

const batchOf = (bytes: Buffer, decode: DecodeLogBody): LogBatch => {
  const { group, stream, firstSeq, from, count, body } = readLogRecord(bytes)
  const { timestamps, messages } = body.form === 'list' ? readEventList(body.bytes) : decode(body)
  if (messages.length < from + count) throw new RangeError('the request has fewer events than were accepted')
  return { group, stream, firstSeq, timestamps: timestamps.slice(from, from + count), messages: messages.slice(from, from + count), originals: undefined }
}

const touch = async (directory: LogDirectory, { group, stream, timestamps, firstSeq }: LogBatch): Promise<void> => {
  if ((await directory.stream(group, stream)) === undefined) return
  directory.touch(group, stream, Math.min(...timestamps), Math.max(...timestamps), ingestedAt(firstSeq))
}
