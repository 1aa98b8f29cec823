import { createHash } from 'node:crypto'
import type { Tenant } from '../../base/tenancy.ts'
import { metricKey, type MetricIdentity, type Unit } from '../../model/metric.ts'

/**
 * The 64-bit id of a series in the store: the first eight bytes of the SHA-256 of all that identifies it. Never zero. With ten million
 * series the chance that any two share an id is about 3 in a million.
 */
export const seriesId = (tenant: Tenant, metric: MetricIdentity, unit: Unit): bigint => {
  const text = `${tenant.account}\u0001${tenant.region}\u0001${metricKey(metric)}\u0001${unit}`
  return createHash('sha256').update(text).digest().readBigUInt64BE(0) || 1n
}
