import type { ThresholdAlarm } from '../../model/alarm.ts'
import type { Statistic } from '../statistics/statistic.ts'
import type { Rule } from './evaluate.ts'
import { limitOf } from './limit.ts'
import { samplesNeeded } from './low-samples.ts'

/**
 * What decides over an alarm, compiled from its definition. `statistic`: of an alarm on one stored metric, parsed; an
 * expression has none, and no samples that could be too few.
 */
export const ruleOf = (alarm: ThresholdAlarm, statistic?: Statistic): Rule => ({
  quorum: {
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    treatment: alarm.treatMissingData ?? 'missing',
  },
  limit: limitOf(alarm),
  samplesNeeded: alarm.evaluateLowSampleCountPercentile === 'ignore' ? samplesNeeded(statistic?.percent) : 0,
})
