import { epochSeconds, seconds } from '../../base/time.ts'
import type { SeriesNumber } from '../../model/metric-columns.ts'
import { windowSlots } from '../../model/metric-window.ts'
import type { SumsSink } from '../../model/metric.ts'
import type { Head } from '../head/head.ts'

/** Slot k holds [start + k·period, start + (k + 1)·period). */
interface Grid {
  readonly start: number
  readonly period: number
}

/**
 * What the head has of each series in [from, until), on the grid; the sink gets a series by its place in the list. All bounds are
 * on whole minutes, or the head has every sample of that time.
 */
export const sumRecent = (head: Head, series: readonly SeriesNumber[], from: number, until: number, grid: Grid, sink: SumsSink): void => {
  if ([from, until, grid.start, grid.period].every(bound => bound % MINUTE === 0)) return head.sumMinutes(series, from, until, grid, sink)
  for (const { slot, at, width, slots } of segments(from, until, grid)) {
    const out = windowSlots(slots)
    const { count, sum, minimum, maximum } = out
    for (let place = 0; place < series.length; place++) {
      if (head.readSeries(series[place]!, epochSeconds(at), seconds(width), slots, out) === 0) continue
      for (let index = 0; index < slots; index++) {
        if (count[index]! > 0) sink.add(place, slot + index, count[index]!, sum[index]!, minimum[index]!, maximum[index]!)
      }
    }
  }
}

const MINUTE = 60

interface Segment {
  /** Of the first bucket. */
  readonly slot: number
  readonly at: number
  readonly width: number
  readonly slots: number
}

/** The end of a bucket, whole buckets, and the beginning of one. */
const segments = (from: number, until: number, { start, period }: Grid): readonly Segment[] => {
  if (from >= until) return []
  const first = Math.ceil((from - start) / period)
  const last = Math.floor((until - start) / period)
  if (last < first) return [{ slot: last, at: from, width: until - from, slots: 1 }]
  const [whole, rest] = [start + first * period, start + last * period]
  return [
    { slot: first - 1, at: from, width: whole - from, slots: 1 },
    { slot: first, at: whole, width: period, slots: last - first },
    { slot: last, at: rest, width: until - rest, slots: 1 },
  ].filter(({ width, slots }) => width > 0 && slots > 0)
}
