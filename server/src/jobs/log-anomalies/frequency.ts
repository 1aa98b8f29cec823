import type { EvaluationFrequency } from '../../model/log-anomaly-detector.ts'

const MINUTES: Readonly<Record<EvaluationFrequency, number>> = { ONE_MIN: 1, FIVE_MIN: 5, TEN_MIN: 10, FIFTEEN_MIN: 15, THIRTY_MIN: 30, ONE_HOUR: 60 }

/** The length of a detector's windows, in milliseconds. */
export const periodOf = (frequency: EvaluationFrequency): number => MINUTES[frequency] * 60_000
