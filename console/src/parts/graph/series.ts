/** A value at a time; `at` is epoch seconds, the start of its period. */
export interface Point {
  readonly at: number
  readonly value: number
}

/** Points oldest first; a distance over `period` seconds is a gap, and is drawn as one. */
export interface Series {
  readonly label: string
  readonly period: number
  readonly points: readonly Point[]
  /** A limit of what was to be expected; what lies between the two is shaded. A lower one stands right before its upper one. */
  readonly limit?: 'lower' | 'upper'
}

/** uPlot's columns: times, then one column a series; null breaks a line, undefined only means "no point of this series here". */
export type Columns = [number[], ...(number | null | undefined)[][]]

/**
 * Lays series of different periods on one axis of times. After a point whose successor is late, the series gets a null
 * one period later: missing data must look missing, never like a straight line.
 */
export const toColumns = (series: readonly Series[]): Columns => {
  const values = series.map(withGaps)
  const times = [...new Set(values.flatMap(points => [...points.keys()]))].sort((a, b) => a - b)
  return [times, ...values.map(points => times.map(at => points.get(at)))]
}

const withGaps = ({ points, period }: Series): ReadonlyMap<number, number | null> => {
  const values = new Map<number, number | null>()
  points.forEach(({ at, value }, index) => {
    values.set(at, value)
    const next = points[index + 1]
    if (next !== undefined && next.at - at > period * 1.5) values.set(at + period, null)
  })
  return values
}

/** Indices of points that have no neighbour to draw a line to: they are shown as dots, or they would not be seen. */
export const loners = (column: readonly (number | null | undefined)[]): number[] => {
  const seen = column.flatMap((value, index) => (value === undefined ? [] : [{ value, index }]))
  return seen.flatMap(({ value, index }, position) =>
    value !== null && (seen[position - 1]?.value ?? null) === null && (seen[position + 1]?.value ?? null) === null ? [index] : [],
  )
}

/**
 * The vertical range that shows all values and the threshold with some air; it begins at zero unless the values stay
 * so far from it that their movement would vanish.
 */
export const verticalRange = (lowest: number | null, highest: number | null, threshold?: number): [number, number] => {
  const known = [lowest, highest, threshold].filter(value => value !== null && value !== undefined)
  if (known.length === 0) return [0, 1]
  const low = Math.min(...known)
  const high = Math.max(...known)
  if (low === high) return low === 0 ? [0, 1] : low > 0 ? [0, low * 1.25] : [low * 1.25, 0]
  const air = (high - low) * 0.08
  const bottom = low >= 0 && low < high * 0.6 ? 0 : low - air
  const top = high <= 0 && high > low * 0.6 ? 0 : high + air
  return [bottom, top]
}
