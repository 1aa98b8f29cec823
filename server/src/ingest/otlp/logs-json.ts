import { isObject } from '../../base/is-object.ts'
import { jsonAnyValue, jsonAttributes, jsonInteger, listOf } from './any-value.ts'
import type { OtlpLogRecord, OtlpScopeLogs } from './logs.ts'
import { BadOtlp, OtlpReading } from './otlp-reading.ts'

/** An ExportLogsServiceRequest in OTLP's JSON mapping. Members that are not known are passed over. Throws {@link BadOtlp}. */
export const readJsonLogs = (body: Uint8Array): readonly OtlpScopeLogs[] => {
  const reading = new OtlpReading()
  const request = parsed(body)
  if (!isObject(request)) return reading.refuse('it is no JSON object')
  return listOf(request['resourceLogs']).filter(isObject).flatMap(({ resource, scopeLogs, schemaUrl }) => {
    const ofResource = { attributes: jsonAttributes(isObject(resource) ? resource['attributes'] : undefined, reading), schemaUrl: textOf(schemaUrl) }
    return listOf(scopeLogs).filter(isObject).map(({ scope, logRecords, schemaUrl: ofScope }) => ({
      resource: ofResource,
      scope: {
        name: textOf(isObject(scope) ? scope['name'] : undefined),
        version: textOf(isObject(scope) ? scope['version'] : undefined),
        attributes: jsonAttributes(isObject(scope) ? scope['attributes'] : undefined, reading),
        schemaUrl: textOf(ofScope),
      },
      records: listOf(logRecords).filter(isObject).map(record => recordOf(record, reading)),
    }))
  })
}

const recordOf = (record: Readonly<Record<string, unknown>>, reading: OtlpReading): OtlpLogRecord => {
  reading.value(0)
  return {
    timeUnixNano: jsonInteger(record['timeUnixNano'] ?? 0, reading),
    observedTimeUnixNano: jsonInteger(record['observedTimeUnixNano'] ?? 0, reading),
    severityNumber: numberOf(record['severityNumber']),
    severityText: textOf(record['severityText']),
    body: record['body'] === undefined ? undefined : jsonAnyValue(record['body'], reading),
    attributes: jsonAttributes(record['attributes'], reading),
    droppedAttributesCount: numberOf(record['droppedAttributesCount']),
    flags: numberOf(record['flags']),
    traceId: textOf(record['traceId']).toLowerCase(),
    spanId: textOf(record['spanId']).toLowerCase(),
    eventName: textOf(record['eventName']),
  }
}

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(body))
  } catch (error) {
    throw new BadOtlp(`The request is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Small integers may be written as texts too. */
const numberOf = (value: unknown): number => {
  const number = typeof value === 'string' && /^-?\d{1,10}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) ? number : 0
}
