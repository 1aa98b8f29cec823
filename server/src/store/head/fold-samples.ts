/** Samples in any order → ascending distinct values with their summed weights. */
export const foldSamples = (values: ArrayLike<number>, weights: ArrayLike<number>): { values: Float64Array; weights: Float64Array } => {
  const order = Uint32Array.from({ length: values.length }, (_, index) => index).sort((a, b) => values[a]! - values[b]!)
  const folded = new Float64Array(values.length)
  const summed = new Float64Array(values.length)
  let length = 0
  for (const index of order) {
    const value = values[index]!
    if (length === 0 || folded[length - 1] !== value) {
      folded[length] = value
      summed[length] = weights[index]!
      length++
    } else summed[length - 1] = summed[length - 1]! + weights[index]!
  }
  return { values: folded.subarray(0, length), weights: summed.subarray(0, length) }
}
