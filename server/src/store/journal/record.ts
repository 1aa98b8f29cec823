import { crc32 } from 'node:zlib'

/** `docs/formats/journal.md` describes these bytes. */
export const SEGMENT_HEADER_BYTES = 48
export const RECORD_HEADER_BYTES = 32
export const SALT_BYTES = 16
/** No record is longer: what claims to be is damage. */
export const MAX_RECORD_BYTES = 16 * 1_048_576

const MAGIC = Buffer.from('TOCSINJ1', 'latin1')

/** What a record is; 1–127 hold data, and keep their segment until they are released; 128–255 are notes about data. */
export type RecordKind = number
export const holdsData = (kind: RecordKind): boolean => kind < 128

export interface JournalRecord {
  /** 1, 2, 3 … over all segments. */
  readonly sequence: number
  readonly kind: RecordKind
  readonly body: Buffer
}

export interface Segment {
  /** Random; mixed into every checksum, so that bytes which a client sent can never pass for a record. */
  readonly salt: Buffer
  readonly firstSequence: number
}

/** magic 8 · salt 16 · first sequence 8 · zero 12 · CRC 4 */
export const segmentHeader = ({ salt, firstSequence }: Segment): Buffer => {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES)
  MAGIC.copy(header)
  salt.copy(header, 8)
  header.writeBigUInt64LE(BigInt(firstSequence), 24)
  header.writeUInt32LE(crc32(header.subarray(0, 44)), 44)
  return header
}

export const readSegmentHeader = (bytes: Buffer): Segment | undefined => {
  if (bytes.length < SEGMENT_HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) return undefined
  if (bytes.readUInt32LE(44) !== crc32(bytes.subarray(0, 44))) return undefined
  return { salt: Buffer.from(bytes.subarray(8, 24)), firstSequence: Number(bytes.readBigUInt64LE(24)) }
}

/** The eight bytes that begin every record of a segment, by which reading finds its way back after damage. */
const markerOf = (segment: Segment): Buffer => segment.salt.subarray(0, 8)

/**
 * Writes a record's header into `into` at `at`: marker 8 · body length 4 · CRC 4 · sequence 8 · kind 1 · zero 7. The CRC is over
 * the salt, the header's other fields and the body, which must already be in its place behind the header.
 */
export const sealRecord = (segment: Segment, into: Buffer, at: number, bodyLength: number, sequence: number, kind: RecordKind): void => {
  markerOf(segment).copy(into, at)
  into.writeUInt32LE(bodyLength, at + 8)
  into.writeBigUInt64LE(BigInt(sequence), at + 16)
  into.fill(0, at + 24, at + RECORD_HEADER_BYTES)
  into[at + 24] = kind
  into.writeUInt32LE(checksum(segment, into, at, bodyLength), at + 12)
}

const checksum = (segment: Segment, bytes: Buffer, at: number, bodyLength: number): number => {
  const seed = crc32(bytes.subarray(at + 8, at + 12), crc32(segment.salt))
  return crc32(bytes.subarray(at + 16, at + RECORD_HEADER_BYTES + bodyLength), seed)
}

/** The record at `at`, or undefined when no whole and sound one begins there. Its body is a view of `bytes`. */
export const readRecord = (segment: Segment, bytes: Buffer, at: number): JournalRecord | undefined => {
  if (at + RECORD_HEADER_BYTES > bytes.length) return undefined
  if (markerOf(segment).compare(bytes, at, at + 8) !== 0) return undefined
  const length = bytes.readUInt32LE(at + 8)
  if (length > MAX_RECORD_BYTES || at + RECORD_HEADER_BYTES + length > bytes.length) return undefined
  if (bytes.readUInt32LE(at + 12) !== checksum(segment, bytes, at, length)) return undefined
  const body = bytes.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length)
  return { sequence: Number(bytes.readBigUInt64LE(at + 16)), kind: bytes[at + 24]!, body }
}

/** Where the next sound record begins at or after `at`, or -1. */
export const findRecord = (segment: Segment, bytes: Buffer, at: number): number => {
  for (let found = bytes.indexOf(markerOf(segment), at); found >= 0; found = bytes.indexOf(markerOf(segment), found + 1)) {
    if (readRecord(segment, bytes, found) !== undefined) return found
  }
  return -1
}
