import { sortTogether } from '../../base/sort-together.ts'

/** Samples in any order → ascending distinct values with their summed weights. */
export const foldSamples = (values: ArrayLike<number>, weights: ArrayLike<number>): { values: Float64Array; weights: Float64Array } => {
  const folded = Float64Array.from(values)
  const summed = Float64Array.from(weights)
  sortTogether(folded, summed)
  let length = 0
  for (let index = 0; index < folded.length; index++) {
    if (length === 0 || folded[length - 1] !== folded[index]) {
      folded[length] = folded[index]!
      summed[length] = summed[index]!
      length++
    } else summed[length - 1] = summed[length - 1]! + summed[index]!
  }
  return length === folded.length ? { values: folded, weights: summed } : { values: folded.subarray(0, length), weights: summed.subarray(0, length) }
}
