import { abs } from './functions/abs.ts'
import { anomalyDetectionBand } from './functions/anomaly-detection-band.ts'
import { avg } from './functions/avg.ts'
import { ceil } from './functions/ceil.ts'
import { datapointCount } from './functions/datapoint-count.ts'
import { date } from './functions/date.ts'
import { day } from './functions/day.ts'
import { dbPerfInsights } from './functions/db-perf-insights.ts'
import { diffTime } from './functions/diff-time.ts'
import { diff } from './functions/diff.ts'
import { epoch } from './functions/epoch.ts'
import { fill } from './functions/fill.ts'
import { first } from './functions/first.ts'
import { floor } from './functions/floor.ts'
import { hour } from './functions/hour.ts'
import { conditional } from './functions/if.ts'
import { insightRuleMetric } from './functions/insight-rule-metric.ts'
import { lambda } from './functions/lambda.ts'
import { last } from './functions/last.ts'
import { log } from './functions/log.ts'
import { log10 } from './functions/log10.ts'
import type { MathFunction } from './functions/math-function.ts'
import { max } from './functions/max.ts'
import { metricCount } from './functions/metric-count.ts'
import { metrics } from './functions/metrics.ts'
import { min } from './functions/min.ts'
import { minute } from './functions/minute.ts'
import { month } from './functions/month.ts'
import { period } from './functions/period.ts'
import { rate } from './functions/rate.ts'
import { removeEmpty } from './functions/remove-empty.ts'
import { runningSum } from './functions/running-sum.ts'
import { search } from './functions/search.ts'
import { serviceQuota } from './functions/service-quota.ts'
import { slice } from './functions/slice.ts'
import { sort } from './functions/sort.ts'
import { stddev } from './functions/stddev.ts'
import { sum } from './functions/sum.ts'
import { timeSeries } from './functions/time-series.ts'
import { year } from './functions/year.ts'

/** All functions of metric math, as the reference page lists them. */
export const FUNCTIONS: readonly MathFunction[] = [
  abs,
  ceil,
  floor,
  log,
  log10,
  avg,
  datapointCount,
  max,
  metricCount,
  min,
  stddev,
  sum,
  diff,
  diffTime,
  fill,
  period,
  rate,
  runningSum,
  timeSeries,
  first,
  last,
  metrics,
  removeEmpty,
  slice,
  sort,
  date,
  day,
  epoch,
  hour,
  minute,
  month,
  year,
  conditional,
  anomalyDetectionBand,
  dbPerfInsights,
  insightRuleMetric,
  lambda,
  search,
  serviceQuota,
]

const byName = new Map(FUNCTIONS.map(fn => [fn.name, fn]))

export const functionNamed = (name: string): MathFunction | undefined => byName.get(name)
