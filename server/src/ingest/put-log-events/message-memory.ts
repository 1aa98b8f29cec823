import { MessageLease } from '../../model/log-messages.ts'

const PIECE_BYTES = 4 * 1_048_576
/** Kept for what comes next: two seconds of much load. */
const MAX_SPARE = 40

interface Piece {
  readonly memory: Buffer
  used: number
  leases: number
  closed: boolean
}

/**
 * Memory for the messages of requests, in pieces that many of them share one after the other. Pieces that nobody needs any more are
 * used again: new ones each time would bring the garbage collector round several times a second.
 */
export class MessageMemory {
  readonly #spare: Buffer[] = []
  #piece: Piece = { memory: Buffer.alloc(0), used: 0, leases: 0, closed: false }

  /** Keeps these bytes until nobody needs them any more. `from`: where they lie in the memory. */
  keep(bytes: Uint8Array): { readonly lease: MessageLease; readonly from: number } {
    const piece = this.#room(bytes.length)
    const from = piece.used
    piece.memory.set(bytes, from)
    piece.used += bytes.length
    piece.leases++
    const lease = new MessageLease(piece.memory, () => {
      piece.leases--
      this.#reuse(piece)
    })
    return { lease, from }
  }

  #room(length: number): Piece {
    if (this.#piece.used + length <= this.#piece.memory.length) return this.#piece
    this.#piece.closed = true
    this.#reuse(this.#piece)
    const memory = (length <= PIECE_BYTES ? this.#spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, length))
    return (this.#piece = { memory, used: 0, leases: 0, closed: false })
  }

  #reuse({ closed, leases, memory }: Piece): void {
    if (closed && leases === 0 && memory.length === PIECE_BYTES && this.#spare.length < MAX_SPARE) this.#spare.push(memory)
  }
}
