/** Memory that requests share one after the other: a piece for each would keep the garbage collector busy. */
const PIECE_BYTES = 4 * 1_048_576

/** Memory for the messages of requests. It is free again when nobody refers to any of the requests in it. */
export class MessageMemory {
  #piece = Buffer.alloc(0)
  #used = 0

  /** The piece that has room for so many bytes, from {@link used} on. */
  with(room: number): Buffer {
    if (this.#used + room > this.#piece.length) {
      this.#piece = Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, room))
      this.#used = 0
    }
    return this.#piece
  }

  get used(): number {
    return this.#used
  }

  /** What stands before this place is in use. */
  use(upTo: number): void {
    this.#used = upTo
  }
}
