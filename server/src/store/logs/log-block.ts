import type { EncodedLogEvents } from '../../model/log-intake.ts'

/** Accepted events of one stream, as they go to the store. */
export interface LogBatch extends EncodedLogEvents {
  readonly group: number
  readonly stream: string
  readonly firstSeq: bigint
  /** The originals of masked messages; undefined where nothing is masked. */
  readonly originals: readonly (string | undefined)[] | undefined
}

/** What was accepted since the last block was closed. */
export class LogBlock {
  readonly batches: LogBatch[] = []
  readonly groups = new Set<number>()
  rows = 0
  /** Bytes of all messages: about the memory that they take. */
  bytes = 0
  /** Journal sequence of the last record in it. */
  upTo = 0

  add(batch: LogBatch, sequence: number): void {
    this.batches.push(batch)
    this.groups.add(batch.group)
    this.rows += batch.messages.length
    this.bytes += batch.messages.textBytes
    this.upTo = sequence
  }
}
