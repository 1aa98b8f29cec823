import type { MetricAlarm } from '../../model/alarm.ts'
import type { Statistic } from '../statistics/statistic.ts'
import type { Rule } from './evaluate.ts'
import { samplesNeeded } from './low-samples.ts'

/** What decides over an alarm on one metric, compiled from its definition and its parsed statistic. */
export const ruleOf = (alarm: MetricAlarm, statistic: Statistic): Rule => ({
  quorum: {
    evaluationPeriods: alarm.evaluationPeriods,
    datapointsToAlarm: alarm.datapointsToAlarm ?? alarm.evaluationPeriods,
    treatment: alarm.treatMissingData ?? 'missing',
  },
  limit: { kind: 'static', comparison: alarm.comparison, threshold: alarm.threshold },
  samplesNeeded: alarm.evaluateLowSampleCountPercentile === 'ignore' ? samplesNeeded(statistic.percent) : 0,
})
