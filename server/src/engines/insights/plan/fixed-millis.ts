import type { Period, PeriodUnit } from '../period.ts'

const MILLIS: Readonly<Partial<Record<PeriodUnit, number>>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** How long a period is; undefined of those that are not always the same (months and longer). */
export const fixedMillis = ({ count, unit }: Period): number | undefined => {
  const one = MILLIS[unit]
  return one === undefined ? undefined : one * count
}
