import { floorTo, seconds, type EpochSeconds, type Seconds } from '../../base/time.ts'

const HOUR = 3600
const DAY = 24 * HOUR
/** Data older than this is kept by so many seconds; an hour early, since the server's clock decides. */
const KEPT_BY = [{ age: 63 * DAY - HOUR, unit: seconds(HOUR) }, { age: 15 * DAY - HOUR, unit: seconds(300) }] as const
const MINUTE = seconds(60)

/**
 * How to ask GetMetricData for one datapoint over a whole range. Its periods count from the epoch, so one as long as the range
 * would mostly fall into two of them: this one begins where the range does, and is cut off at the end time. Every statistic
 * is then that of the range. `start` may be up to an hour earlier than asked for, as data that old is kept.
 */
export const wholeRange = ({ start, end, now = end }: { readonly start: EpochSeconds; readonly end: EpochSeconds; readonly now?: EpochSeconds }): {
  readonly start: EpochSeconds
  readonly period: Seconds
} => {
  const unit = KEPT_BY.find(({ age }) => now - start > age)?.unit ?? MINUTE
  const from = floorTo(start, unit)
  return { start: from, period: seconds(unit * leastDivisor(from / unit, Math.max(1, Math.ceil((end - from) / unit)))) }
}

/** The smallest divisor of `whole` that is not below `least`; `whole` itself where there is none. */
const leastDivisor = (whole: number, least: number): number => {
  let best = Math.max(whole, least)
  for (let one = 1; one * one <= whole; one++) {
    if (whole % one !== 0) continue
    for (const divisor of [one, whole / one]) if (divisor >= least && divisor < best) best = divisor
  }
  return best
}

/** A period that is no longer the range's would make rates wrong: expressions are given the range's length in its place. */
export const withRangePeriod = (expression: string, length: Seconds): string =>
  expression.replaceAll(/'[^']*'|"[^"]*"|\bPERIOD\s*\(\s*\w+\s*\)/g, found => (/^['"]/.test(found) ? found : String(length)))
