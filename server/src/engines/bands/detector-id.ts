import type { Tenant } from '../../base/tenancy.ts'
import { uuidOf } from '../../base/uuid-of.ts'
import type { AlarmQuery } from '../../model/alarm.ts'
import type { DetectorSource } from '../../model/anomaly-detector.ts'
import { metricKey } from '../../model/metric.ts'

/**
 * A detector's id, in the form of a UUID. It follows from what the detector learns from, so an alarm, a query and an operation
 * that speak of the same series find the same one.
 */
export const detectorId = (tenant: Tenant, source: DetectorSource): string =>
  uuidOf(JSON.stringify([tenant.account, tenant.region, ...parts(source)]))

const parts = (source: DetectorSource): readonly unknown[] =>
  source.kind === 'metric' ? ['metric', metricKey(source.metric), source.statistic] : ['math', ...source.queries.map(queryParts).sort()]

/** Labels make no difference. */
const queryParts = ({ id, returnData, expression, period, stored }: AlarmQuery): string =>
  JSON.stringify([
    id,
    returnData,
    expression ?? null,
    period ?? null,
    stored === undefined ? null : [metricKey(stored.metric), stored.period, stored.statistic, stored.unit ?? null],
  ])
