import type { Alarm } from '../../model/alarm.ts'
import { metricKey } from '../../model/metric.ts'

/** Whether two definitions are evaluated alike; names, texts and actions do not matter. */
export const evaluatedAlike = (a: Alarm, b: Alarm): boolean => a.kind === b.kind && JSON.stringify(evaluated(a)) === JSON.stringify(evaluated(b))

/** All that evaluation looks at, in a fixed order. */
const evaluated = (alarm: Alarm): readonly unknown[] => {
  switch (alarm.kind) {
    case 'metric':
      return [...periods(alarm), metricKey(alarm.metric), alarm.statistic, alarm.unit, alarm.threshold, alarm.comparison]
    case 'expression': {
      const { limit } = alarm
      return [
        ...periods(alarm),
        limit.comparison,
        limit.kind === 'static' ? limit.threshold : limit.metricId,
        ...alarm.queries.map(({ id, label, returnData, expression, period, stored }) =>
          [id, label, returnData, expression, period, stored && [metricKey(stored.metric), stored.period, stored.statistic, stored.unit]]),
      ]
    }
    case 'log':
      return [...periods(alarm), alarm.query, alarm.groups, alarm.aggregation, alarm.startOffset, alarm.endOffset, alarm.threshold, alarm.comparison]
    case 'promql':
      return [alarm.query, alarm.pendingPeriod, alarm.recoveryPeriod, alarm.evaluationInterval]
    case 'composite':
      return [alarm.rule]
  }
}

const periods = (alarm: Exclude<Alarm, { readonly kind: 'promql' | 'composite' }>): readonly unknown[] => [
  alarm.period, alarm.evaluationPeriods, alarm.datapointsToAlarm, alarm.treatMissingData, alarm.evaluateLowSampleCountPercentile,
  alarm.window?.kind === 'wall-clock' ? (alarm.window.timeZone ?? 'UTC') : undefined,
]
