/** Memory of messages, which may be used again once nobody needs them: whoever still asked for them then would be refused. */
export class MessageLease {
  #memory: Buffer | undefined
  readonly #end: (() => void) | undefined
  #users = 1

  constructor(memory: Buffer, end?: () => void) {
    this.#memory = memory
    this.#end = end
  }

  get memory(): Buffer {
    if (this.#memory === undefined) throw new RangeError('these messages were let go')
    return this.#memory
  }

  hold(): void {
    this.#users++
  }

  letGo(): void {
    if (--this.#users > 0) return
    this.#memory = undefined
    this.#end?.()
  }
}

/**
 * Messages of events one after the other in UTF-8, each behind its length: as they came out of a request, and as the store takes
 * them. They are strings only for those who ask.
 */
export class LogMessages {
  readonly #lease: MessageLease
  /** Where the first length begins. */
  readonly #from: number
  /** Where each text begins and ends in the memory. */
  readonly #starts: Uint32Array
  readonly #ends: Uint32Array

  constructor(lease: MessageLease, from: number, starts: Uint32Array, ends: Uint32Array) {
    this.#lease = lease
    this.#from = from
    this.#starts = starts
    this.#ends = ends
  }

  static of(texts: readonly string[]): LogMessages {
    const memory = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + MAX_WIDTH + Buffer.byteLength(text), 0))
    const starts = new Uint32Array(texts.length)
    const ends = new Uint32Array(texts.length)
    let at = 0
    for (const [index, text] of texts.entries()) {
      // The length is written when it is known; mostly it takes as many bytes as it was given.
      const given = widthOf(text.length)
      const bytes = memory.write(text, at + given)
      starts[index] = writeLength(memory, at, given, bytes)
      ends[index] = at = starts[index]! + bytes
    }
    return new LogMessages(new MessageLease(memory), 0, starts, ends)
  }

  get length(): number {
    return this.#ends.length
  }

  /** Bytes of all texts, without their lengths. */
  get textBytes(): number {
    let bytes = 0
    for (let index = 0; index < this.#ends.length; index++) bytes += this.#ends[index]! - this.#starts[index]!
    return bytes
  }

  /** Holds all texts: from {@link start} to {@link end} of each. */
  get memory(): Buffer {
    return this.#lease.memory
  }

  /** All texts, each behind its length. */
  get encoded(): Buffer {
    return this.memory.subarray(this.#from, this.#ends.at(-1) ?? this.#from)
  }

  /** They are needed until {@link letGo} was called once more. */
  hold(): void {
    this.#lease.hold()
  }

  /** Says that they are not needed any more; whoever made them, or held them, says it at most once. Left unsaid, the collector sees it. */
  letGo(): void {
    this.#lease.letGo()
  }

  start(index: number): number {
    return this.#starts[index]!
  }

  end(index: number): number {
    return this.#ends[index]!
  }

  text(index: number): string {
    return this.memory.toString('utf8', this.#starts[index], this.#ends[index])
  }

  texts(): readonly string[] {
    return Array.from(this.#ends, (_, index) => this.text(index))
  }

  /** False when none of the messages has the text in it. */
  mayHold(text: string): boolean {
    // A search looks for the first character first, and quotation marks are everywhere.
    return this.encoded.includes(text.replace(/^"(?=.)/, ''))
  }

  /** Those from number `from` to before `to`, in the same memory. */
  slice(from: number, to: number): LogMessages {
    const starts = this.#starts.subarray(from, to)
    return new LogMessages(this.#lease, from === 0 ? this.#from : this.#ends[from - 1]!, starts, this.#ends.subarray(from, to))
  }
}

const MAX_WIDTH = 5

/** Bytes of the length that stands before a text of so many bytes: seven bits in each. */
export const widthOf = (length: number): number => (length < 128 ? 1 : length < 16_384 ? 2 : length < 2_097_152 ? 3 : length < 268_435_456 ? 4 : 5)

/**
 * Writes the length of a text that lies `given` bytes behind `at`, and moves the text where that is not what its length takes;
 * answers where the text begins.
 */
export const writeLength = (memory: Buffer, at: number, given: number, length: number): number => {
  const width = widthOf(length)
  if (width !== given) memory.copyWithin(at + width, at + given, at + given + length)
  let rest = length
  for (let place = at; place < at + width; place++) {
    memory[place] = place === at + width - 1 ? rest : (rest & 127) | 128
    rest >>>= 7
  }
  return at + width
}
