import type { Tenant } from '../../base/tenancy.ts'
import type { MetricColumns, SeriesNumbers } from '../../model/metric-columns.ts'
import type { SeriesCaches } from './series-caches.ts'

export class QueryScanner {
  constructor(_series: SeriesNumbers, _caches: SeriesCaches) {}
  scan(_tenant: Tenant, _body: Uint8Array, _receivedAt: number, _columns: MetricColumns): string | undefined {
    return undefined
  }
}
