import { basic } from './basic.ts'
import { interquartileMean } from './interquartile-mean.ts'
import { percentileRank } from './percentile-rank.ts'
import { percentile } from './percentile.ts'
import { refused, type Parsed, type StatisticFamily } from './statistic.ts'
import { trimmedCount } from './trimmed-count.ts'
import { trimmedMean } from './trimmed-mean.ts'
import { trimmedSum } from './trimmed-sum.ts'
import { winsorizedMean } from './winsorized-mean.ts'

/** Every statistic that CloudWatch knows; a new one is a file and a line here. */
export const FAMILIES: readonly StatisticFamily[] = [
  basic, percentile, trimmedMean, winsorizedMean, trimmedCount, trimmedSum, percentileRank, interquartileMean,
]

/** Reads a statistic's text: the `Stat` of GetMetricData, `Statistic` or `ExtendedStatistic` of an alarm. */
export const parseStatistic = (text: string): Parsed => {
  for (const family of FAMILIES) {
    const parsed = family.parse(text)
    if (parsed !== undefined) return parsed
  }
  return refused(`known statistics are ${FAMILIES.map(family => family.usage).join(', ')}`)
}
