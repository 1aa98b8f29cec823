import type { LogBody, LogEncoding, LogForm } from '../../model/log-intake.ts'

/** Record kinds of logs in the journal; see `docs/formats/journal.md`. */
export const LOG_KIND = 2
export const LOG_STORED_KIND = 131

/** Accepted events of one stream: `count` of those in the body, from number `from` on, whose `seq` begin with `firstSeq`. */
export interface LogRecord {
  readonly group: number
  readonly stream: string
  readonly firstSeq: bigint
  readonly from: number
  readonly count: number
  readonly body: LogBody
}

const FORMS: readonly LogForm[] = ['json', 'cbor', 'list']
const ENCODINGS: readonly LogEncoding[] = ['identity', 'gzip']
const FIXED_BYTES = 26

/** version 1 · form 1 · encoding 1 · zero 1 · group 4 · first seq 8 · from 4 · count 4 · stream's length 2 · stream · body as it came */
export const writeLogRecord = ({ group, stream, firstSeq, from, count, body }: LogRecord): readonly Uint8Array[] => {
  const name = Buffer.from(stream)
  const head = Buffer.alloc(FIXED_BYTES)
  head[0] = 1
  head[1] = FORMS.indexOf(body.form)
  head[2] = ENCODINGS.indexOf(body.encoding)
  head.writeUInt32LE(group, 4)
  head.writeBigUInt64LE(firstSeq, 8)
  head.writeUInt32LE(from, 16)
  head.writeUInt32LE(count, 20)
  head.writeUInt16LE(name.length, 24)
  return [head, name, body.bytes]
}

/** Throws a RangeError for a record that this version cannot read. */
export const readLogRecord = (record: Buffer): LogRecord => {
  const form = FORMS[record[1] ?? -1]
  const encoding = ENCODINGS[record[2] ?? -1]
  if (record[0] !== 1 || form === undefined || encoding === undefined || record.length < FIXED_BYTES) throw notOurs()
  const bodyAt = FIXED_BYTES + record.readUInt16LE(24)
  if (record.length < bodyAt) throw notOurs()
  return {
    group: record.readUInt32LE(4),
    stream: record.toString('utf8', FIXED_BYTES, bodyAt),
    firstSeq: record.readBigUInt64LE(8),
    from: record.readUInt32LE(16),
    count: record.readUInt32LE(20),
    body: { form, encoding, bytes: record.subarray(bodyAt) },
  }
}

const notOurs = (): RangeError => new RangeError('not a log record of this version')
