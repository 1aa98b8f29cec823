import type { Arn } from '../base/arn.ts'
import type { Tenant } from '../base/tenancy.ts'
import type { EpochMillis } from '../base/time.ts'

export type EvaluationFrequency = 'ONE_MIN' | 'FIVE_MIN' | 'TEN_MIN' | 'FIFTEEN_MIN' | 'THIRTY_MIN' | 'ONE_HOUR'

/** What looks for patterns of a log group that are new or come far too often. */
export interface LogAnomalyDetector {
  readonly tenant: Tenant
  readonly id: string
  readonly arn: Arn
  readonly name: string | undefined
  readonly group: { readonly id: number; readonly arn: Arn }
  readonly frequency: EvaluationFrequency
  readonly filterPattern: string | undefined
  /** Recorded and shown. */
  readonly kmsKeyId: string | undefined
  readonly visibilityDays: number
  readonly enabled: boolean
  readonly createdAt: EpochMillis
  readonly modifiedAt: EpochMillis
}

/** How far a detector has come; what it has learnt is JSON that its evaluation alone reads. */
export interface DetectorProgress {
  /** The end of the last window; 0: it has not begun. */
  readonly evaluatedUpTo: number
  /** '' before the first window. */
  readonly model: string
}

/** An anomaly as JSON. */
export interface KeptAnomaly {
  readonly id: string
  readonly anomaly: string
}
