import { accountId, region } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { BodyEncoding, MetricProtocol, PutRequest } from '../../model/metric-intake.ts'

/** Record kinds of metrics in the journal; see `docs/formats/journal.md`. */
export const PUT_KIND = 1
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
