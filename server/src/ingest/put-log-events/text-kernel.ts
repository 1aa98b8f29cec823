/*
 * The inner loop of reading JSON texts, in WebAssembly: JavaScript has no instructions that look at sixteen bytes at once, and log
 * lines are JSON within JSON, with an escape every few bytes.
 */

/** How reading a text ended. */
export const TEXT_END = 0
/** At `\u`: four hexadecimal digits follow. */
const TEXT_UNICODE = 1
/** At what may not stand in a text. */
export const TEXT_BROKEN = 2

const PAGE = 65_536
/** Sixteen bytes are read and written at a time, beyond the end too. */
const SLACK = 16
/** Where things lie in the memory: the place behind what was written, what escapes mean, the input, and behind it the output. */
const WRITTEN = 0
const MEANINGS = 256
const INPUT = 1024

/** Behind a backslash; 0: nothing. 1 stands for {@link TEXT_UNICODE}. */
const ESCAPES = { '"': 34, '\\': 92, '/': 47, b: 8, f: 12, n: 10, r: 13, t: 9, u: 1 }

/** As much of the global as is used here; its types come with the browser's alone. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> }
}

type Read = (from: number, to: number) => number

/** Memory for one JSON body and the texts in it. */
export class TextKernel {
  /** Put the body here, at its beginning. */
  readonly input: Buffer
  /** Here the texts come. */
  readonly output: Buffer
  readonly #outputAt: number
  readonly #written: Int32Array
  readonly #text: Read

  /** For bodies of so many bytes. */
  constructor(limit: number) {
    const pages = Math.ceil((INPUT + 2 * (limit + SLACK)) / PAGE)
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    this.#outputAt = INPUT + limit + SLACK
    this.input = Buffer.from(memory.buffer, INPUT, limit + SLACK)
    this.output = Buffer.from(memory.buffer, this.#outputAt, limit)
    this.#written = new Int32Array(memory.buffer, WRITTEN, 1)
    const meanings = new Uint8Array(memory.buffer, MEANINGS, 256)
    for (const [escape, meaning] of Object.entries(ESCAPES)) meanings[escape.charCodeAt(0)] = meaning
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes(pages)), { m: { m: memory } })
    this.#text = exports['t'] as Read
  }

  /** To be called when the body is there: reading stops at its end. */
  begin(length: number): void {
    this.input.fill(0, length, length + SLACK)
  }

  /**
   * Reads the text that begins at a place of the input, behind its quotation mark, into a place of the output. Answers the place behind what
   * it read, times four, plus how it ended; {@link written} is then the place behind what it wrote.
   */
  read(from: number, to: number): number {
    return this.#text(INPUT + from, this.#outputAt + to) - INPUT * 4
  }

  get written(): number {
    return this.#written[0]! - this.#outputAt
  }
}

type Code = readonly number[]

const [I32, V128, NOTHING] = [0x7f, 0x7b, 0x40]
const [LOOP, IF, END, BRANCH, RETURN, GET, SET, TEE] = [0x03, 0x04, 0x0b, 0x0c, 0x0f, 0x20, 0x21, 0x22]
const [CONSTANT, IS_ZERO, EQUAL, UNEQUAL, TRAILING_ZEROS, ADD, OR, SHIFT_LEFT] = [0x41, 0x45, 0x46, 0x47, 0x68, 0x6a, 0x72, 0x74]
const [LOAD_BYTE, STORE_BYTE, STORE] = [0x2d, 0x3a, 0x36]
const LOAD_16: Code = [0xfd, 0x00]
const STORE_16: Code = [0xfd, 0x0b]
const SIXTEEN_TIMES: Code = [0xfd, 0x0f]
const EQUAL_16: Code = [0xfd, 0x23]
const BELOW_16: Code = [0xfd, 0x26]
const OR_16: Code = [0xfd, 0x50]
const HIGHEST_BITS_16: Code = [0xfd, 0x64]

/** Arguments and locals of the function. */
const [FROM, TO, SIXTEEN, FOUND] = [0, 1, 2, 3]
const [QUOTE, BACKSLASH, SPACE] = [34, 92, 32]

/** LEB128 of a number that is not negative. In a signed one the seventh bit of the last byte is the sign. */
const leb = (value: number, signed = false): Code => (value < (signed ? 64 : 128) ? [value] : [(value & 127) | 128, ...leb(value >>> 7, signed)])
const constant = (value: number): Code => [CONSTANT, ...leb(value, true)]
/** Alignment and offset of what is read or written. */
const at = (offset = 0): Code => [0, ...leb(offset)]
const add = (local: number, ...value: Code): Code => [GET, local, ...value, ADD, SET, local]
const when = (condition: Code, then: Code): Code => [...condition, IF, NOTHING, ...then, END]
const are = (compare: Code, byte: number): Code => [GET, SIXTEEN, ...constant(byte), ...SIXTEEN_TIMES, ...compare]
const answer = (how: number): Code => [
  ...constant(WRITTEN), GET, TO, STORE, ...at(),
  GET, FROM, ...constant(2), SHIFT_LEFT, ...constant(how), OR, RETURN,
]

/** Copies bytes while they stand for themselves and resolves escapes, until something else comes. */
const TEXT: Code = [
  LOOP, NOTHING,
  GET, TO, GET, FROM, ...LOAD_16, ...at(), TEE, SIXTEEN, ...STORE_16, ...at(),
  ...are(EQUAL_16, QUOTE), ...are(EQUAL_16, BACKSLASH), ...OR_16, ...are(BELOW_16, SPACE), ...OR_16, ...HIGHEST_BITS_16, TEE, FOUND, IS_ZERO,
  ...when([], [...add(FROM, ...constant(16)), ...add(TO, ...constant(16)), BRANCH, 1]),
  GET, FOUND, TRAILING_ZEROS, SET, FOUND, ...add(FROM, GET, FOUND), ...add(TO, GET, FOUND),
  GET, FROM, LOAD_BYTE, ...at(), SET, FOUND, ...add(FROM, ...constant(1)),
  ...when([GET, FOUND, ...constant(QUOTE), EQUAL], answer(TEXT_END)),
  ...when([GET, FOUND, ...constant(BACKSLASH), UNEQUAL], answer(TEXT_BROKEN)),
  GET, FROM, LOAD_BYTE, ...at(), LOAD_BYTE, ...at(MEANINGS), SET, FOUND, ...add(FROM, ...constant(1)),
  ...when([GET, FOUND, IS_ZERO], answer(TEXT_BROKEN)),
  ...when([GET, FOUND, ...constant(TEXT_UNICODE), EQUAL], answer(TEXT_UNICODE)),
  GET, TO, GET, FOUND, STORE_BYTE, ...at(), ...add(TO, ...constant(1)),
  BRANCH, 0, END,
  // Never reached.
  ...constant(0), END,
]

const section = (kind: number, ...content: Code): Code => [kind, ...leb(content.length), ...content]
const letter = (name: string): Code => [1, name.charCodeAt(0)]

/** A module that takes memory `m.m` of so many pages and gives the function `t`. */
const moduleBytes = (pages: number): Uint8Array<ArrayBuffer> => {
  const body = [2, 1, V128, 1, I32, ...TEXT]
  return Uint8Array.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, 1, 0x60, 2, I32, I32, 1, I32),
    ...section(2, 1, ...letter('m'), ...letter('m'), 2, 1, ...leb(pages), ...leb(pages)),
    ...section(3, 1, 0),
    ...section(7, 1, ...letter('t'), 0, 0),
    ...section(10, 1, ...leb(body.length), ...body),
  ])
}
