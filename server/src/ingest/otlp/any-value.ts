import { isObject } from '../../base/is-object.ts'
import type { OtlpReading } from './otlp-reading.ts'

/** What attributes and bodies become: JSON values. Integers beyond 2^53, bytes (base64) and numbers that JSON has not are texts. */
export type OtlpValue = string | number | boolean | null | readonly OtlpValue[] | OtlpAttributes

export interface OtlpAttributes {
  readonly [key: string]: OtlpValue
}

export const integerValue = (value: bigint): OtlpValue =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : String(value)

export const doubleValue = (value: number): OtlpValue => (Number.isFinite(value) ? value : String(value))

export const bytesValue = (value: Uint8Array): OtlpValue => Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')

/** An AnyValue of OTLP's JSON mapping: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
export const jsonAnyValue = (value: unknown, reading: OtlpReading, depth = 0): OtlpValue => {
  reading.value(depth)
  if (!isObject(value)) return null
  if (typeof value['stringValue'] === 'string') return value['stringValue']
  if (typeof value['boolValue'] === 'boolean') return value['boolValue']
  // What is null is not there: exporters in JavaScript write NaN so.
  if (isSet(value['intValue'])) return integerValue(jsonInteger(value['intValue'], reading))
  if (isSet(value['doubleValue'])) return doubleValue(Number(value['doubleValue']))
  if (typeof value['bytesValue'] === 'string') return value['bytesValue']
  if (isObject(value['arrayValue'])) return listOf(value['arrayValue']['values']).map(element => jsonAnyValue(element, reading, depth + 1))
  if (isObject(value['kvlistValue'])) return jsonAttributes(value['kvlistValue']['values'], reading, depth + 1)
  return null
}

export const jsonAttributes = (pairs: unknown, reading: OtlpReading, depth = 0): OtlpAttributes =>
  Object.fromEntries(listOf(pairs).filter(isObject).map(({ key, value }) => [typeof key === 'string' ? key : '', jsonAnyValue(value, reading, depth)]))

/** 64-bit integers are written as texts or as numbers. */
export const jsonInteger = (value: unknown, reading: OtlpReading): bigint => {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d{1,20}$/.test(value)) return BigInt(value)
  return reading.refuse(`${JSON.stringify(value)} is no integer`)
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as readonly unknown[]) : [])
