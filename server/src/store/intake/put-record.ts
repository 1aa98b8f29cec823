import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { OnceMark } from '../../model/once-mark.ts'
import type { BodyEncoding, MetricProtocol, PutRequest } from '../../model/metric-intake.ts'

/** Record kinds of metrics in the journal; see `docs/formats/journal.md`. */
export const PUT_KIND = 1
export const ONCE_KIND = 3
export const BLOCK_KIND = 129
export const STORED_KIND = 130

const PROTOCOLS: readonly MetricProtocol[] = ['json', 'cbor', 'query']
const ENCODINGS: readonly BodyEncoding[] = ['identity', 'gzip']
const FIXED_BYTES = 24

/** version 1 · protocol 1 · encoding 1 · region length 1 · received at (double) 8 · account 12 · region · body as it came */
export const writePut = ({ tenant, protocol, encoding, body, receivedAt }: PutRequest): readonly Uint8Array[] => {
  const head = Buffer.alloc(FIXED_BYTES + tenant.region.length)
  head[0] = 1
  head[1] = PROTOCOLS.indexOf(protocol)
  head[2] = ENCODINGS.indexOf(encoding)
  head[3] = tenant.region.length
  head.writeDoubleLE(receivedAt, 4)
  head.write(tenant.account, 12, 'latin1')
  head.write(tenant.region, FIXED_BYTES, 'latin1')
  return [head, body]
}

/** Throws a RangeError for a record that this version cannot read. */
export const readPut = (record: Buffer): PutRequest => {
  const protocol = PROTOCOLS[record[1] ?? -1]
  const encoding = ENCODINGS[record[2] ?? -1]
  const end = FIXED_BYTES + (record[3] ?? 0)
  if (record[0] !== 1 || protocol === undefined || encoding === undefined || record.length < end) {
    throw new RangeError('not a metric record of this version')
  }
  return {
    tenant: { account: accountId(record.toString('latin1', 12, FIXED_BYTES)), region: region(record.toString('latin1', FIXED_BYTES, end)) },
    protocol,
    encoding,
    receivedAt: epochMillis(record.readDoubleLE(4)),
    body: record.subarray(end),
  }
}

/** Requests that are taken together, and once: a second record with the same mark is never written. */
export interface OncePut {
  readonly mark: OnceMark
  readonly requests: readonly PutRequest[]
}

const ONCE_BYTES = 10

/** version 1 · length of the mark's text 1 · first seq 8 · the mark's text · for each request: its length 4 · the request as {@link writePut} has it */
export const writeOnce = ({ mark: { firstSeq, what }, requests }: OncePut): readonly Uint8Array[] => {
  const head = Buffer.alloc(ONCE_BYTES + what.length)
  head[0] = 1
  head[1] = what.length
  head.writeBigUInt64LE(firstSeq, 2)
  head.write(what, ONCE_BYTES, 'latin1')
  return [head, ...requests.flatMap(request => {
    const parts = writePut(request)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
    return [length, ...parts]
  })]
}

/** Throws a RangeError for a record that this version cannot read. */
export const readOnce = (record: Buffer): OncePut => {
  let at = ONCE_BYTES + (record[1] ?? 0)
  if (record[0] !== 1 || record.length < at) throw new RangeError('not a record of marked metrics of this version')
  const mark = { firstSeq: record.readBigUInt64LE(2), what: record.toString('latin1', ONCE_BYTES, at) }
  const requests: PutRequest[] = []
  while (at < record.length) {
    const end = at + 4 + record.readUInt32LE(at)
    requests.push(readPut(record.subarray(at + 4, end)))
    at = end
  }
  return { mark, requests }
}

/** A note that all records up to `upTo` which no earlier note covers make one block, written under `token`. */
export interface BlockNote {
  readonly upTo: number
  readonly token: string
}

export const writeBlockNote = ({ upTo, token }: BlockNote): readonly Uint8Array[] => {
  const bytes = Buffer.alloc(8 + token.length)
  bytes.writeDoubleLE(upTo)
  bytes.write(token, 8, 'latin1')
  return [bytes]
}

export const readBlockNote = (record: Buffer): BlockNote => ({ upTo: record.readDoubleLE(0), token: record.toString('latin1', 8) })

/** A note that everything up to `upTo` is in the store. */
export const writeStoredNote = (upTo: number): readonly Uint8Array[] => {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(upTo)
  return [bytes]
}

export const readStoredNote = (record: Buffer): number => record.readDoubleLE(0)
