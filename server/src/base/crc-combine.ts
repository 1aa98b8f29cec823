/** The checksum of two pieces put together, out of theirs: for reflected CRCs that begin with all ones and end inverted. */
type Combine = (first: bigint, second: bigint, secondLength: number) => bigint

/**
 * As zlib does it: what comes behind multiplies a remainder by x to the power of its bits, modulo the polynomial. The powers of equal
 * lengths are worked out once, since the parts of an upload are mostly of one length.
 */
export const crcCombiner = (polynomial: bigint, bits: number): Combine => {
  const one = 1n << BigInt(bits - 1)
  const multiply = (left: bigint, right: bigint): bigint => {
    let product = 0n
    let factor = right
    for (let bit = one; bit > 0n; bit >>= 1n) {
      if (left & bit) product ^= factor
      factor = factor & 1n ? (factor >> 1n) ^ polynomial : factor >> 1n
    }
    return product
  }
  const powers = new Map<number, bigint>()
  const shiftOf = (length: number): bigint => {
    const known = powers.get(length)
    if (known !== undefined) return known
    let shift = one
    // Reflected: the bit below the highest is x itself.
    let square = one >> 1n
    for (let left = BigInt(length) * 8n; left > 0n; left >>= 1n) {
      if (left & 1n) shift = multiply(square, shift)
      square = multiply(square, square)
    }
    powers.set(length, shift)
    return shift
  }
  return (first, second, secondLength) => multiply(shiftOf(secondLength), first) ^ second
}
