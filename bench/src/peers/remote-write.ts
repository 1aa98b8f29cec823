import type { Parcel } from './sending.ts'
import { snappy } from './snappy.ts'

interface Samples {
  /** As {@link labels} writes them. */
  readonly labels: Buffer
  readonly values: ArrayLike<number>
  /** Milliseconds since the epoch, one for each value. */
  readonly times: ArrayLike<number>
}

const HEADERS = { 'content-type': 'application/x-protobuf', 'content-encoding': 'snappy', 'x-prometheus-remote-write-version': '0.1.0' }
/** A number of milliseconds takes six bytes until the year 2109. */
const TIME_BYTES = 6
const SAMPLE_BYTES = 12 + TIME_BYTES

/** A request of Prometheus's remote write 1.0. */
export const remoteWrite = (series: readonly Samples[]): Parcel => {
  const items = series.reduce((sum, { values }) => sum + values.length, 0)
  const bytes = Buffer.allocUnsafe(series.reduce((sum, one) => sum + one.labels.length + 5, items * SAMPLE_BYTES))
  let end = 0
  for (const one of series) {
    bytes[end++] = 0x0a
    end = writeVarint(bytes, one.labels.length + one.values.length * SAMPLE_BYTES, end)
    end += one.labels.copy(bytes, end)
    for (let place = 0; place < one.values.length; place++) {
      bytes[end] = 0x12
      bytes[end + 1] = SAMPLE_BYTES - 2
      bytes[end + 2] = 0x09
      bytes.writeDoubleLE(one.values[place]!, end + 3)
      bytes[end + 11] = 0x10
      end = writeVarint(bytes, one.times[place]!, end + 12)
    }
  }
  return { path: '/api/v1/write', headers: HEADERS, body: snappy(bytes.subarray(0, end)), items }
}

/** Of names and values sorted by name, `__name__` first. */
export const labels = (pairs: readonly (readonly [name: string, value: string])[]): Buffer =>
  Buffer.concat(pairs.map(([name, value]) => field(0x0a, Buffer.concat([field(0x0a, Buffer.from(name)), field(0x12, Buffer.from(value))]))))

const field = (tag: number, bytes: Buffer): Buffer => Buffer.concat([Buffer.of(tag, bytes.length), bytes])

const writeVarint = (bytes: Buffer, value: number, at: number): number => {
  let [rest, end] = [value, at]
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[end++] = (rest % 128) | 128
  bytes[end++] = rest
  return end
}
