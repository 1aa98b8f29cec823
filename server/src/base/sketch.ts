/*
 * Log-linear buckets over the bits of a double: the exponent and the upper six bits of the mantissa, hence 64 buckets an
 * octave. Distributions over them merge by adding weights, need no logarithm, and any value lies within 1/128 of its
 * bucket's middle. For values ≥ 0 only. The engine computes the same keys (store/metrics/sketch-sql.ts).
 */

const scratch = new DataView(new ArrayBuffer(8))

/** The bucket of a value ≥ 0; ascending with the value, below 2^17. */
export const sketchKey = (value: number): number => {
  scratch.setFloat64(0, value === 0 ? 0 : value)
  return scratch.getUint32(0) >>> 14
}

/** The middle of a bucket; 0 for the lowest one, which holds nothing but zero and numbers below 10^-310. */
export const sketchValue = (key: number): number => (key === 0 ? 0 : (edge(key) + edge(key + 1)) / 2)

const edge = (key: number): number => {
  scratch.setUint32(0, key * 16_384)
  scratch.setUint32(4, 0)
  return scratch.getFloat64(0)
}
