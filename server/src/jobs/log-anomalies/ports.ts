import type { DetectorProgress, KeptAnomaly, LogAnomalyDetector } from '../../model/log-anomaly-detector.ts'
import type { LogPageRead } from '../../model/log-read.ts'
import type { LogGroup, StoredLogEvent } from '../../model/log.ts'

export interface DetectorBook {
  /** Of all accounts. */
  all(): Promise<readonly LogAnomalyDetector[]>
  /** Undefined when it is gone. */
  progress(id: string): Promise<DetectorProgress | undefined>
  anomalies(id: string): Promise<readonly KeptAnomaly[]>
  /** All of it or nothing. */
  keep(id: string, progress: DetectorProgress | undefined, anomalies: readonly KeptAnomaly[]): Promise<void>
}

/** Messages of one window that come to the same text. */
export interface WindowRow {
  readonly text: string
  readonly count: number
  /** The first of them, and when it was. */
  readonly sample: string
  readonly sampleAt: number
}

export interface WindowReads {
  /** By the windows' begins; without those that have no events. */
  windows(
    group: LogGroup, from: number, to: number, period: number, replacements: readonly { readonly pattern: string; readonly mark: string }[],
  ): Promise<ReadonlyMap<number, readonly WindowRow[]>>
}

export interface EventReads {
  page(read: LogPageRead): Promise<readonly StoredLogEvent[]>
}
