/** From a value to its place in the picture. */
export type Scale = (value: number) => number

/** Straight from [from, to] to pixels [start, end]; what lies outside is placed outside, but never far. */
export const linear = (from: number, to: number, start: number, end: number): Scale => {
  const span = to - from
  const reach = 4
  return value => {
    const share = span === 0 ? 0.5 : (value - from) / span
    return start + Math.min(1 + reach, Math.max(-reach, share)) * (end - start)
  }
}
