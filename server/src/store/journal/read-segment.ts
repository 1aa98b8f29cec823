import {
  findRecord, type JournalRecord, readRecord, readSegmentHeader, RECORD_HEADER_BYTES, SEGMENT_HEADER_BYTES, type Segment,
} from './record.ts'

/** Bytes in the middle of a segment that are no record any more. */
export interface Damage {
  readonly from: number
  readonly to: number
}

export interface SegmentContent {
  readonly segment: Segment
  readonly records: readonly JournalRecord[]
  readonly damages: readonly Damage[]
  /** Where the last sound record ends. */
  readonly end: number
}

/** All sound records of a segment, in order; undefined when even its header cannot be read. */
export const readSegment = (bytes: Buffer): SegmentContent | undefined => {
  const segment = readSegmentHeader(bytes)
  if (segment === undefined) return undefined
  const records: JournalRecord[] = []
  const damages: Damage[] = []
  let at = SEGMENT_HEADER_BYTES
  for (;;) {
    const record = readRecord(segment, bytes, at)
    if (record !== undefined) {
      records.push(record)
      at += RECORD_HEADER_BYTES + record.body.length
      continue
    }
    const next = findRecord(segment, bytes, at)
    if (next < 0) return { segment, records, damages, end: at }
    damages.push({ from: at, to: next })
    at = next
  }
}
