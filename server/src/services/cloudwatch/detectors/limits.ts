import { list, oneOf, structure, text } from '../../constraints.ts'
import { dimensions, metricName, namespace, period, standardUnit } from '../limits.ts'

/** Limits of the shapes in AWS's model that speak of anomaly detectors, under the shapes' names. */
const PERCENT = String.raw`((\d{1,2})(\.\d{0,10})?|100(\.0{0,10})?)`
const NUMBER = String.raw`(\d+(\.\d{0,10})?|(\d+(\.\d{0,10})?[Ee][+-]?\d+))`
const STATISTIC = [
  String.raw`(SampleCount|Average|Sum|Minimum|Maximum|IQM|(p|tc|tm|ts|wm)(\d{1,2}(\.\d{0,10})?|100)|[ou]\d+(\.\d*)?)(_E|_L|_H)?`,
  String.raw`(TM|TC|TS|WM)\(((${PERCENT}%)?:${PERCENT}%|${PERCENT}%:(${PERCENT}%)?)\)`,
  String.raw`(TM|TC|TS|WM|PR)\((${NUMBER}:(${NUMBER})?|(${NUMBER})?:${NUMBER})\)`,
].join('|')

const statistic = text({ max: 50, pattern: new RegExp(STATISTIC) })
const accountId = text({ min: 1, max: 255 })
const metric = structure({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions })

/** What names a detector in all operations. */
export const source = {
  Namespace: namespace,
  MetricName: metricName,
  Dimensions: dimensions,
  Stat: statistic,
  SingleMetricAnomalyDetector: structure({ AccountId: accountId, Namespace: namespace, MetricName: metricName, Dimensions: dimensions, Stat: statistic }),
  MetricMathAnomalyDetector: structure({
    MetricDataQueries: list(
      structure(
        {
          Id: text({ min: 1, max: 255 }),
          Expression: text({ min: 1, max: 2048 }),
          MetricStat: structure({ Metric: metric, Period: period, Unit: standardUnit }, ['Metric', 'Period', 'Stat']),
          Period: period,
          AccountId: accountId,
        },
        ['Id'],
      ),
    ),
  }),
}

export const configuration = structure({
  ExcludedTimeRanges: list(structure({}, ['StartTime', 'EndTime'])),
  MetricTimezone: text({ max: 50 }),
  AdaptationSpeed: oneOf(['FAST', 'NORMAL', 'SLOW']),
  OutlierFilteringStrength: oneOf(['MINIMAL', 'MODERATE', 'STRICT']),
})
