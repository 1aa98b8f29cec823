import { isKey, type JsonKey } from './json-key.ts'

/** How a step ended when the bytes are not of the plain form. */
export const UNUSUAL = -1

export const QUOTE = 0x22
export const COMMA = 0x2c
export const OPEN_LIST = 0x5b
export const CLOSE_LIST = 0x5d
export const OPEN = 0x7b
export const CLOSE = 0x7d
const COLON = 0x3a

/** Steps over the bytes of a JSON body: each takes a place and answers the one behind what it found, or {@link UNUSUAL}. */
export class JsonCursor {
  bytes: Buffer = Buffer.alloc(0)
  view: DataView = new DataView(new ArrayBuffer(0))
  end = 0

  open({ buffer, byteOffset, byteLength }: Uint8Array): void {
    this.bytes = Buffer.from(buffer, byteOffset, byteLength)
    this.view = new DataView(buffer, byteOffset, byteLength)
    this.end = byteLength
  }

  /** The key at `at`, its colon and white space around it; answers where the value begins. */
  member(at: number, key: JsonKey): number {
    if (at < 0) return UNUSUAL
    const { bytes } = this
    const after = at + key.length
    if (isKey(this.view, at, key) && after < this.end && bytes[after]! > 0x20) return after
    // White space before or after the colon, or another key.
    const colon = key.length - 1
    for (let i = 0; i < colon; i++) if (bytes[at + i] !== key.bytes[i]) return UNUSUAL
    return this.expect(this.space(at + colon), COLON)
  }

  /** `byte` and the white space after it. */
  expect(at: number, byte: number): number {
    return at >= 0 && this.bytes[at] === byte ? this.space(at + 1) : UNUSUAL
  }

  space(at: number): number {
    if (at < 0) return at
    const { bytes, end } = this
    for (; at < end; at++) {
      const byte = bytes[at]!
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break
    }
    return at
  }

  /** The closing quote of a string of printable ASCII without escapes. */
  stringEnd(at: number): number {
    const { bytes, end } = this
    for (; at < end; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) return at
      if (byte < 0x20 || byte > 0x7e || byte === 0x5c) return UNUSUAL
    }
    return UNUSUAL
  }
}
