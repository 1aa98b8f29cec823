type Column = Float64Array | number[]

/**
 * Shell's sort of `keys` in [from, to), in place, and of `others` with them. Buckets of a graph are many and short: sorting an index
 * through a comparing function takes five times as long.
 */
export const sortTogether = (keys: Column, others: Column, from = 0, to = keys.length): void => {
  for (let gap = firstGap(to - from); gap > 0; gap = nextGap(gap)) {
    for (let next = from + gap; next < to; next++) {
      const [key, other] = [keys[next]!, others[next]!]
      let at = next
      for (; at >= from + gap && keys[at - gap]! > key; at -= gap) {
        keys[at] = keys[at - gap]!
        others[at] = others[at - gap]!
      }
      keys[at] = key
      others[at] = other
    }
  }
}

/** Numbers in [from, to) in ascending order, in place. */
export const sortNumbers = (keys: Float64Array, from: number, to: number): void => {
  if (to - from > NATIVE_FROM) return void keys.subarray(from, to).sort()
  for (let gap = firstGap(to - from); gap > 0; gap = nextGap(gap)) {
    for (let next = from + gap; next < to; next++) {
      const key = keys[next]!
      let at = next
      for (; at >= from + gap && keys[at - gap]! > key; at -= gap) keys[at] = keys[at - gap]!
      keys[at] = key
    }
  }
}

/** From so many numbers on the engine's own sort is quicker than its call costs. */
const NATIVE_FROM = 200

/** Up to two dozen numbers, inserting each is quickest. */
const firstGap = (length: number): number => {
  let gap = 1
  if (length > 24) while (gap < length / 2.25) gap = Math.ceil(gap * 2.25)
  return gap
}
const nextGap = (gap: number): number => (gap === 1 ? 0 : Math.max(1, Math.floor(gap / 2.25)))
