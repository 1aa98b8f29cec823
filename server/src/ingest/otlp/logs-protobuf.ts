import { BinaryReader } from '@bufbuild/protobuf/wire'
import { bytesValue, doubleValue, integerValue, type OtlpAttributes, type OtlpValue } from './any-value.ts'
import type { OtlpLogRecord, OtlpScope, OtlpScopeLogs } from './logs.ts'
import { BadOtlp, OtlpReading } from './otlp-reading.ts'
import { eachField } from './protobuf-fields.ts'

/** An ExportLogsServiceRequest in protobuf. Fields that are not known are passed over. Throws {@link BadOtlp}. */
export const readProtobufLogs = (body: Uint8Array): readonly OtlpScopeLogs[] => {
  const reading = new OtlpReading()
  const found: OtlpScopeLogs[] = []
  try {
    eachField(new BinaryReader(body), (field, reader) => {
      if (field !== 1) return false
      found.push(...resourceLogs(reader.bytes(), reading))
      return true
    })
  } catch (error) {
    throw error instanceof BadOtlp ? error : new BadOtlp(`The request is no protobuf of OTLP: ${error instanceof Error ? error.message : String(error)}`)
  }
  return found
}

const resourceLogs = (bytes: Uint8Array, reading: OtlpReading): readonly OtlpScopeLogs[] => {
  const resource = { attributes: {} as OtlpAttributes, schemaUrl: '' }
  const scopes: Omit<OtlpScopeLogs, 'resource'>[] = []
  eachField(new BinaryReader(bytes), (field, reader) => {
    if (field === 1) resource.attributes = attributesIn(reader.bytes(), 1, reading)
    else if (field === 2) scopes.push(scopeLogs(reader.bytes(), reading))
    else if (field === 3) resource.schemaUrl = reader.string()
    else return false
    return true
  })
  return scopes.map(scope => ({ resource, ...scope }))
}

const scopeLogs = (bytes: Uint8Array, reading: OtlpReading): Omit<OtlpScopeLogs, 'resource'> => {
  let scope: Omit<OtlpScope, 'schemaUrl'> = { name: '', version: '', attributes: {} }
  let schemaUrl = ''
  const records: OtlpLogRecord[] = []
  eachField(new BinaryReader(bytes), (field, reader) => {
    if (field === 1) scope = scopeOf(reader.bytes(), reading)
    else if (field === 2) records.push(recordOf(reader.bytes(), reading))
    else if (field === 3) schemaUrl = reader.string()
    else return false
    return true
  })
  return { scope: { ...scope, schemaUrl }, records }
}

const scopeOf = (bytes: Uint8Array, reading: OtlpReading): Omit<OtlpScope, 'schemaUrl'> => {
  const scope = { name: '', version: '' }
  eachField(new BinaryReader(bytes), (field, reader) => {
    if (field === 1) scope.name = reader.string()
    else if (field === 2) scope.version = reader.string()
    else return false
    return true
  })
  return { ...scope, attributes: attributesIn(bytes, 3, reading) }
}

const recordOf = (bytes: Uint8Array, reading: OtlpReading): OtlpLogRecord => {
  reading.value(0)
  const record = {
    timeUnixNano: 0n, observedTimeUnixNano: 0n, severityNumber: 0, severityText: '', body: undefined as OtlpValue | undefined,
    droppedAttributesCount: 0, flags: 0, traceId: '', spanId: '', eventName: '',
  }
  eachField(new BinaryReader(bytes), (field, reader) => {
    switch (field) {
      case 1:
        record.timeUnixNano = BigInt(reader.fixed64())
        return true
      case 2:
        record.severityNumber = reader.int32()
        return true
      case 3:
        record.severityText = reader.string()
        return true
      case 5:
        record.body = anyValue(reader.bytes(), reading, 0)
        return true
      case 7:
        record.droppedAttributesCount = reader.uint32()
        return true
      case 8:
        record.flags = reader.fixed32()
        return true
      case 9:
        record.traceId = hex(reader.bytes())
        return true
      case 10:
        record.spanId = hex(reader.bytes())
        return true
      case 11:
        record.observedTimeUnixNano = BigInt(reader.fixed64())
        return true
      case 12:
        record.eventName = reader.string()
        return true
      default:
        return false
    }
  })
  return { ...record, attributes: attributesIn(bytes, 6, reading) }
}

/** The key-value pairs that stand in a message under one field number. */
const attributesIn = (bytes: Uint8Array, number: number, reading: OtlpReading, depth = 0): OtlpAttributes => {
  const pairs: (readonly [key: string, value: OtlpValue])[] = []
  eachField(new BinaryReader(bytes), (field, reader) => {
    if (field !== number) return false
    pairs.push(pairOf(reader.bytes(), reading, depth))
    return true
  })
  return Object.fromEntries(pairs)
}

const pairOf = (bytes: Uint8Array, reading: OtlpReading, depth: number): readonly [key: string, value: OtlpValue] => {
  let key = ''
  let value: OtlpValue = null
  eachField(new BinaryReader(bytes), (field, reader) => {
    if (field === 1) key = reader.string()
    else if (field === 2) value = anyValue(reader.bytes(), reading, depth)
    else return false
    return true
  })
  return [key, value]
}

const anyValue = (bytes: Uint8Array, reading: OtlpReading, depth: number): OtlpValue => {
  reading.value(depth)
  let value: OtlpValue = null
  eachField(new BinaryReader(bytes), (field, reader) => {
    switch (field) {
      case 1:
        value = reader.string()
        return true
      case 2:
        value = reader.bool()
        return true
      case 3:
        value = integerValue(BigInt(reader.int64()))
        return true
      case 4:
        value = doubleValue(reader.double())
        return true
      case 5:
        value = arrayValue(reader.bytes(), reading, depth + 1)
        return true
      case 6:
        value = attributesIn(reader.bytes(), 1, reading, depth + 1)
        return true
      case 7:
        value = bytesValue(reader.bytes())
        return true
      default:
        return false
    }
  })
  return value
}

const arrayValue = (bytes: Uint8Array, reading: OtlpReading, depth: number): OtlpValue => {
  const values: OtlpValue[] = []
  eachField(new BinaryReader(bytes), (field, reader) => {
    if (field !== 1) return false
    values.push(anyValue(reader.bytes(), reading, depth))
    return true
  })
  return values
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
