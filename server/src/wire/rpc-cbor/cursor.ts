import { MAX_DEPTH, Mismatch, tooDeep } from '../mismatch.ts'
import { readUtf8 } from '../utf8.ts'

/** The length of a list or map that ends with a break instead. */
export const INDEFINITE = -1

const UNSIGNED = 0
const NEGATIVE = 1
const BYTES = 2
const TEXT = 3
const LIST = 4
const MAP = 5
const TAG = 6

const BREAK = 0xff
const NULL = 0xf6
const UNDEFINED = 0xf7

/**
 * A place in CBOR bytes (RFC 8949). Every read checks the bounds first, and a claimed length is believed only as far
 * as there are bytes left to hold it. Reads of the wrong type answer undefined and stay where they are.
 */
export class Cursor {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get done(): boolean {
    return this.#at === this.#bytes.length
  }

  /** What stands here, in the words of an error. */
  token(): string {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) return 'END_OF_INPUT'
    const names = ['NUMBER_VALUE', 'NUMBER_VALUE', 'BYTES_VALUE', 'STRING_VALUE', 'list', 'structure', 'TAG']
    return names[byte >> 5] ?? { 0xf4: 'FALSE_VALUE', 0xf5: 'TRUE_VALUE', [NULL]: 'NULL_VALUE', [UNDEFINED]: 'NULL_VALUE' }[byte] ?? 'NUMBER_VALUE'
  }

  takeNull(): boolean {
    return this.#take(byte => byte === NULL || byte === UNDEFINED)
  }

  takeBreak(): boolean {
    return this.#take(byte => byte === BREAK)
  }

  /** Count of entries, {@link INDEFINITE}, or undefined when no map stands here. */
  mapHeader(): number | undefined {
    return this.#containerHeader(MAP, 2)
  }

  listHeader(): number | undefined {
    return this.#containerHeader(LIST, 1)
  }

  /** The key of a map's entry. Members' names come again and again, so short ones are made only once. */
  key(): string {
    const head = this.#peek()
    const length = head & 31
    if (head >> 5 !== TEXT || length >= 24) return this.#longKey()
    const start = this.#advance(length + 1) + 1
    return intern(this.#bytes, start, start + length) ?? this.#textBetween(start, start + length)
  }

  text(): string | undefined {
    const head = this.#peek()
    if (head >> 5 !== TEXT) return undefined
    if ((head & 31) === 31) return textOf(this.#stringOf(TEXT) ?? NOTHING)
    const length = Number(this.#argument())
    const start = this.#advance(length)
    return this.#textBetween(start, start + length)
  }

  #longKey(): string {
    const key = this.text()
    if (key === undefined) throw new Mismatch('Map keys must be text')
    return key
  }

  #textBetween(start: number, end: number): string {
    const text = this.#bytes.toString('utf8', start, end)
    // The quick way writes U+FFFD for what is not UTF-8; only then is it worth looking closer.
    return text.includes('\ufffd') ? textOf(this.#bytes.subarray(start, end)) : text
  }

  blob(): Uint8Array | undefined {
    const bytes = this.#stringOf(BYTES)
    return bytes === undefined ? undefined : new Uint8Array(bytes)
  }

  boolean(): boolean | undefined {
    const byte = this.#peek()
    if (byte !== 0xf4 && byte !== 0xf5) return undefined
    this.#at++
    return byte === 0xf5
  }

  /** Integers beyond 2^53 come as bigint. */
  number(): number | bigint | undefined {
    const byte = this.#peek()
    const major = byte >> 5
    if (major === UNSIGNED) return this.#argument()
    if (major === NEGATIVE) {
      const value = this.#argument()
      return typeof value === 'bigint' ? -1n - value : -1 - value
    }
    if (major === TAG && (byte === 0xc2 || byte === 0xc3)) return this.#bignum()
    if (byte === 0xf9) return halfFloat(this.#bytes.readUInt16BE(this.#advance(3) + 1))
    if (byte === 0xfa) return this.#bytes.readFloatBE(this.#advance(5) + 1)
    return byte === 0xfb ? this.#bytes.readDoubleBE(this.#advance(9) + 1) : undefined
  }

  /** Steps over the tag when it stands here. */
  tagged(tag: number): boolean {
    const before = this.#at
    if (this.#peek() >> 5 !== TAG) return false
    if (this.#argument() === tag) return true
    this.#at = before
    return false
  }

  /** Steps over one whole item of any type. */
  skip(depth: number): void {
    if (depth > MAX_DEPTH) throw tooDeep()
    const major = this.#peek() >> 5
    if (major === UNSIGNED || major === NEGATIVE) this.#argument()
    else if (major === BYTES || major === TEXT) this.#stringOf(major)
    else if (major === LIST || major === MAP) this.#skipItems(major, depth)
    else if (major === TAG) {
      this.#argument()
      this.skip(depth + 1)
    } else this.#skipSpecial()
  }

  #skipItems(major: number, depth: number): void {
    const width = major === MAP ? 2 : 1
    const size = this.#containerHeader(major, width) ?? 0
    for (let index = 0; size === INDEFINITE ? !this.takeBreak() : index < size * width; index++) this.skip(depth + 1)
  }

  #skipSpecial(): void {
    const minor = this.#peek() & 31
    if (minor > 27) throw new Mismatch('Unexpected break or reserved value')
    this.#advance(minor < 24 ? 1 : 1 + 2 ** (minor - 24))
  }

  #containerHeader(major: number, width: number): number | undefined {
    const byte = this.#peek()
    if (byte >> 5 !== major) return undefined
    if ((byte & 31) === 31) {
      this.#at++
      return INDEFINITE
    }
    const size = Number(this.#argument())
    // Every element takes at least one byte, so a length beyond the rest is a lie whatever follows.
    if (size * width > this.#bytes.length - this.#at) throw truncated()
    return size
  }

  #stringOf(major: number): Buffer | undefined {
    const byte = this.#peek()
    if (byte >> 5 !== major) return undefined
    if ((byte & 31) !== 31) {
      const length = Number(this.#argument())
      const start = this.#advance(length)
      return this.#bytes.subarray(start, start + length)
    }
    this.#at++
    const chunks: Buffer[] = []
    while (!this.takeBreak()) {
      const chunk = (this.#peek() & 31) === 31 ? undefined : this.#stringOf(major)
      if (chunk === undefined) throw new Mismatch('Chunks of a string must be of its own type')
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  }

  #bignum(): bigint {
    const negative = this.#argument() === 3
    const bytes = this.#stringOf(BYTES)
    if (bytes === undefined || bytes.length > 64) throw new Mismatch('Not a number')
    const value = BigInt(`0x${bytes.toString('hex') || '0'}`)
    return negative ? -1n - value : value
  }

  /** The number in the head of an item: the value, length, or tag. */
  #argument(): number | bigint {
    const minor = this.#peek() & 31
    if (minor < 24) {
      this.#at++
      return minor
    }
    if (minor === 24) return this.#bytes.readUInt8(this.#advance(2) + 1)
    if (minor === 25) return this.#bytes.readUInt16BE(this.#advance(3) + 1)
    if (minor === 26) return this.#bytes.readUInt32BE(this.#advance(5) + 1)
    if (minor !== 27) throw new Mismatch('Reserved additional information')
    const value = this.#bytes.readBigUInt64BE(this.#advance(9) + 1)
    return value <= Number.MAX_SAFE_INTEGER ? Number(value) : value
  }

  #peek(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw truncated()
    return byte
  }

  #take(wanted: (byte: number) => boolean): boolean {
    if (!wanted(this.#peek())) return false
    this.#at++
    return true
  }

  /** Steps over `count` bytes that must be there, and answers where they start. */
  #advance(count: number): number {
    const start = this.#at
    if (start + count > this.#bytes.length) throw truncated()
    this.#at = start + count
    return start
  }
}

const NOTHING = Buffer.alloc(0)

const textOf = (bytes: Buffer): string => {
  const text = readUtf8(bytes)
  if (text === undefined) throw new Mismatch('Invalid UTF-8')
  return text
}

/** One place per hash, last come first served: 256 are plenty for the members of a request. */
const interned: (string | undefined)[] = Array.from({ length: 256 })

/** The text of a few ASCII bytes; undefined where they are not ASCII. */
const intern = (bytes: Buffer, start: number, end: number): string | undefined => {
  let hash = 0
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0
    if (byte > 127) return undefined
    hash = (hash * 31 + byte) | 0
  }
  const known = interned[hash & 255]
  if (known?.length === end - start && isAt(bytes, start, known)) return known
  const text = bytes.toString('latin1', start, end)
  interned[hash & 255] = text
  return text
}

const isAt = (bytes: Buffer, start: number, text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (bytes[start + at] !== text.charCodeAt(at)) return false
  return true
}

const truncated = (): Mismatch => new Mismatch('Unexpected end of input')

const halfFloat = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
