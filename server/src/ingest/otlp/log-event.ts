import type { OtlpAttributes, OtlpValue } from './any-value.ts'
import type { OtlpLogRecord, OtlpScope, OtlpScopeLogs } from './logs.ts'

/**
 * The log event of a record: the JSON that the awscloudwatchlogs exporter of the OpenTelemetry collector writes. A body that is in the
 * embedded metric format stands for itself, so that its metrics are found.
 */
export const otlpMessage = ({ resource, scope }: OtlpScopeLogs, record: OtlpLogRecord): string => {
  const { body, severityNumber, severityText, droppedAttributesCount, flags, traceId, spanId, attributes } = record
  if (isEmbeddedMetrics(body)) return typeof body === 'string' ? body : JSON.stringify(body)
  return JSON.stringify({
    body: body === null || body === '' ? undefined : body,
    severity_number: severityNumber === 0 ? undefined : severityNumber,
    severity_text: some(severityText),
    dropped_attributes_count: droppedAttributesCount === 0 ? undefined : droppedAttributesCount,
    flags: flags === 0 ? undefined : flags,
    trace_id: some(traceId),
    span_id: some(spanId),
    event_name: some(record.eventName),
    attributes: filled(attributes),
    scope: scopeOf(scope),
    resource: filled(resource),
  })
}

/** Where the events of a resource go when the request's headers do not say it. */
export const otlpPlace = (resource: OtlpAttributes): { readonly group: string; readonly stream: string } => ({
  group: first(resource['aws.log.group.names']) ?? `/otlp/${text(resource['service.name']) ?? 'unknown_service'}`,
  stream: first(resource['aws.log.stream.names']) ?? text(resource['service.instance.id']) ?? text(resource['host.name']) ?? 'default',
})

const isEmbeddedMetrics = (body: OtlpValue | undefined): boolean =>
  typeof body === 'string' ? body.startsWith('{') && body.includes('"_aws"') : typeof body === 'object' && body !== null && Object.hasOwn(body, '_aws')

const scopeOf = ({ name, version, attributes }: OtlpScope) => {
  const scope = { name: some(name), version: some(version), attributes: filled(attributes) }
  return Object.values(scope).every(value => value === undefined) ? undefined : scope
}

const some = (value: string): string | undefined => (value === '' ? undefined : value)

const filled = (attributes: OtlpAttributes): OtlpAttributes | undefined => (Object.keys(attributes).length === 0 ? undefined : attributes)

const text = (value: OtlpValue | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

const first = (value: OtlpValue | undefined): string | undefined => (Array.isArray(value) ? text((value as readonly OtlpValue[])[0]) : text(value))
