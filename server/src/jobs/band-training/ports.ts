import type { Tenant } from '../../base/tenancy.ts'
import type { AlarmRecord } from '../../model/alarm.ts'
import type { AnomalyDetector, DetectorRecord, DetectorState, TrainedModel } from '../../model/anomaly-detector.ts'

/** Detectors and what they have learnt, as the training needs them. */
export interface DetectorBook {
  /** Every detector of every tenant; called once at start, as `models`. Later changes come through `onChange`. */
  all(): Promise<readonly DetectorRecord[]>
  models(): Promise<readonly TrainedModel[]>
  /** Called after each change that an operation or `add` made; no record: the detector is gone. */
  onChange(listener: (change: { readonly tenant: Tenant; readonly id: string; readonly record: DetectorRecord | undefined }) => void): void
  /** Makes a detector where there is none. */
  add(detector: AnomalyDetector): Promise<boolean>
  /** Writes down what a training found; answers false where the detector was deleted or configured anew meanwhile. */
  learnt(detector: AnomalyDetector, state: DetectorState, models: readonly TrainedModel[]): Promise<boolean>
}

/** Which alarms there are: a band that one of them watches needs a detector. */
export interface AlarmList {
  all(): Promise<readonly AlarmRecord[]>
  onChange(listener: (change: { readonly arn: string; readonly record: AlarmRecord | undefined }) => void): void
}
