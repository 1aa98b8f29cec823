const FIRST_ROOM = 512
/** What is written grows in one memory up to here, then in another one. */
const PIECE_BYTES = 1_048_576
/** Smaller bytes are copied together: each piece costs a system call's entry. */
const SMALL_BYTES = 32_768

/** Bytes of the Native format one after the other, in pieces; large ones stay where they are. */
export class PieceWriter {
  readonly #pieces: Uint8Array[] = []
  #bytes = Buffer.alloc(0)
  #length = 0

  varint(value: number): void {
    this.#reserve(10)
    let rest = value
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  text(value: string): void {
    const length = Buffer.byteLength(value)
    this.varint(length)
    this.#reserve(length)
    this.#length += this.#bytes.write(value, this.#length)
  }

  /** The machine's byte order: every platform that the engine is built for is little-endian. */
  raw({ buffer, byteOffset, byteLength }: BigUint64Array | BigInt64Array | Uint32Array | Uint8Array | Float64Array): void {
    this.piece(new Uint8Array(buffer, byteOffset, byteLength))
  }

  /** Bytes that may be copied or left where they are. */
  bytes(bytes: Buffer): void {
    if (bytes.length >= SMALL_BYTES) return this.piece(bytes)
    this.#reserve(bytes.length)
    this.#length += bytes.copy(this.#bytes, this.#length)
  }

  /** Bytes that are left where they are. */
  piece(bytes: Uint8Array): void {
    this.#cut()
    this.#pieces.push(bytes)
  }

  /** All pieces; nothing may be written any more. */
  pieces(): readonly Uint8Array[] {
    this.#cut()
    return this.#pieces
  }

  /** What was written so far becomes a piece; the rest of its memory serves the next one. */
  #cut(): void {
    if (this.#length > 0) this.#pieces.push(this.#bytes.subarray(0, this.#length))
    this.#bytes = this.#bytes.subarray(this.#length)
    this.#length = 0
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const full = this.#length >= PIECE_BYTES
    if (full) this.#cut()
    const grown = Buffer.allocUnsafe(Math.max(full ? PIECE_BYTES : FIRST_ROOM, this.#length * 2, this.#length + more))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}
