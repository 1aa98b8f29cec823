/**
 * Of four bytes of JSON text, little-endian: 0 when all of them stand for themselves within a string; otherwise the lowest bit that is
 * set lies in the first of them that is a quotation mark, a backslash or a control character. Higher bits mean nothing.
 */
export const specialIn = (word: number): number => {
  const quotes = word ^ 0x2222_2222
  const slashes = word ^ 0x5c5c_5c5c
  // A byte that is 0, or less than 32, borrows from its highest bit, and bytes above it may borrow by that.
  return ((((quotes - 0x0101_0101) & ~quotes) | ((slashes - 0x0101_0101) & ~slashes) | ((word - 0x2020_2020) & ~word)) & 0x8080_8080) | 0
}

/** Which of the four bytes the lowest bit that is set lies in. */
export const firstSpecial = (special: number): number => (31 - Math.clz32(special & -special)) >> 3

/** Whether `length` bytes at `at` equal those at `other` in another memory, which has them all; false where the first would end before. */
export const sameWords = (view: DataView, at: number, otherView: DataView, other: number, length: number): boolean => {
  if (at + length > view.byteLength) return false
  if (length < 4) {
    for (let index = 0; index < length; index++) if (view.getUint8(at + index) !== otherView.getUint8(other + index)) return false
    return true
  }
  const last = length - 4
  for (let index = 0; index < last; index += 4) if (view.getInt32(at + index) !== otherView.getInt32(other + index)) return false
  // The last four bytes, some of them for the second time.
  return view.getInt32(at + last) === otherView.getInt32(other + last)
}

/** A hash of so many bytes, not below 0: FNV-1a over words. Who wants to can find collisions. */
export const hashWords = (view: DataView, at: number, length: number): number => {
  let hash = 0x811c9dc5 ^ length
  let place = at
  for (const end = at + length - 3; place < end; place += 4) {
    hash = Math.imul(hash ^ view.getInt32(place), 0x01000193)
    hash ^= hash >>> 15
  }
  for (const end = at + length; place < end; place++) hash = Math.imul(hash ^ view.getUint8(place), 0x01000193)
  return (hash ^ (hash >>> 15)) & 0x3fff_ffff
}
