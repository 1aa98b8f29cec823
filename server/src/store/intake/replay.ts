import type { Log } from '../../base/log.ts'
import { MetricColumns } from '../../model/metric-columns.ts'
import type { DecodePut, PutRequest } from '../../model/metric-intake.ts'
import type { OnceMark } from '../../model/once-mark.ts'
import type { Journal } from '../journal/journal.ts'
import type { SeriesIndex } from '../head/series-index.ts'
import type { JournalRecord } from '../journal/record.ts'
import { BLOCK_ROWS, type BlockWriter } from './block-writer.ts'
import { BLOCK_KIND, type BlockNote, ONCE_KIND, PUT_KIND, readBlockNote, readOnce, readPut, readStoredNote, STORED_KIND } from './put-record.ts'

export interface ReplayOptions {
  readonly journal: Journal
  readonly index: SeriesIndex
  readonly decode: DecodePut
  readonly log: Log
}

/**
 * Writes everything that the journal holds and the store may lack. Records that a note had already bound into a block are
 * bound into the very same block again, under its token; the others form new ones. `marked` is told of the marks found on the way.
 */
export const replay = async (options: ReplayOptions, writer: BlockWriter, marked: (mark: OnceMark) => void): Promise<void> => {
  const { stored, blocks } = await readNotes(options.journal)
  let block = 0
  let unreadable = 0
  const columns = new MetricColumns()
  for await (const record of options.journal.records()) {
    if ((record.kind !== PUT_KIND && record.kind !== ONCE_KIND) || record.sequence <= stored) continue
    for (; block < blocks.length && blocks[block]!.upTo < record.sequence; block++) await writer.writeNoted(blocks[block]!.token)
    // Without a note, blocks of the usual size; within a noted one all of it, however much.
    if (block === blocks.length && writer.waiting >= BLOCK_ROWS) await writer.flush()
    const put = readRecord(record)
    for (const request of put?.requests ?? [undefined]) {
      if (request === undefined || !decodeInto(request, options.decode, columns)) {
        unreadable++
        continue
      }
      for (let row = 0; row < columns.points; row++) options.index.touch(columns.series[row]!, columns.seconds[row]!)
      for (let row = 0; row < columns.sets; row++) options.index.touch(columns.setSeries[row]!, columns.setSeconds[row]!)
      writer.replay(columns, record.sequence)
    }
    if (put?.mark === undefined) continue
    marked(put.mark)
    writer.replayMark(put.mark)
  }
  if (block < blocks.length) await writer.writeNoted(blocks[block]!.token)
  await writer.flush()
  if (unreadable > 0) options.log.error({ records: unreadable }, 'metric records of the journal could not be read and were left out')
}

const readNotes = async (journal: Journal): Promise<{ stored: number; blocks: readonly BlockNote[] }> => {
  let stored = 0
  const blocks: BlockNote[] = []
  for await (const { kind, body } of journal.records()) {
    if (kind === STORED_KIND) stored = Math.max(stored, readStoredNote(body))
    if (kind === BLOCK_KIND) blocks.push(readBlockNote(body))
  }
  return { stored, blocks: blocks.filter(({ upTo }) => upTo > stored).sort((a, b) => a.upTo - b.upTo) }
}

interface ReadRecord {
  readonly requests: readonly PutRequest[]
  readonly mark?: OnceMark
}

/** Undefined for a record that another version wrote. */
const readRecord = ({ kind, body }: JournalRecord): ReadRecord | undefined => {
  try {
    return kind === ONCE_KIND ? readOnce(body) : { requests: [readPut(body)] }
  } catch {
    return undefined
  }
}

/** False for a request that was accepted once but cannot be decoded any more. */
const decodeInto = (request: PutRequest, decode: DecodePut, columns: MetricColumns): boolean => {
  try {
    decode(request, columns, () => undefined)
    return true
  } catch {
    // Counted and reported by the caller: one line for all of them.
    return false
  }
}
