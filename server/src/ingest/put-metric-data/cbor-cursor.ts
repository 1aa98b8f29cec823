import { type Literal, sameBytes } from './same-bytes.ts'

/** Answer of the header readers for a list or map of unknown length. */
export const INDEFINITE = -1
/** Answer of the header readers where no such item is. */
const NOTHING = -2

const UNSIGNED = 0
const NEGATIVE = 1
const TEXT = 3
const LIST = 4
const MAP = 5

/**
 * Reads CBOR items (RFC 8949) forwards, for a scanner that gives up at the first item that is not as expected: readers then answer NOTHING,
 * NaN, undefined or false, and where the cursor stands does not matter any more. Reading past the end does the same.
 */
export class CborCursor {
  bytes: Buffer = Buffer.alloc(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  at = 0
  end = 0

  start(body: Uint8Array): void {
    this.bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    this.view = new DataView(body.buffer, body.byteOffset, body.byteLength)
    this.at = 0
    this.end = body.byteLength
  }

  mapHeader(): number {
    return this.#header(MAP)
  }

  listHeader(): number {
    return this.#header(LIST)
  }

  /** Length of a text that is all there; not of one in chunks. */
  textHeader(): number {
    const length = this.#header(TEXT)
    return length >= 0 && this.at + length <= this.end ? length : NOTHING
  }

  text(): string | undefined {
    const length = this.textHeader()
    if (length < 0 || !this.isPlain(length)) return undefined
    this.at += length
    return this.bytes.toString('latin1', this.at - length, this.at)
  }

  /** Whether the next `length` bytes are printable ASCII. */
  isPlain(length: number): boolean {
    const { bytes } = this
    for (let at = this.at, end = at + length; at < end; at++) {
      const byte = bytes[at]!
      if (byte < 0x20 || byte > 0x7e) return false
    }
    return true
  }

  /** An integer or float of any width as a double; NaN for anything else, and for NaN itself. */
  number(): number {
    const byte = this.bytes[this.at]
    if (byte === undefined) return NaN
    switch (byte) {
      case 0xfb:
        return this.#skip(9) ? this.view.getFloat64(this.at - 8) : NaN
      case 0xfa:
        return this.#skip(5) ? this.view.getFloat32(this.at - 4) : NaN
      case 0xf9:
        return this.#skip(3) ? halfFloat(this.view.getUint16(this.at - 2)) : NaN
      default: {
        const major = byte >> 5
        if (major !== UNSIGNED && major !== NEGATIVE) return NaN
        const argument = this.#argument(byte & 31)
        if (argument < 0) return NaN
        return major === UNSIGNED ? argument : -1 - argument
      }
    }
  }

  takeBreak(): boolean {
    if (this.bytes[this.at] !== 0xff) return false
    this.at++
    return true
  }

  /** Steps over exactly these bytes when they are next. */
  take(expected: Literal): boolean {
    if (!this.matches(this.at, expected)) return false
    this.at += expected.length
    return true
  }

  matches(at: number, expected: Literal): boolean {
    return sameBytes(this.view, at, expected.view, 0, expected.length)
  }

  #header(major: number): number {
    const byte = this.bytes[this.at]
    if (byte === undefined || byte >> 5 !== major) return NOTHING
    if ((byte & 31) === 31) {
      this.at++
      return INDEFINITE
    }
    return this.#argument(byte & 31)
  }

  #argument(minor: number): number {
    if (minor < 24) {
      this.at++
      return minor
    }
    switch (minor) {
      case 24:
        return this.#skip(2) ? this.view.getUint8(this.at - 1) : NOTHING
      case 25:
        return this.#skip(3) ? this.view.getUint16(this.at - 2) : NOTHING
      case 26:
        return this.#skip(5) ? this.view.getUint32(this.at - 4) : NOTHING
      case 27: {
        if (!this.#skip(9)) return NOTHING
        const value = Number(this.view.getBigUint64(this.at - 8))
        // Larger integers are left to the general path, where they are not rounded on the way.
        return value <= Number.MAX_SAFE_INTEGER ? value : NOTHING
      }
      default:
        return NOTHING
    }
  }

  #skip(bytes: number): boolean {
    if (this.at + bytes > this.end) return false
    this.at += bytes
    return true
  }
}

const halfFloat = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
