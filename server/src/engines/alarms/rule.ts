import type { MissingDataTreatment, ThresholdAlarm } from '../../model/alarm.ts'
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
    treatment: treatmentOf(alarm),
  },
  limit: limitOf(alarm),
  samplesNeeded: alarm.evaluateLowSampleCountPercentile === 'ignore' ? samplesNeeded(statistic?.percent) : 0,
})

/**
 * What a period without data counts as, where the definition does not say: `missing`, but `ignore` for the metrics of DynamoDB,
 * which only has some while there is traffic (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html).
 */
export const treatmentOf = (alarm: ThresholdAlarm): MissingDataTreatment =>
  alarm.treatMissingData ?? (namespacesOf(alarm).includes('AWS/DynamoDB') ? 'ignore' : 'missing')

const namespacesOf = (alarm: ThresholdAlarm): readonly string[] => {
  switch (alarm.kind) {
    case 'metric':
      return [alarm.metric.namespace]
    case 'expression':
      return alarm.queries.flatMap(({ stored }) => stored?.metric.namespace ?? [])
    case 'log':
      return []
  }
}
