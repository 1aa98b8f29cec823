/** So many weights of one; buckets of a graph have the same few lengths. Nobody writes to samples. */
export const sharedOnes = (length: number): Float64Array => {
  const known = ONES[length]
  if (known !== undefined) return known
  const made = new Float64Array(length).fill(1)
  if (length < SHARED_LENGTHS) ONES[length] = made
  return made
}

/** Half a megabyte when all are there. */
const SHARED_LENGTHS = 360
const ONES: Float64Array[] = []
