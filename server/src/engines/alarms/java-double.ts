/**
 * A number as Java's `Double.toString` writes it, which is how CloudWatch prints thresholds and datapoints: `50.0`,
 * `0.0666851903306472`, and from 10⁷ on or below 10⁻³ `1.50785441792E10`. The digits are the shortest that read back as the
 * same number, at least two (https://docs.oracle.com/en/java/javase/19/docs/api/java.base/java/lang/Double.html#toString(double)).
 */
export const javaDouble = (value: number): string => {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const size = Math.abs(value)
  if (size >= 1e-3 && size < 1e7) {
    const text = String(value)
    return text.includes('.') ? text : `${text}.0`
  }
  const [mantissa, exponent] = shortest(value).split('e')
  return `${mantissa!.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}

/** JavaScript stops at one digit where Java takes the nearest of two: 5e-324 is 4.9E-324. */
const shortest = (value: number): string => {
  const text = value.toExponential()
  if (text.includes('.')) return text
  const two = value.toExponential(1)
  return Number(two) === value ? two : text
}
