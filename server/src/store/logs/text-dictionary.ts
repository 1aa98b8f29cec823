import { hashWords, sameWords } from '../../base/byte-words.ts'

const FIRST_SIZE = 64
const FIRST_BYTES = 512

/** Gives each different text a number: 0, 1, 2 … Texts are looked up as bytes; each becomes a string once. */
export class TextDictionary {
  readonly texts: string[] = []
  /** Numbers plus one, by hash; 0 is free. */
  #table = new Int32Array(FIRST_SIZE)
  readonly #hashes: number[] = []
  /** The texts' bytes, and where each ends. */
  #bytes = Buffer.alloc(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  readonly #ends: number[] = []

  get size(): number {
    return this.texts.length
  }

  /** The number of the text in UTF-8 that lies between two places. Who floods it with collisions slows a dictionary down that is soon given up. */
  number(source: DataView, start: number, end: number): number {
    const hash = hashWords(source, start, end - start)
    const table = this.#table
    const mask = table.length - 1
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const number = table[place]! - 1
      if (number < 0) return this.#add(source, start, end, hash, place)
      if (this.#hashes[number] === hash && this.#is(number, source, start, end)) return number
    }
  }

  clear(): void {
    this.texts.length = 0
    this.#hashes.length = 0
    this.#ends.length = 0
    this.#bytes = Buffer.alloc(0)
    this.#table = new Int32Array(FIRST_SIZE)
  }

  #is(number: number, source: DataView, start: number, end: number): boolean {
    const first = number === 0 ? 0 : this.#ends[number - 1]!
    const length = this.#ends[number]! - first
    return length === end - start && sameWords(source, start, this.#view, first, length)
  }

  #add(source: DataView, start: number, end: number, hash: number, place: number): number {
    const used = this.#ends.at(-1) ?? 0
    const needed = used + end - start
    if (needed > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(FIRST_BYTES, this.#bytes.length * 2, needed))
      this.#bytes.copy(grown)
      this.#bytes = grown
      this.#view = new DataView(grown.buffer, grown.byteOffset, grown.byteLength)
    }
    const text = Buffer.from(source.buffer, source.byteOffset + start, end - start)
    text.copy(this.#bytes, used)
    this.#ends.push(needed)
    this.#hashes.push(hash)
    this.#table[place] = this.texts.push(text.toString())
    if (this.texts.length * 2 > this.#table.length) this.#grow()
    return this.texts.length - 1
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (const [number, hash] of this.#hashes.entries()) {
      let place = hash & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = number + 1
    }
    this.#table = table
  }
}
