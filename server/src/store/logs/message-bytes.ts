/** Bytes of a piece; a longer text has one of its own. */
const PIECE_BYTES = 4 * 1_048_576

/** Texts one after the other as the Native format has them: each behind the length of its UTF-8. */
export class MessageBytes {
  readonly pieces: Uint8Array[] = []
  #bytes = Buffer.allocUnsafe(PIECE_BYTES)
  #length = 0

  add(text: string): void {
    // At most three bytes for each UTF-16 code unit, and five for the length.
    const most = text.length * 3 + 5
    if (this.#length + most > this.#bytes.length) this.#next(most)
    // The length is written when it is known; mostly it takes as many bytes as it was given.
    const given = widthOf(text.length)
    const start = this.#length + given
    const bytes = this.#bytes.write(text, start)
    const width = widthOf(bytes)
    if (width !== given) this.#bytes.copyWithin(this.#length + width, start, start + bytes)
    let rest = bytes
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest & 127) | 128
      rest >>>= 7
    }
    this.#bytes[this.#length++] = rest
    this.#length += bytes
  }

  /** All pieces; nothing may be added any more. */
  end(): readonly Uint8Array[] {
    this.#next(0)
    return this.pieces
  }

  #next(room: number): void {
    if (this.#length > 0) this.pieces.push(this.#bytes.subarray(0, this.#length))
    this.#bytes = Buffer.allocUnsafe(room === 0 ? 0 : Math.max(PIECE_BYTES, room))
    this.#length = 0
  }
}

const widthOf = (length: number): number => (length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : length < 268_435_456 ? 4 : 5)
