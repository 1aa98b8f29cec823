/** Where the number that {@link parseNumber} read last ended; -1 when there was none. */
export const numberEnd = (): number => end

let end = -1

/** 10^0 … 10^22: the powers of ten that a double holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))

/**
 * The decimal number at `at` in JSON's grammar, correctly rounded; NaN, and {@link numberEnd} -1, when there is none. (A
 * pair of result and position would be an object per number.)
 *
 * A mantissa of up to 15 digits and a power of ten up to 22 are both exact doubles, so one multiplication or division gives the
 * correctly rounded result (Clinger 1990); whatever is longer goes through the engine's own conversion.
 */
export const parseNumber = (bytes: Buffer, at: number): number => {
  const start = at
  let byte = bytes[at]
  const negative = byte === 0x2d
  if (negative) byte = bytes[++at]
  if (byte === undefined || byte < 0x30 || byte > 0x39) return failed()
  let mantissa = byte - 0x30
  let digits = 1
  byte = bytes[++at]
  if (mantissa === 0) {
    if (byte !== undefined && byte >= 0x30 && byte <= 0x39) return failed()
    digits = 0
  } else {
    while (byte !== undefined && byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30)
      digits++
      byte = bytes[++at]
    }
  }
  let scale = 0
  if (byte === 0x2e) {
    byte = bytes[++at]
    if (byte === undefined || byte < 0x30 || byte > 0x39) return failed()
    while (byte !== undefined && byte >= 0x30 && byte <= 0x39) {
      mantissa = mantissa * 10 + (byte - 0x30)
      if (mantissa !== 0) digits++
      scale--
      byte = bytes[++at]
    }
  }
  if (byte === 0x65 || byte === 0x45) {
    byte = bytes[++at]
    const down = byte === 0x2d
    if (down || byte === 0x2b) byte = bytes[++at]
    if (byte === undefined || byte < 0x30 || byte > 0x39) return failed()
    let exponent = 0
    while (byte !== undefined && byte >= 0x30 && byte <= 0x39) {
      if (exponent < 10_000) exponent = exponent * 10 + (byte - 0x30)
      byte = bytes[++at]
    }
    scale += down ? -exponent : exponent
  }
  end = at
  if (digits > 15 || scale < -22 || scale > 22) return Number(bytes.toString('latin1', start, at))
  const magnitude = scale < 0 ? mantissa / POWERS[-scale]! : mantissa * POWERS[scale]!
  return negative ? -magnitude : magnitude
}

const failed = (): number => {
  end = -1
  return NaN
}
