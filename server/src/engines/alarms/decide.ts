import type { AlarmStateValue, MissingDataTreatment } from '../../model/alarm.ts'
import { BREACHING, MISSING } from './slots.ts'

/** M of N, and what a period without data counts as. */
export interface Quorum {
  /** N. */
  readonly evaluationPeriods: number
  /** M, 1…N. */
  readonly datapointsToAlarm: number
  readonly treatment: MissingDataTreatment
}

export type Verdict = AlarmStateValue | 'keep'

/**
 * Periods that are looked at beyond N, so that late or missing data can be bridged by older data. AWS documents N = 3 → 5
 * and no general rule; N + 2 agrees with it.
 */
const SPARE_PERIODS = 2
export const evaluationRange = (evaluationPeriods: number): number => evaluationPeriods + SPARE_PERIODS

/**
 * The state that the classified periods `slots[0 … length)`, oldest first, call for. With N real datapoints in the range
 * the N newest decide alone, where all treatments agree; otherwise the treatment of missing data fills the gap
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
 */
export const decide = (quorum: Quorum, slots: Uint8Array, length: number): Verdict => {
  const { evaluationPeriods, datapointsToAlarm, treatment } = quorum
  let real = 0
  let breaching = 0
  let oldestBreaching = 0
  for (let i = length - 1; i >= 0 && real < evaluationPeriods; i--) {
    const slot = slots[i]
    if (slot === MISSING) continue
    real++
    if (slot === BREACHING) {
      breaching++
      oldestBreaching = length - i
    }
  }
  switch (treatment) {
    case 'breaching':
      return breaching + evaluationPeriods - real >= datapointsToAlarm ? 'ALARM' : 'OK'
    case 'notBreaching':
      return breaching >= datapointsToAlarm ? 'ALARM' : 'OK'
    case 'missing':
      if (real === 0) return 'INSUFFICIENT_DATA'
      return partial(datapointsToAlarm, real, breaching) ?? (oldestBreaching >= datapointsToAlarm ? 'ALARM' : 'keep')
    case 'ignore':
      return partial(datapointsToAlarm, real, breaching) ?? 'keep'
  }
}

/** Undefined: only breaching datapoints, but fewer than M, so that an alarm might be premature. */
const partial = (datapointsToAlarm: number, real: number, breaching: number): Verdict | undefined =>
  breaching >= datapointsToAlarm ? 'ALARM' : breaching < real ? 'OK' : undefined
