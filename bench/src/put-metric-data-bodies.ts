import { gzipSync } from 'node:zlib'

export type WireForm = 'json' | 'cbor' | 'query'

export interface PreparedRequest {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly datums: number
}

/** Datums a request: the API's limit. */
export const DATUMS = 1000

/**
 * Requests as the JavaScript SDK writes them (gzip from 10 kB on in JSON and CBOR): services × hosts of a fleet, each request with the next
 * thousand of `series` metrics, two-decimal gauges, all at one time.
 */
export const prepareRequests = (form: WireForm, series: number, distinct: number, at: Date): readonly PreparedRequest[] =>
  Array.from({ length: distinct }, (_, request) => {
    const datums = Array.from({ length: DATUMS }, (_, row) => {
      const number = (request * DATUMS + row) % series
      return {
        MetricName: 'RequestLatency',
        Dimensions: [{ Name: 'Service', Value: `checkout-${number % 100}` }, { Name: 'Host', Value: `ip-10-0-${number >> 8}-${number & 255}` }],
        Timestamp: at,
        Value: Math.round(Math.random() * 1e4) / 100,
        Unit: 'Milliseconds',
        StorageResolution: 60,
      }
    })
    return write(form, { Namespace: 'Bench/Fleet', MetricData: datums })
  })

const write = (form: WireForm, input: object): PreparedRequest => {
  switch (form) {
    case 'json':
      return {
        path: '/',
        headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'GraniteServiceVersion20100801.PutMetricData', 'content-encoding': 'gzip' },
        body: gzipSync(JSON.stringify(input, secondsOfTimes)),
        datums: DATUMS,
      }
    case 'cbor':
      return {
        path: '/service/GraniteServiceVersion20100801/operation/PutMetricData',
        headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'content-encoding': 'gzip' },
        body: gzipSync(cbor(input)),
        datums: DATUMS,
      }
    case 'query':
      return {
        path: '/',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(['Action=PutMetricData', 'Version=2010-08-01', ...formPairs('', input)].join('&')),
        datums: DATUMS,
      }
  }
}

/** JSON.stringify shows a Date as its text already. */
const secondsOfTimes = (key: string, value: unknown): unknown => (key === 'Timestamp' ? Date.parse(value as string) / 1000 : value)

const formPairs = (path: string, value: unknown): readonly string[] => {
  if (value instanceof Date) return [`${path}=${encodeURIComponent(value.toISOString())}`]
  if (Array.isArray(value)) return value.flatMap((item, index) => formPairs(`${path}.member.${index + 1}`, item))
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => formPairs(path === '' ? key : `${path}.${key}`, member))
  }
  return [`${path}=${encodeURIComponent(String(value))}`]
}

/** As much of CBOR as the input needs. */
const cbor = (value: unknown): Buffer => {
  if (value instanceof Date) return Buffer.concat([Buffer.of(0xc1), double(value.getTime() / 1000)])
  if (Array.isArray(value)) return Buffer.concat([head(4, value.length), ...value.map(cbor)])
  if (typeof value === 'number') return Number.isInteger(value) ? head(0, value) : double(value)
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)])
  const members = Object.entries(value as object)
  return Buffer.concat([head(5, members.length), ...members.flatMap(([key, member]) => [cbor(key), cbor(member)])])
}

const double = (value: number): Buffer => {
  const bytes = Buffer.of(0xfb, 0, 0, 0, 0, 0, 0, 0, 0)
  bytes.writeDoubleBE(value, 1)
  return bytes
}

const head = (major: number, length: number): Buffer => {
  if (length < 24) return Buffer.of((major << 5) | length)
  if (length < 256) return Buffer.of((major << 5) | 24, length)
  return Buffer.of((major << 5) | 25, length >> 8, length & 255)
}
