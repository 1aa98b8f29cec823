import type { ChartAxis } from './chart.ts'

/** What an axis spans and where its ticks are. */
export interface ValueTicks {
  readonly from: number
  readonly to: number
  readonly step: number
  readonly ticks: readonly number[]
}

/** Sums and differences of such stay finite. */
const LARGEST = 1e300

/**
 * Ticks at 1, 2, 2.5 or 5 times a power of ten. The axis ends at ticks unless its ends are given, and begins at zero unless the
 * data move so little that their course would be a flat line then.
 */
export const valueTicks = (values: Iterable<number>, axis: Pick<ChartAxis, 'min' | 'max'>, wanted: number): ValueTicks => {
  const [low, high] = spanOf(values, axis)
  const step = niceStep((high - low) / Math.max(1, wanted))
  const from = axis.min !== undefined && axis.min === low ? low : Math.floor(low / step + 1e-9) * step
  const to = axis.max !== undefined && axis.max === high ? high : Math.ceil(high / step - 1e-9) * step
  const first = Math.ceil(from / step - 1e-9)
  const count = Math.min(100, Math.max(0, Math.floor(to / step + 1e-9) - first + 1))
  return { from, to, step, ticks: Array.from({ length: count }, (_, index) => (first + index) * step) }
}

const spanOf = (values: Iterable<number>, { min, max }: Pick<ChartAxis, 'min' | 'max'>): readonly [number, number] => {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) [low, high] = [0, 1]
  low = Math.max(-LARGEST, low)
  high = Math.min(LARGEST, high)
  // A curve that moves by less than a third of its height is looked at closely; others stand on zero.
  if (low > 0 && high - low > high / 3) low = 0
  if (high < 0 && high - low > -low / 3) high = 0
  if (low === high) [low, high] = low === 0 ? [0, 1] : low > 0 ? [0, low * 1.25] : [low * 1.25, 0]
  if (min !== undefined) low = clamp(min)
  if (max !== undefined) high = clamp(max)
  if (low < high) return distinct(low, high)
  // One end was given, and all data lie beyond it.
  return min === undefined ? distinct(high - Math.max(1, Math.abs(high)), high) : distinct(low, low + Math.max(1, Math.abs(low)))
}

/** Doubles next to each other leave no room for ticks. */
const distinct = (low: number, high: number): readonly [number, number] => {
  const least = Math.max(Math.abs(low), Math.abs(high), 1e-290) * 1e-9
  return high - low >= least ? [low, high] : [low - least, high + least]
}

const clamp = (value: number): number => Math.min(LARGEST, Math.max(-LARGEST, value))

const niceStep = (rough: number): number => {
  const power = 10 ** Math.floor(Math.log10(rough))
  const lead = rough / power
  return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 2.5 ? 2.5 : lead <= 5 ? 5 : 10)
}
