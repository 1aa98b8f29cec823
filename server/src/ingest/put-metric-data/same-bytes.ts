/**
 * Whether `length` bytes at `at` in one memory equal those at `other` in another; false where either would end before. It
 * compares eight bytes at a time, as doubles (integers of that width would be objects). Bytes that read as NaN count as different, even
 * from themselves: callers then take their slower way, and text never reads as NaN.
 */
export const sameBytes = (view: DataView, at: number, otherView: DataView, other: number, length: number): boolean => {
  if (at + length > view.byteLength || other + length > otherView.byteLength) return false
  if (length < 8) return sameSingly(view, at, otherView, other, length)
  const last = length - 8
  for (let i = 0; i < last; i += 8) {
    const value = view.getFloat64(at + i, true)
    if (value !== otherView.getFloat64(other + i, true)) return false
    // 0 and -0 are equal as numbers and not as bytes.
    if (value === 0 && !sameSingly(view, at + i, otherView, other + i, 8)) return false
  }
  // The last eight bytes, some of them for the second time.
  const value = view.getFloat64(at + last, true)
  return value === otherView.getFloat64(other + last, true) && (value !== 0 || sameSingly(view, at + last, otherView, other + last, 8))
}

const sameSingly = (view: DataView, at: number, otherView: DataView, other: number, length: number): boolean => {
  for (let i = 0; i < length; i++) if (view.getUint8(at + i) !== otherView.getUint8(other + i)) return false
  return true
}

/** Bytes that a scanner expects. */
export interface Literal {
  readonly length: number
  readonly view: DataView
}

export const literal = (...bytes: readonly number[]): Literal => {
  const view = new DataView(Uint8Array.from(bytes).buffer)
  return { length: bytes.length, view }
}

export const literalText = (characters: string): Literal => literal(...new TextEncoder().encode(characters))
