import { MessageLease } from '../../model/log-messages.ts'

const PIECE_BYTES = 4 * 1_048_576
/** Kept for what comes next: a second or two of much load. */
const MAX_SPARE = 24

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

  /** Makes room for so many bytes in {@link memory}, from {@link used} on. */
  reserve(room: number): void {
    if (this.#piece.used + room <= this.#piece.memory.length) return
    this.#piece.closed = true
    this.#reuse(this.#piece)
    const memory = (room <= PIECE_BYTES ? this.#spare.pop() : undefined) ?? Buffer.allocUnsafeSlow(Math.max(PIECE_BYTES, room))
    this.#piece = { memory, used: 0, leases: 0, closed: false }
  }

  get memory(): Buffer {
    return this.#piece.memory
  }

  get used(): number {
    return this.#piece.used
  }

  /** Takes what stands before this place. */
  take(upTo: number): MessageLease {
    const piece = this.#piece
    piece.used = upTo
    piece.leases++
    return new MessageLease(piece.memory, () => {
      piece.leases--
      this.#reuse(piece)
    })
  }

  #reuse({ closed, leases, memory }: Piece): void {
    if (closed && leases === 0 && memory.length === PIECE_BYTES && this.#spare.length < MAX_SPARE) this.#spare.push(memory)
  }
}
