import { type Literal, literal, sameBytes } from './same-bytes.ts'

const AMPERSAND = 0x26
const PERCENT = 0x25
const PLUS = 0x2b
const DOT = 0x2e
const EQUALS = 0x3d

/** No text of a datum is longer than 1024 characters. */
const MAX_TEXT = 2048

/** Walks through `a.b.1=x&…`; readers answer false, or -1, for anything unusual, and the scan is given up. */
export class FormCursor {
  /** The text that {@link decode} read last: `length` bytes of ASCII and a zero. */
  readonly decoded = Buffer.alloc(MAX_TEXT + 1)
  length = 0
  readonly #decodedView = new DataView(this.decoded.buffer, this.decoded.byteOffset, this.decoded.byteLength)
  #bytes: Buffer = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  #at = 0

  start(body: Uint8Array): void {
    this.#bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    this.#view = new DataView(body.buffer, body.byteOffset, body.byteLength)
    this.#at = 0
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  peek(): number {
    return this.#bytes[this.#at] ?? 0
  }

  /** Steps over exactly these bytes when they are next. */
  take(expected: Literal): boolean {
    if (!sameBytes(this.#view, this.#at, expected.view, 0, expected.length)) return false
    this.#at += expected.length
    return true
  }

  /** Steps to the next pair. */
  next(): boolean {
    if (this.#bytes[this.#at] !== AMPERSAND) return false
    this.#at++
    return true
  }

  /** `12.` → 12 */
  index(): number {
    return this.#number(DOT)
  }

  /** `12=` → 12 */
  listIndex(): number {
    return this.#number(EQUALS)
  }

  /** Undoes the percent-encoding of a value of printable ASCII into {@link decoded}. */
  decode(): boolean {
    const bytes = this.#bytes
    const into = this.decoded
    const end = bytes.length
    let at = this.#at
    let length = 0
    for (; at < end; at++) {
      let byte = bytes[at]!
      if (byte === AMPERSAND) break
      if (byte === PLUS) byte = 0x20
      else if (byte === PERCENT) {
        const high = hex(bytes[at + 1])
        const low = hex(bytes[at + 2])
        if (high < 0 || low < 0) return false
        byte = high * 16 + low
        at += 2
      }
      if (byte < 0x20 || byte > 0x7e || length === MAX_TEXT) return false
      into[length++] = byte
    }
    into[length] = 0
    this.#at = at
    this.length = length
    return true
  }

  /** Whether the text is exactly this one. */
  equals(expected: Literal): boolean {
    return this.length === expected.length && sameBytes(this.#decodedView, 0, expected.view, 0, expected.length)
  }

  /** The text, to be kept for {@link equals}. */
  copy(): Literal {
    return literal(...this.decoded.subarray(0, this.length))
  }

  text(): string {
    return this.decoded.toString('latin1', 0, this.length)
  }

  #number(end: number): number {
    const bytes = this.#bytes
    let value = 0
    for (let digits = 0; digits < 5; digits++) {
      const byte = bytes[this.#at++]
      if (byte === end && value > 0) return value
      if (byte === undefined || byte < 0x30 || byte > 0x39 || (value === 0 && byte === 0x30)) return -1
      value = value * 10 + (byte - 0x30)
    }
    return -1
  }
}

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  if (byte >= 0x41 && byte <= 0x46) return byte - 0x37
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1
}
