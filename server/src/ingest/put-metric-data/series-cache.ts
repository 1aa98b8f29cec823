import { doubled, type SeriesNumber } from '../../model/metric-columns.ts'

/** What an entry of the cache stands for: a metric of one tenant and namespace, as some bytes wrote it. */
export type CacheEntry = number

/**
 * From the bytes that name a metric in a request (its name and its dimensions, as the client wrote them) to its series,
 * without making strings or objects. One cache serves one tenant, namespace and protocol.
 *
 * Entries are found by hash and compared byte for byte, so no crafted collision can mix two metrics up. And since a client
 * sends its metrics in the same order again and again, each entry remembers which followed it the last time: `expected` is
 * then compared first, and for a steady client nothing is hashed at all.
 */
export class SeriesCache {
  size = 0
  /** The bytes of every entry: its name and its dimensions, with what stood before and between them where that is known. */
  arena = Buffer.alloc(4096)
  /** The same memory, for comparing four bytes at once. */
  view = new DataView(this.arena.buffer, this.arena.byteOffset, this.arena.byteLength)
  used = 0
  /** Where the name's bytes begin, and the dimensions'. */
  offset = new Uint32Array(64)
  nameLength = new Uint16Array(64)
  dimensionsOffset = new Uint32Array(64)
  dimensionsLength = new Uint32Array(64)
  /** The bytes from the datum's first to the dimensions' last, when name and dimensions came first; no length: they did not. */
  leadOffset = new Uint32Array(64)
  leadLength = new Uint32Array(64)

  /** The entry that should come next, or -1. */
  expected: CacheEntry = -1
  #previous: CacheEntry = -1
  #next = new Int32Array(64).fill(-1)
  #hash = new Int32Array(64)
  /** The unit first met with the entry, and its series; others are in `#more`. */
  #unit = new Int8Array(64).fill(-1)
  #number = new Uint32Array(64)
  readonly #more = new Map<number, SeriesNumber>()
  /** Open addressing; entry + 1, or 0. */
  #slots = new Int32Array(128)
  readonly #seed: number

  /** `seed` keeps anybody from preparing keys that all fall into one slot. */
  constructor(seed: number) {
    this.#seed = seed
  }

  /** To be called at the start of a request: whatever came first the last time is expected again. */
  begin(): void {
    this.#previous = -1
    this.expected = this.size > 0 ? this.#first : -1
  }
  #first: CacheEntry = 0

  /** Tells that `entry` came, so that the next one can be expected. */
  follow(entry: CacheEntry): void {
    if (this.#previous < 0) this.#first = entry
    else this.#next[this.#previous] = entry
    this.#previous = entry
    this.expected = this.#next[entry]!
  }

  find(bytes: Uint8Array, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number): CacheEntry {
    const hash = hashOf(this.#seed, bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd)
    const mask = this.#slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = this.#slots[slot]! - 1
      if (entry < 0) return -1
      if (this.#hash[entry] === hash && this.#same(entry, bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd)) return entry
    }
  }

  /** `leadStart`: where the datum begins, when nothing but name and dimensions is in it up to the dimensions' end; else -1. */
  add(
    bytes: Uint8Array, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number, leadStart = -1,
  ): CacheEntry {
    const entry = this.size
    if (entry === this.offset.length) this.#growEntries()
    this.nameLength[entry] = nameEnd - nameStart
    this.dimensionsLength[entry] = dimensionsEnd - dimensionsStart
    if (leadStart >= 0) {
      const start = this.#keep(bytes, leadStart, dimensionsEnd)
      this.offset[entry] = start + nameStart - leadStart
      this.dimensionsOffset[entry] = start + dimensionsStart - leadStart
      this.leadOffset[entry] = start
      this.leadLength[entry] = dimensionsEnd - leadStart
    } else {
      this.offset[entry] = this.#keep(bytes, nameStart, nameEnd)
      this.dimensionsOffset[entry] = this.#keep(bytes, dimensionsStart, dimensionsEnd)
      this.leadLength[entry] = 0
    }
    this.#hash[entry] = hashOf(this.#seed, bytes, nameStart, nameEnd, dimensionsStart, dimensionsEnd)
    this.size = entry + 1
    if (this.size * 2 > this.#slots.length) this.#rehash()
    else this.#place(entry)
    return entry
  }

  /** The series of `entry` in a unit, or -1 when it was never told. */
  number(entry: CacheEntry, unit: number): SeriesNumber {
    if (this.#unit[entry] === unit) return this.#number[entry]!
    return this.#more.get(entry * 32 + unit) ?? -1
  }

  setNumber(entry: CacheEntry, unit: number, number: SeriesNumber): void {
    if (this.#unit[entry] === -1) {
      this.#unit[entry] = unit
      this.#number[entry] = number
    } else this.#more.set(entry * 32 + unit, number)
  }

  #same(entry: CacheEntry, bytes: Uint8Array, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number): boolean {
    const nameLength = nameEnd - nameStart
    const dimensionsLength = dimensionsEnd - dimensionsStart
    if (this.nameLength[entry] !== nameLength || this.dimensionsLength[entry] !== dimensionsLength) return false
    const offset = this.offset[entry]!
    const dimensionsOffset = this.dimensionsOffset[entry]!
    for (let i = 0; i < nameLength; i++) if (this.arena[offset + i] !== bytes[nameStart + i]) return false
    for (let i = 0; i < dimensionsLength; i++) if (this.arena[dimensionsOffset + i] !== bytes[dimensionsStart + i]) return false
    return true
  }

  /** Copies bytes into the arena and answers where they are. */
  #keep(bytes: Uint8Array, from: number, to: number): number {
    const start = this.used
    while (start + to - from > this.arena.length) this.#growArena()
    this.arena.set(bytes.subarray(from, to), start)
    this.used = start + to - from
    return start
  }

  #place(entry: CacheEntry): void {
    const mask = this.#slots.length - 1
    let slot = this.#hash[entry]! & mask
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
    this.#slots[slot] = entry + 1
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    for (let entry = 0; entry < this.size; entry++) this.#place(entry)
  }

  #growArena(): void {
    const larger = Buffer.alloc(this.arena.length * 2)
    larger.set(this.arena)
    this.arena = larger
    this.view = new DataView(larger.buffer, larger.byteOffset, larger.byteLength)
  }

  #growEntries(): void {
    this.offset = doubled(this.offset, Uint32Array)
    this.nameLength = doubled(this.nameLength, Uint16Array)
    this.dimensionsOffset = doubled(this.dimensionsOffset, Uint32Array)
    this.dimensionsLength = doubled(this.dimensionsLength, Uint32Array)
    this.leadOffset = doubled(this.leadOffset, Uint32Array)
    this.leadLength = doubled(this.leadLength, Uint32Array)
    this.#hash = doubled(this.#hash, Int32Array)
    this.#number = doubled(this.#number, Uint32Array)
    const half = this.#next.length
    this.#next = doubled(this.#next, Int32Array).fill(-1, half)
    this.#unit = doubled(this.#unit, Int8Array).fill(-1, half)
  }
}

/** FNV-1a over both ranges; 0 stands between them so that a byte cannot wander from one to the other unseen. */
const hashOf = (
  seed: number, bytes: Uint8Array, nameStart: number, nameEnd: number, dimensionsStart: number, dimensionsEnd: number,
): number => {
  let hash = 0x811c9dc5 ^ seed
  for (let i = nameStart; i < nameEnd; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  hash = Math.imul(hash, 0x01000193)
  for (let i = dimensionsStart; i < dimensionsEnd; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193)
  return hash ^ (hash >>> 15)
}
