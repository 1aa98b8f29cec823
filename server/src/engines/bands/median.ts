/** Of a list that is not empty; between the two in the middle where the count is even. */
export const median = (values: readonly number[] | Float64Array): number => {
  const sorted = Float64Array.from(values).sort()
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** A normal distribution's standard deviation is this many times its median distance from the centre. */
const NORMAL_SCALE = 1.4826

/** The standard deviation that half of the residuals speak for, whatever the other half does. */
export const robustDeviation = (residuals: readonly number[] | Float64Array): number =>
  residuals.length === 0 ? 0 : NORMAL_SCALE * median(Float64Array.from(residuals, Math.abs))

/**
 * What several weeks have in common. Two must agree: what only one of them shows is an incident, not a habit. One alone is
 * believed by half.
 */
export const agreed = (weeks: readonly number[]): number => {
  const [first, second] = weeks
  if (first === undefined) return 0
  if (second === undefined) return first / 2
  if (weeks.length > 2) return median(weeks)
  if (first * second <= 0) return 0
  return Math.abs(first) < Math.abs(second) ? first : second
}
