import type { Dimension, MetricDatum } from '@aws-sdk/client-cloudwatch'

/** A PutMetricData input as tests make it up; members may be missing or nonsense. */
export interface PutInput {
  readonly Namespace: string
  readonly MetricData: readonly MetricDatum[]
}

type Order = <Item>(items: readonly Item[]) => readonly Item[]
const asGiven: Order = items => items

/** The body in AWS JSON; `space` is put wherever white space may stand, `order` may shuffle members. */
export const jsonBody = (input: PutInput, space = '', order: Order = asGiven): Buffer => {
  const write = (value: unknown, ordered: Order): string => {
    if (value instanceof Date) return String(value.getTime() / 1000)
    if (Array.isArray(value)) return `[${space}${value.map(item => write(item, order)).join(`,${space}`)}${space}]`
    if (typeof value !== 'object' || value === null) return JSON.stringify(value)
    const members = ordered(Object.entries(value).filter(([, member]) => member !== undefined))
    return `{${space}${members.map(([key, member]) => `${JSON.stringify(key)}${space}:${space}${write(member, order)}`).join(`${space},${space}`)}${space}}`
  }
  return Buffer.from(write(input, asGiven))
}

/** The body in CBOR; `indefinite` writes lists and maps without their lengths. */
export const cborBody = (input: PutInput, indefinite = false, order: Order = asGiven): Buffer => {
  const head = (major: number, length: number): Buffer => {
    if (length < 24) return Buffer.of((major << 5) | length)
    if (length < 256) return Buffer.of((major << 5) | 24, length)
    const wide = Buffer.alloc(5)
    wide[0] = (major << 5) | 26
    wide.writeUInt32BE(length, 1)
    return wide
  }
  const double = (value: number): Buffer => {
    const bytes = Buffer.alloc(9)
    bytes[0] = 0xfb
    bytes.writeDoubleBE(value, 1)
    return bytes
  }
  const number = (value: number): Buffer => {
    if (Number.isInteger(value) && Math.abs(value) < 2 ** 31 && !Object.is(value, -0)) return value < 0 ? head(1, -1 - value) : head(0, value)
    return double(value)
  }
  const text = (value: string): Buffer => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
  const around = (major: number, items: readonly Buffer[], length: number): Buffer =>
    indefinite ? Buffer.concat([Buffer.of((major << 5) | 31), ...items, Buffer.of(0xff)]) : Buffer.concat([head(major, length), ...items])
  const write = (value: unknown, ordered: Order): Buffer => {
    if (value instanceof Date) return Buffer.concat([Buffer.of(0xc1), number(value.getTime() / 1000)])
    if (Array.isArray(value)) return around(4, value.map(item => write(item, order)), value.length)
    if (typeof value === 'number') return number(value)
    if (typeof value === 'string') return text(value)
    if (typeof value === 'boolean') return Buffer.of(value ? 0xf5 : 0xf4)
    if (value === null) return Buffer.of(0xf6)
    const members = ordered(Object.entries(value as object).filter(([, member]) => member !== undefined))
    return around(5, members.map(([key, member]) => Buffer.concat([text(key), write(member, order)])), members.length)
  }
  return write(input, asGiven)
}

/** The body in the query protocol, as the SDKs order it. */
export const queryBody = (input: PutInput): Buffer => {
  const pairs: string[] = ['Action=PutMetricData', 'Version=2010-08-01']
  const add = (path: string, value: unknown): void => {
    if (value === undefined) return
    if (value instanceof Date) pairs.push(`${path}=${encodeURIComponent(value.toISOString().replace('.000Z', 'Z'))}`)
    else if (Array.isArray(value)) value.forEach((item, index) => add(`${path}.member.${index + 1}`, item))
    else if (typeof value === 'object' && value !== null) for (const [key, member] of Object.entries(value)) add(path === '' ? key : `${path}.${key}`, member)
    else pairs.push(`${path}=${encodeURIComponent(String(value as string | number | boolean | null))}`)
  }
  add('', input)
  return Buffer.from(pairs.join('&'))
}

export const dimension = (name: string, value: string): Dimension => ({ Name: name, Value: value })
