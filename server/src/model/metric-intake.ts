import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'
import type { EntityFailure } from './entity.ts'
import type { MetricColumns } from './metric-columns.ts'

/** The wire forms in which datums come. */
export type MetricProtocol = 'json' | 'cbor' | 'query'
export type BodyEncoding = 'identity' | 'gzip'

/** A PutMetricData request as it came, or as the journal kept it. */
export interface PutRequest {
  readonly tenant: Tenant
  readonly protocol: MetricProtocol
  readonly encoding: BodyEncoding
  readonly body: Uint8Array
  readonly receivedAt: EpochMillis
}

export interface DecodedPut {
  readonly namespace: string
  readonly failureMessage: EntityFailure | undefined
}

/** Asked with the namespace whether the caller may write to it; refuses by throwing. It may be asked twice. */
export type AdmitPut = (namespace: string) => void

/**
 * Turns a request into columns, checking every rule; throws the caller's `Fault` and then leaves the columns' content
 * undefined. `admit` is asked before any metric is made known. The same request gives the same columns whenever it is decoded:
 * replay depends on it.
 */
export type DecodePut = (request: PutRequest, columns: MetricColumns, admit: AdmitPut) => DecodedPut
