import type { AlarmStateValue, BandComparison, MissingDataTreatment } from '../../model/alarm.ts'

/**
 * A second evaluator, slow, written only from the prose of the rules (alarm evaluation and missing data), to check the fast
 * one against. It works on lists of words and shares no code with it.
 */
export type Period = 'breaching' | 'fine' | 'missing'

export interface ReferenceCase {
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly treatment: MissingDataTreatment
  readonly current: AlarmStateValue
  /** Oldest first. */
  readonly periods: readonly Period[]
}

export const referenceState = (test: ReferenceCase): AlarmStateValue => {
  const newestFirst = [...test.periods].reverse()
  const present = newestFirst.filter(period => period !== 'missing')

  // "If there are enough real datapoints, the alarm looks at the most recent of them and nothing is filled in."
  if (present.length >= test.evaluationPeriods) return verdict(present.slice(0, test.evaluationPeriods), test.datapointsToAlarm)

  const gaps = Array.from({ length: test.evaluationPeriods - present.length })
  // "Missing data points are treated as bad and breaching the threshold."
  if (test.treatment === 'breaching') return verdict([...present, ...gaps.map(() => 'breaching' as const)], test.datapointsToAlarm)
  // "Missing data points are treated as good and within the threshold."
  if (test.treatment === 'notBreaching') return verdict([...present, ...gaps.map(() => 'fine' as const)], test.datapointsToAlarm)

  // "If all data points in the evaluation range are missing": unknown, or as it was.
  if (present.length === 0) return test.treatment === 'missing' ? 'INSUFFICIENT_DATA' : test.current
  // Enough breaching datapoints even though some are missing.
  if (present.filter(period => period === 'breaching').length >= test.datapointsToAlarm) return 'ALARM'
  // A datapoint within the threshold shows that things are well.
  if (present.some(period => period === 'fine')) return 'OK'
  // "Avoiding premature transitions": all that is there breaches, but it is less than what the alarm asks for.
  const ages = newestFirst.flatMap((period, index) => (period === 'breaching' ? [index + 1] : []))
  const oldest = Math.max(...ages)
  return test.treatment === 'missing' && oldest >= test.datapointsToAlarm ? 'ALARM' : test.current
}

const verdict = (periods: readonly Period[], datapointsToAlarm: number): AlarmStateValue =>
  periods.filter(period => period === 'breaching').length >= datapointsToAlarm ? 'ALARM' : 'OK'

/** One period of an alarm on a band, in the words of its comparison operators; undefined: no data, or no band there. */
export const referencePeriod = (
  comparison: BandComparison, value: number | undefined, lower: number | undefined, upper: number | undefined,
): Period => {
  if (value === undefined) return 'missing'
  const outside: boolean[] = []
  if (comparison.includes('LessThanLower')) {
    if (lower !== undefined) outside.push(value < lower)
    else if (upper === undefined || value <= upper || !comparison.includes('GreaterThanUpper')) return 'missing'
  }
  if (comparison.includes('GreaterThanUpper')) {
    if (upper !== undefined) outside.push(value > upper)
    else if (lower === undefined || value >= lower || !comparison.includes('LessThanLower')) return 'missing'
  }
  return outside.includes(true) ? 'breaching' : 'fine'
}
