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
  readonly #ends: number[] = []

  get size(): number {
    return this.texts.length
  }

  number(source: Buffer, start: number, end: number): number {
    const hash = hashOf(source, start, end)
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

  #is(number: number, source: Buffer, start: number, end: number): boolean {
    const first = number === 0 ? 0 : this.#ends[number - 1]!
    if (this.#ends[number]! - first !== end - start) return false
    const bytes = this.#bytes
    for (let at = start, own = first; at < end; at++, own++) if (bytes[own] !== source[at]) return false
    return true
  }

  #add(source: Buffer, start: number, end: number, hash: number, place: number): number {
    const used = this.#ends.at(-1) ?? 0
    const needed = used + end - start
    if (needed > this.#bytes.length) {
      const grown = Buffer.alloc(Math.max(FIRST_BYTES, this.#bytes.length * 2, needed))
      this.#bytes.copy(grown)
      this.#bytes = grown
    }
    source.copy(this.#bytes, used, start, end)
    this.#ends.push(needed)
    this.#hashes.push(hash)
    this.#table[place] = this.texts.push(source.toString('utf8', start, end))
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

/** FNV-1a. Who floods it with collisions only slows a dictionary down that is soon given up. */
const hashOf = (source: Buffer, start: number, end: number): number => {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ source[at]!, 0x01000193)
  return (hash ^ (hash >>> 15)) & 0x3fffffff
}
