import type { Tenant } from '../../../base/tenancy.ts'
import type { AnomalyDetector, DetectorRecord } from '../../../model/anomaly-detector.ts'

/** Anomaly detectors, as CloudWatch's operations need them. */
export interface DetectorStore {
  /** By id. */
  list(tenant: Tenant): Promise<readonly DetectorRecord[]>
  /** Creates it, or configures it anew; it is then trained. */
  put(detector: AnomalyDetector): Promise<void>
  /** Answers whether it was there. */
  delete(tenant: Tenant, id: string): Promise<boolean>
}
