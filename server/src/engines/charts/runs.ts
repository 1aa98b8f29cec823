import type { ChartSeries } from './chart.ts'

export interface Dot {
  readonly at: number
  readonly value: number
}

/** Points that follow each other period by period. */
export type Run = readonly Dot[]

/** The series cut where data are missing; only what lies within [start, end], and no value that is no number. */
export const runsOf = ({ timestamps, values, period }: ChartSeries, start: number, end: number): readonly Run[] => {
  const runs: Dot[][] = []
  let last = -Infinity
  for (const [index, at] of timestamps.entries()) {
    const value = values[index]
    if (value === undefined || !Number.isFinite(value) || at < start || at > end) continue
    // Half a period of grace: what is written at odd seconds is no gap.
    if (at - last > period * 1.5 || runs.length === 0) runs.push([])
    runs.at(-1)!.push({ at, value })
    last = at
  }
  return runs
}

/** Of many points on one pixel column first, last, lowest and highest: the line looks the same (M4, Jugel et al., VLDB 2014). */
export const thinned = (run: Run, start: number, secondsPerPixel: number): Run => {
  const kept: Dot[] = []
  for (let from = 0; from < run.length; ) {
    const column = Math.floor((run[from]!.at - start) / secondsPerPixel)
    let to = from + 1
    while (to < run.length && Math.floor((run[to]!.at - start) / secondsPerPixel) === column) to++
    if (to - from <= 4) kept.push(...run.slice(from, to))
    else kept.push(...corners(run, from, to))
    from = to
  }
  return kept
}

const corners = (run: Run, from: number, to: number): readonly Dot[] => {
  let low = from
  let high = from
  for (let index = from + 1; index < to; index++) {
    if (run[index]!.value < run[low]!.value) low = index
    if (run[index]!.value > run[high]!.value) high = index
  }
  return [...new Set([from, Math.min(low, high), Math.max(low, high), to - 1])].map(index => run[index]!)
}
