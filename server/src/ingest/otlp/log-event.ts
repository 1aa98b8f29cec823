import type { OtlpAttributes, OtlpValue } from './any-value.ts'
import type { OtlpLogRecord, OtlpResource, OtlpScopeLogs } from './logs.ts'

/**
 * What makes the log events of these records: the JSON that CloudWatch's own OTLP endpoint stores, so that queries written there find the
 * same fields here. A body that is in the embedded metric format stands for itself, so that its metrics are found.
 */
export const otlpMessages = ({ resource, scope }: OtlpScopeLogs): ((record: OtlpLogRecord) => string) => {
  const origin = JSON.stringify({
    resource: { attributes: resource.attributes, schemaUrl: some(resource.schemaUrl) },
    scope: { name: some(scope.name), version: some(scope.version), attributes: filled(scope.attributes), schemaUrl: some(scope.schemaUrl) },
  })
  return record => {
    const { body, timeUnixNano, observedTimeUnixNano, severityNumber, severityText, attributes, traceId, spanId } = record
    if (isEmbeddedMetrics(body)) return typeof body === 'string' ? body : JSON.stringify(body)
    const said = JSON.stringify({
      severityNumber,
      severityText,
      body,
      attributes,
      droppedAttributesCount: nonZero(record.droppedAttributesCount),
      flags: nonZero(record.flags),
      traceId,
      spanId,
      eventName: some(record.eventName),
    })
    // Times are numbers of 19 digits, which JSON.stringify knows no way to write.
    return `${origin.slice(0, -1)},"timeUnixNano":${timeUnixNano},"observedTimeUnixNano":${observedTimeUnixNano},${said.slice(1)}`
  }
}

/** Where the events of a resource go when the request's headers do not say it. */
export const otlpPlace = ({ attributes: resource }: OtlpResource): { readonly group: string; readonly stream: string } => ({
  group: first(resource['aws.log.group.names']) ?? `/otlp/${text(resource['service.name']) ?? 'unknown_service'}`,
  stream: first(resource['aws.log.stream.names']) ?? text(resource['service.instance.id']) ?? text(resource['host.name']) ?? 'default',
})

const isEmbeddedMetrics = (body: OtlpValue | undefined): boolean =>
  typeof body === 'string' ? body.startsWith('{') && body.includes('"_aws"') : typeof body === 'object' && body !== null && Object.hasOwn(body, '_aws')

const some = (value: string): string | undefined => (value === '' ? undefined : value)

const nonZero = (value: number): number | undefined => (value === 0 ? undefined : value)

const filled = (attributes: OtlpAttributes): OtlpAttributes | undefined => (Object.keys(attributes).length === 0 ? undefined : attributes)

const text = (value: OtlpValue | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const first = (value: OtlpValue | undefined): string | undefined => (Array.isArray(value) ? text((value as readonly OtlpValue[])[0]) : text(value))
