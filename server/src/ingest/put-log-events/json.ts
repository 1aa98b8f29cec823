import { isAscii, isUtf8 } from 'node:buffer'
import { sameWords } from '../../base/byte-words.ts'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { EncodedLogEvents } from '../../model/log-intake.ts'
import { LogMessages, widthOf, writeLength } from '../../model/log-messages.ts'
import { MessageMemory } from './message-memory.ts'
import { TEXT_BROKEN, TEXT_END, type TextKernel } from './text-kernel.ts'

export interface ScannedLogs extends EncodedLogEvents {
  readonly logGroupName: string
  readonly logStreamName: string
  readonly sequenceToken: string | undefined
}

/** Requests with more are refused by whoever checks the limits. */
const MAX_EVENTS = 10_000
/** Every whole number of so many digits is a double of its own. */
const MAX_DIGITS = 15
/** Whole numbers of so many digits have less than 32 bits. */
const HIGH_DIGITS = 9
const POWERS = Float64Array.from({ length: MAX_DIGITS - HIGH_DIGITS + 1 }, (_, digits) => 10 ** digits)

/** How a step of the scan ended when the bytes are not of the plain form; never leaves this file. */
const UNUSUAL = -1

const SEEN_TIMESTAMP = 1
const SEEN_MESSAGE = 2
const SEEN_BOTH = 3

/**
 * AWS JSON → timestamps and messages in one pass over the bytes, without an object or a string for any event: the messages'
 * escapes are resolved on the way to where the store takes them from. It knows the members of a plain request, in any order, each
 * once and with its type; at the first doubt it answers undefined, and the general decoder decides what to do or to say.
 */
export class LogJsonScanner {
  readonly #memory = new MessageMemory()
  readonly #kernel: TextKernel
  readonly #view: DataView
  readonly #starts = new Uint32Array(MAX_EVENTS)
  readonly #ends = new Uint32Array(MAX_EVENTS)
  readonly #timestamps = new Float64Array(MAX_EVENTS)
  #count = 0
  #bytes: Buffer = Buffer.alloc(0)
  /** Where the next message's length goes to. */
  #out = 0
  /** Bytes that the length of the last message took: mostly the next one's takes as many. */
  #width = 2
  #textEnd = 0

  constructor(kernel: TextKernel) {
    const { buffer, byteOffset, byteLength } = kernel.input
    this.#kernel = kernel
    this.#view = new DataView(buffer, byteOffset, byteLength)
  }

