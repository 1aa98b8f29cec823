import type { Entropy } from '../../../base/entropy.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { LogAnomaly } from '../../../engines/log-patterns/anomaly.ts'
import type { LogAnomalyDetector } from '../../../model/log-anomaly-detector.ts'

export interface LogAnomalyDetectorStore {
  list(tenant: Tenant): Promise<readonly LogAnomalyDetector[]>
  create(detector: LogAnomalyDetector, tags: Readonly<Record<string, string>>): Promise<void>
  update(detector: LogAnomalyDetector): Promise<void>
  /** With what it found. */
  delete(detector: LogAnomalyDetector): Promise<void>
}

/** What detectors found. */
export interface LogAnomalyBook {
  status(detector: LogAnomalyDetector): Promise<'INITIALIZING' | 'TRAINING' | 'ANALYZING' | 'PAUSED' | 'FAILED'>
  /** As they are now. */
  anomalies(detector: LogAnomalyDetector): Promise<readonly LogAnomaly[]>
  /** Changes those that `change` answers something for; false when there are none. */
  change(detector: LogAnomalyDetector, change: (anomaly: LogAnomaly) => LogAnomaly | undefined): Promise<boolean>
}

export interface LogAnomalyPorts {
  readonly detectors: LogAnomalyDetectorStore
  readonly book: LogAnomalyBook
  readonly entropy: Entropy
}
