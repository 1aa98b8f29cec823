/** Smaller batches are copied together: each piece of a block costs a system call's entry. */
const SMALL_BYTES = 32_768
const PIECE_BYTES = 1_048_576

/** The messages of batches one after the other, in pieces; those of large batches stay where they are. */
export class MessageBytes {
  readonly #pieces: Uint8Array[] = []
  #bytes = Buffer.alloc(0)
  #length = 0

  /** Texts, each behind its length. */
  add(encoded: Buffer): void {
    if (encoded.length < SMALL_BYTES) {
      if (this.#length + encoded.length > this.#bytes.length) {
        this.#cut()
        this.#bytes = Buffer.allocUnsafe(PIECE_BYTES)
      }
      this.#length += encoded.copy(this.#bytes, this.#length)
      return
    }
    this.#cut()
    this.#pieces.push(encoded)
  }

  /** All pieces; nothing may be added any more. */
  end(): readonly Uint8Array[] {
    this.#cut()
    return this.#pieces
  }

  /** What was copied so far becomes a piece; the rest of its memory serves the next one. */
  #cut(): void {
    if (this.#length > 0) this.#pieces.push(this.#bytes.subarray(0, this.#length))
    this.#bytes = this.#bytes.subarray(this.#length)
    this.#length = 0
  }
}