  /** Reads the body that is the first `length` bytes of the kernel's input. */
  scan(length: number): ScannedLogs | undefined {
    const bytes = (this.#bytes = this.#kernel.input.subarray(0, length))
    // From here on a byte above ASCII is part of a character for sure.
    if (!isAscii(bytes) && !isUtf8(bytes)) return undefined
    this.#kernel.begin(length)
    let logGroupName: string | undefined
    let logStreamName: string | undefined
    let sequenceToken: string | undefined
    let events: EncodedLogEvents | undefined
    let at = this.#space(0)
    if (bytes[at] !== OPEN) return undefined
    do {
      at = this.#space(at + 1)
      let value: number
      if ((value = this.#key(at, LOG_EVENTS)) >= 0) {
        if (events !== undefined) return undefined
        at = this.#list(value)
        if (at < 0) return undefined
        events = this.#take()
      } else {
        let text: string | undefined
        if ((value = this.#key(at, LOG_GROUP_NAME)) >= 0) {
          if (logGroupName !== undefined) return undefined
          text = logGroupName = this.#text(value)
        } else if ((value = this.#key(at, LOG_STREAM_NAME)) >= 0) {
          if (logStreamName !== undefined) return undefined
          text = logStreamName = this.#text(value)
        } else if ((value = this.#key(at, SEQUENCE_TOKEN)) >= 0) {
          if (sequenceToken !== undefined) return undefined
          text = sequenceToken = this.#text(value)
        }
        if (text === undefined) return undefined
        at = this.#textEnd
      }
      at = this.#space(at)
    } while (bytes[at] === COMMA)
    if (bytes[at] !== CLOSE || this.#space(at + 1) !== bytes.length) return undefined
    if (events === undefined || logGroupName === undefined || logStreamName === undefined) return undefined
    return { ...events, logGroupName, logStreamName, sequenceToken }
  }

  #take(): EncodedLogEvents {
    // Anything but a plain loop makes an object of each.
    const timestamps: EpochMillis[] = []
    for (let index = 0; index < this.#count; index++) timestamps.push(epochMillis(this.#timestamps[index]!))
    const starts = this.#starts.slice(0, this.#count)
    const ends = this.#ends.slice(0, this.#count)
    const { lease, from } = this.#memory.keep(this.#kernel.output.subarray(0, this.#out))
    for (let index = 0; index < this.#count; index++) {
      starts[index]! += from
      ends[index]! += from
    }
    const messages = new LogMessages(lease, from, starts, ends)
    return { timestamps, messages }
  }

  #list(start: number): number {
    const bytes = this.#bytes
    if (bytes[start] !== OPEN_LIST) return UNUSUAL
    // An event's own length takes less than what stands around it in the body.
    this.#out = 0
    this.#count = 0
    let at = start
    do {
      if (this.#count === MAX_EVENTS) return UNUSUAL
      at = this.#event(this.#space(at + 1))
      if (at < 0) return UNUSUAL
      this.#count++
      at = this.#space(at)
    } while (bytes[at] === COMMA)
    return bytes[at] === CLOSE_LIST ? at + 1 : UNUSUAL
  }

  #event(start: number): number {
    const bytes = this.#bytes
    if (bytes[start] !== OPEN) return UNUSUAL
    let at = start
    let seen = 0
    do {
      at = this.#space(at + 1)
      let member = SEEN_TIMESTAMP
      let value = this.#key(at, TIMESTAMP)
      if (value < 0) {
        member = SEEN_MESSAGE
        value = this.#key(at, MESSAGE)
      }
      if (value < 0 || (seen & member) !== 0) return UNUSUAL
      seen |= member
      at = member === SEEN_TIMESTAMP ? this.#timestamp(value) : this.#message(value)
      if (at < 0) return UNUSUAL
      at = this.#space(at)
    } while (bytes[at] === COMMA)
    return bytes[at] === CLOSE && seen === SEEN_BOTH ? at + 1 : UNUSUAL
  }

  #timestamp(start: number): number {
    const bytes = this.#bytes
    let at = start
    // In two parts: a single one would have to be reckoned in floating point.
    let high = 0
    let low = 0
    for (let byte = bytes[at]!; byte >= ZERO && byte <= NINE; byte = bytes[++at]!) {
      if (at - start < HIGH_DIGITS) high = (high * 10 + (byte - ZERO)) | 0
      else low = (low * 10 + (byte - ZERO)) | 0
    }
    const digits = at - start
    if (digits === 0 || digits > MAX_DIGITS || (digits > 1 && bytes[start] === ZERO)) return UNUSUAL
    this.#timestamps[this.#count] = digits > HIGH_DIGITS ? high * POWERS[digits - HIGH_DIGITS]! + low : high
    // A fraction or an exponent is no comma and no brace.
    return at
  }

  #message(quote: number): number {
    const kernel = this.#kernel
    if (this.#bytes[quote] !== QUOTE) return UNUSUAL
    const start = this.#out + this.#width
    let at = quote + 1
    let out = start
    for (;;) {
      const answer = kernel.read(at, out)
      at = answer >> 2
      out = kernel.written
      if ((answer & 3) === TEXT_END) break
      if ((answer & 3) === TEXT_BROKEN) return UNUSUAL
      const code = this.#codePoint(at)
      if (code < 0) return UNUSUAL
      at += code > 0xffff ? 10 : 4
      out = writeCodePoint(kernel.output, out, code)
    }
    const length = out - start
    const textAt = writeLength(kernel.output, this.#out, this.#width, length)
    this.#width = widthOf(length)
    this.#starts[this.#count] = textAt
    this.#ends[this.#count] = this.#out = textAt + length
    return at
  }

  /** Of the hexadecimal digits at `at` and, where they are the first half of a pair, of the second half behind them. */
  #codePoint(at: number): number {
    const bytes = this.#bytes
    const unit = hexAt(bytes, at)
    // Halves on their own are no characters.
    if (unit < 0xd800 || unit > 0xdfff) return unit
    if (unit > 0xdbff || bytes[at + 4] !== BACKSLASH || bytes[at + 5] !== SMALL_U) return UNUSUAL
    const second = hexAt(bytes, at + 6)
    return second < 0xdc00 || second > 0xdfff ? UNUSUAL : 0x10000 + ((unit - 0xd800) << 10) + (second - 0xdc00)
  }

  /** A short text as a string; leaves {@link #textEnd} behind it. */
  #text(start: number): string | undefined {
    const bytes = this.#bytes
    if (bytes[start] !== QUOTE) return undefined
    let end = start + 1
    while (end < bytes.length && bytes[end] !== QUOTE) end += bytes[end] === BACKSLASH ? 2 : 1
    this.#textEnd = end + 1
    try {
      return JSON.parse(bytes.toString('utf8', start, end + 1)) as string
    } catch {
      return undefined
    }
  }

  /** Where the value of that key begins, or that another key stands here. */
  #key(start: number, key: DataView): number {
    if (!sameWords(this.#view, start, key, 0, key.byteLength)) return UNUSUAL
    const colon = this.#space(start + key.byteLength)
    return this.#bytes[colon] === COLON ? this.#space(colon + 1) : UNUSUAL
  }

  #space(start: number): number {
    const bytes = this.#bytes
    let at = start
    while (bytes[at]! <= 32) {
      const byte = bytes[at]
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) break
      at++
    }
    return at
  }
}

/** The number of four hexadecimal digits; -1 where there are none. */
const hexAt = (bytes: Buffer, at: number): number => {
  let value = 0
  for (let place = at; place < at + 4; place++) {
    const digit = HEX.indexOf(String.fromCharCode(bytes[place] ?? 0).toLowerCase())
    if (digit < 0) return UNUSUAL
    value = value * 16 + digit
  }
  return value
}

const writeCodePoint = (target: Buffer, start: number, code: number): number => {
  let out = start
  if (code < 0x80) target[out++] = code
  else {
    if (code < 0x800) target[out++] = 0xc0 | (code >> 6)
    else {
      if (code < 0x10000) target[out++] = 0xe0 | (code >> 12)
      else {
        target[out++] = 0xf0 | (code >> 18)
        target[out++] = 0x80 | ((code >> 12) & 63)
      }
      target[out++] = 0x80 | ((code >> 6) & 63)
    }
    target[out++] = 0x80 | (code & 63)
  }
  return out
}

const HEX = '0123456789abcdef'
const [QUOTE, COMMA, COLON, BACKSLASH, ZERO, NINE, SMALL_U] = [34, 44, 58, 92, 48, 57, 117]
const [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [123, 125, 91, 93]
const keyBytes = (name: string): DataView => new DataView(new TextEncoder().encode(`"${name}"`).buffer)
const LOG_GROUP_NAME = keyBytes('logGroupName')
const LOG_STREAM_NAME = keyBytes('logStreamName')
const SEQUENCE_TOKEN = keyBytes('sequenceToken')
const LOG_EVENTS = keyBytes('logEvents')
const TIMESTAMP = keyBytes('timestamp')
const MESSAGE = keyBytes('message')
