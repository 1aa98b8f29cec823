import type { OtlpAttributes, OtlpValue } from './any-value.ts'

/** Log records of one resource and scope: https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto */
export interface OtlpScopeLogs {
  readonly resource: OtlpResource
  readonly scope: OtlpScope
  readonly records: readonly OtlpLogRecord[]
}

export interface OtlpResource {
  readonly attributes: OtlpAttributes
  /** Empty: there is none. */
  readonly schemaUrl: string
}

export interface OtlpScope {
  readonly name: string
  readonly version: string
  readonly attributes: OtlpAttributes
  readonly schemaUrl: string
}

export interface OtlpLogRecord {
  /** Nanoseconds since 1970; 0: not known. */
  readonly timeUnixNano: bigint
  readonly observedTimeUnixNano: bigint
  readonly severityNumber: number
  readonly severityText: string
  /** Undefined: there is none. */
  readonly body: OtlpValue | undefined
  readonly attributes: OtlpAttributes
  readonly droppedAttributesCount: number
  readonly flags: number
  /** Hexadecimal; empty: there is none. */
  readonly traceId: string
  readonly spanId: string
  readonly eventName: string
}
