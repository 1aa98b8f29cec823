/** Grows as CBOR items (RFC 8949) are put into it. */
export class CborBuffer {
  #bytes = Buffer.allocUnsafe(1024)
  #at = 0

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#at)
  }

  /** The head of an item: its major type with its value, length or tag. */
  head(major: number, argument: number): void {
    this.#reserve(9)
    const first = major << 5
    if (argument < 24) this.#bytes[this.#at++] = first | argument
    else if (argument < 0x100) {
      this.#bytes[this.#at++] = first | 24
      this.#bytes[this.#at++] = argument
    } else if (argument < 0x1_0000) {
      this.#bytes[this.#at++] = first | 25
      this.#at = this.#bytes.writeUInt16BE(argument, this.#at)
    } else if (argument < 0x1_0000_0000) {
      this.#bytes[this.#at++] = first | 26
      this.#at = this.#bytes.writeUInt32BE(argument, this.#at)
    } else {
      this.#bytes[this.#at++] = first | 27
      this.#at = this.#bytes.writeBigUInt64BE(BigInt(argument), this.#at)
    }
  }

  /** Integers as integers. */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) this.double(value)
    else if (value >= 0) this.head(0, value)
    else this.head(1, -1 - value)
  }

  double(value: number): void {
    this.#reserve(9)
    this.#bytes[this.#at++] = 0xfb
    this.#at = this.#bytes.writeDoubleBE(value, this.#at)
  }

  bigint(value: bigint): void {
    if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) {
      this.number(Number(value))
      return
    }
    const magnitude = value < 0n ? -1n - value : value
    const hex = magnitude.toString(16)
    this.head(6, value < 0n ? 3 : 2)
    this.bytes(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'))
  }

  text(value: string): void {
    const length = Buffer.byteLength(value)
    this.head(3, length)
    this.#reserve(length)
    this.#at += this.#bytes.write(value, this.#at)
  }

  bytes(value: Uint8Array): void {
    this.head(2, value.byteLength)
    this.#reserve(value.byteLength)
    this.#bytes.set(value, this.#at)
    this.#at += value.byteLength
  }

  boolean(value: boolean): void {
    this.#special(value ? 0xf5 : 0xf4)
  }

  null(): void {
    this.#special(0xf6)
  }

  #special(byte: number): void {
    this.#reserve(1)
    this.#bytes[this.#at++] = byte
  }

  #reserve(count: number): void {
    if (this.#at + count <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + count))
    this.#bytes.copy(grown, 0, 0, this.#at)
    this.#bytes = grown
  }
}
