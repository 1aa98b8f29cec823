import { call, choose, constant, parameter, type Expression } from '../../../../sql/expression.ts'
import { once } from '../../../../sql/once.ts'
import type { Period, PeriodUnit } from '../../period.ts'

/** Periods of one length, counted from 1970; weeks begin on Monday. */
interface Fixed {
  readonly millis: number
  readonly origin: number
}

/** How long a period is once AWS's caps are applied: larger counts of these units act as the cap (`300s` as `60s`). */
const CAPS: Readonly<Partial<Record<PeriodUnit, number>>> = { ms: 1000, s: 60, m: 60, h: 24 }
/** Of the other units AWS names no cap; this one keeps instants within their 64 bits. */
const CAP = 10_000

const MILLIS: Readonly<Partial<Record<PeriodUnit, number>>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }
const MONTHS: Readonly<Partial<Record<PeriodUnit, number>>> = { mo: 1, q: 3, y: 12 }
/** 1970-01-01 was a Thursday. */
const MONDAY = 4 * 86_400_000

/** The beginning of the period that an instant lies in; both are epoch milliseconds. */
export const floorTime = (time: Expression, period: Period): Expression =>
  once(time, it => {
    const months = monthsOf(period)
    if (months === undefined) return floorFixed(it, fixedOf(period))
    return instantOf(once(monthOf(it), month => call('minus', month, call('positiveModulo', month, constant(months)))))
  })

/** The beginning of the next period; an instant at which one begins stays. */
export const ceilTime = (time: Expression, period: Period): Expression =>
  once(time, it =>
    once(floorTime(it, period), floored => {
      const months = monthsOf(period)
      const next = months === undefined ? call('plus', floored, wide(fixedOf(period).millis)) : instantOf(call('plus', monthOf(floored), constant(months)))
      return choose([[call('equals', floored, it), it]], next)
    }))

const floorFixed = (time: Expression, { millis, origin }: Fixed): Expression =>
  call('minus', time, call('positiveModulo', origin === 0 ? time : call('minus', time, wide(origin)), wide(millis)))

/** Months since 1970-01. */
const monthOf = (time: Expression): Expression => {
  const date = call('fromUnixTimestamp64Milli', time, constant('UTC'))
  const year = call('toInt64', call('toYear', date))
  return call('minus', call('plus', call('multiply', year, constant(12)), call('toInt64', call('toMonth', date))), constant(1970 * 12 + 1))
}

const instantOf = (month: Expression): Expression => call('toUnixTimestamp64Milli', call('addMonths', EPOCH, month))

const EPOCH = call('fromUnixTimestamp64Milli', parameter('Int64', 0n), constant('UTC'))

const countOf = ({ count, unit }: Period): number => Math.max(1, Math.trunc(Math.min(count, CAPS[unit] ?? CAP)))

const monthsOf = (period: Period): number | undefined => {
  const months = MONTHS[period.unit]
  return months === undefined ? undefined : months * countOf(period)
}

const fixedOf = (period: Period): Fixed => ({ millis: MILLIS[period.unit]! * countOf(period), origin: period.unit === 'w' ? MONDAY : 0 })

const wide = (value: number): Expression => parameter('Int64', BigInt(value))
