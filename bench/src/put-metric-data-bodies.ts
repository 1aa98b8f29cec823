import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** How a PutMetricData request goes over the wire; the JavaScript SDK's own form is `json`: AWS JSON 1.0 under gzip. */
export type WireForm = 'json' | 'json-plain' | 'cbor' | 'cbor-plain' | 'query'

export interface WireRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly datums: number
}

interface Datum {
  readonly service: string
  readonly host: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly value: number
}

/** Clients gather for a while before they send. */
const SPREAD_MILLIS = 180_000

const deflated: (bytes: Buffer) => Promise<Buffer> = promisify(gzip)

/**
 * Requests of a fleet, services × hosts: each with the next `datums` of `series` metrics, two-decimal gauges whose times lie anywhere
 * in the last three minutes. No two bodies are alike.
 */
export class BodySource {
  readonly #form: WireForm
  readonly #series: number
  readonly #datums: number
  #next = 0

  constructor(form: WireForm, series: number, datums: number) {
    this.#form = form
    this.#series = series
    this.#datums = datums
  }

  async next(): Promise<WireRequest> {
    const now = Date.now()
    const rows = Array.from({ length: this.#datums }, (_, row): Datum => {
      const number = (this.#next + row) % this.#series
      return {
        service: `checkout-${number % 100}`,
        host: `ip-10-0-${number >> 8}-${number & 255}`,
        at: now - Math.floor(Math.random() * SPREAD_MILLIS),
        value: Math.round(Math.random() * 1e4) / 100,
      }
    })
    this.#next += this.#datums
    return { ...(await WRITERS[this.#form](rows)), datums: this.#datums }
  }
}

type Writer = (rows: readonly Datum[]) => Promise<Omit<WireRequest, 'datums'>>

const WRITERS: Readonly<Record<WireForm, Writer>> = {
  json: async rows => ({ path: '/', headers: { ...JSON_HEADERS, 'content-encoding': 'gzip' }, body: await deflated(json(rows)) }),
  'json-plain': async rows => ({ path: '/', headers: JSON_HEADERS, body: json(rows) }),
  cbor: async rows => ({ path: CBOR_PATH, headers: { ...CBOR_HEADERS, 'content-encoding': 'gzip' }, body: await deflated(cbor(rows)) }),
  'cbor-plain': async rows => ({ path: CBOR_PATH, headers: CBOR_HEADERS, body: cbor(rows) }),
  query: async rows => ({ path: '/', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: form(rows) }),
}

const JSON_HEADERS = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData' }
const CBOR_PATH = '/service/GraniteServiceVersion20100801/operation/PutMetricData'
const CBOR_HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' }

/** Members in the order of the SDK's model. */
const json = (rows: readonly Datum[]): Buffer => {
  const datums = rows.map(
    ({ service, host, at, value }) =>
      `{"MetricName":"RequestLatency","Dimensions":[{"Name":"Service","Value":"${service}"},{"Name":"Host","Value":"${host}"}],` +
      `"Timestamp":${at / 1000},"Value":${value},"Unit":"Milliseconds","StorageResolution":60}`,
  )
  return Buffer.from(`{"Namespace":"Bench/Fleet","MetricData":[${datums.join()}]}`, 'latin1')
}

const form = (rows: readonly Datum[]): Buffer => {
  const datums = rows.map(({ service, host, at, value }, index) => {
    const member = `&MetricData.member.${index + 1}`
    const dimension = `${member}.Dimensions.member`
    return (
      `${member}.MetricName=RequestLatency${dimension}.1.Name=Service${dimension}.1.Value=${service}${dimension}.2.Name=Host${dimension}.2.Value=${host}` +
      `${member}.Timestamp=${encodeURIComponent(new Date(at).toISOString())}${member}.Value=${value}${member}.Unit=Milliseconds${member}.StorageResolution=60`
    )
  })
  return Buffer.from(`Action=PutMetricData&Version=2010-08-01&Namespace=Bench%2FFleet${datums.join('')}`, 'latin1')
}

const cbor = (rows: readonly Datum[]): Buffer => {
  const parts = [map(2), text('Namespace'), text('Bench/Fleet'), text('MetricData'), head(4, rows.length)]
  for (const { service, host, at, value } of rows) {
    parts.push(NAMED_BY_SERVICE, text(service), THEN_HOST, text(host), THEN_TIME, double(at / 1000), THEN_VALUE, double(value), THEN_UNIT)
  }
  return Buffer.concat(parts)
}

const head = (major: number, length: number): Buffer => {
  if (length < 24) return Buffer.of((major << 5) | length)
  if (length < 256) return Buffer.of((major << 5) | 24, length)
  return Buffer.of((major << 5) | 25, length >> 8, length & 255)
}
const map = (members: number): Buffer => head(5, members)
const text = (value: string): Buffer => Buffer.concat([head(3, value.length), Buffer.from(value, 'latin1')])
const double = (value: number): Buffer => {
  const bytes = Buffer.of(0xfb, 0, 0, 0, 0, 0, 0, 0, 0)
  bytes.writeDoubleBE(value, 1)
  return bytes
}

/** What stands between a datum's own parts. Tag 1 marks seconds since the epoch. */
const NAMED_BY_SERVICE = Buffer.concat([map(6), text('MetricName'), text('RequestLatency'), text('Dimensions'), head(4, 2), map(2), text('Name'), text('Service'), text('Value')])
const THEN_HOST = Buffer.concat([map(2), text('Name'), text('Host'), text('Value')])
const THEN_TIME = Buffer.concat([text('Timestamp'), Buffer.of(0xc1)])
const THEN_VALUE = text('Value')
const THEN_UNIT = Buffer.concat([text('Unit'), text('Milliseconds'), text('StorageResolution'), Buffer.of(0x18, 60)])
