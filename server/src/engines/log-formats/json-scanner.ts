import { EVENT_BYTES } from './event-limit.ts'
import { BrokenLog } from './log-format.ts'

/** Where the records are: one after another, in an array, or in the array `Records` of an object. */
export type Place = 'values' | 'array' | 'records'

/** The depth of containers at which a record begins. */
const LEVEL: Readonly<Record<Place, number>> = { values: 0, array: 1, records: 2 }

/** What may stand between records. */
const BETWEEN = new Set([' ', '\n', '\r', '\t', ','])
const ENDS = /[\s,\]}]/

/**
 * Cuts a stream of JSON text into its records, without reading them: it follows quotes and brackets only. Keeps no more than one record.
 * Several arrays (or objects with `Records`) may follow one another.
 */
export class JsonScanner {
  readonly #level: number
  readonly #place: Place
  /** From the record that is open on, or the text that has not been looked at. */
  #text = ''
  #at = 0
  /** Where the open record begins in `#text`; -1: none is open. */
  #start = -1
  #depth = 0
  #inString = false
  #stringStart = 0
  /** The last string at depth 1: the key of what follows. */
  #key = ''
  /** Inside of the array whose elements are the records. */
  #inRecords: boolean
  #count = 0

  constructor(place: Place) {
    this.#place = place
    this.#level = LEVEL[place]
    this.#inRecords = place === 'values'
  }

  push(text: string): readonly string[] {
    this.#text += text
    const found: string[] = []
    while (this.#at < this.#text.length) this.#step(found)
    this.#forget()
    return found
  }

  /** A number that nothing follows ends with the object. */
  end(): readonly string[] {
    const found: string[] = []
    if (this.#start !== -1 && this.#depth === 0 && !this.#inString) this.#close(this.#text.length, found)
    if (this.#depth > 0 || this.#inString) throw new BrokenLog('truncated', `The JSON ends in the middle, after ${this.#count} records.`)
    return found
  }

  #step(found: string[]): void {
    if (this.#inString) return this.#stepInString(found)
    const char = this.#text[this.#at] ?? ''
    const recording = this.#start !== -1
    if (recording && this.#depth === this.#level && this.#isScalar() && ENDS.test(char)) {
      this.#close(this.#at, found)
      return
    }
    const between = this.#inRecords && !recording && this.#depth === this.#level
    if (between && !BETWEEN.has(char) && char !== ']' && char !== '}') this.#start = this.#at
    if (char === '"') {
      this.#inString = true
      this.#stringStart = this.#at + 1
    } else if (char === '{' || char === '[') this.#open(char)
    else if (char === '}' || char === ']') {
      this.#shut()
      this.#at++
      if (this.#start !== -1 && this.#depth === this.#level) this.#close(this.#at, found)
      return
    } else if (!this.#inRecords && this.#depth === 0 && !BETWEEN.has(char)) throw this.#notJson()
    this.#at++
  }

  /** Strings are most of the text: they are passed over in strides. */
  #stepInString(found: string[]): void {
    const quote = this.#text.indexOf('"', this.#at)
    if (quote === -1) {
      // A backslash at the end may belong to what comes: only what is before it has been seen.
      this.#at = this.#text.length
      return
    }
    this.#at = quote + 1
    if (isEscaped(this.#text, quote, this.#stringStart)) return
    this.#inString = false
    if (this.#depth === 1 && this.#place === 'records' && !this.#inRecords) this.#key = this.#text.slice(this.#stringStart, quote)
    if (this.#start !== -1 && this.#depth === this.#level) this.#close(this.#at, found)
  }

  #open(char: string): void {
    if (this.#depth === 0 && this.#place !== 'values' && char !== (this.#place === 'array' ? '[' : '{')) throw this.#notJson()
    if (this.#place === 'array' && this.#depth === 0) this.#inRecords = true
    if (this.#place === 'records' && this.#depth === 1 && char === '[' && this.#key === 'Records') this.#inRecords = true
    this.#depth++
  }

  #shut(): void {
    if (this.#depth === 0) throw this.#notJson()
    this.#depth--
    if (this.#depth < this.#level) this.#inRecords = false
  }

  #isScalar(): boolean {
    const first = this.#text[this.#start]
    return first !== '{' && first !== '[' && first !== '"'
  }

  #close(end: number, found: string[]): void {
    found.push(this.#text.slice(this.#start, end))
    this.#count++
    this.#start = -1
  }

  /** Drops what has been dealt with, and refuses to let what is open grow without end. */
  #forget(): void {
    const keep = this.#start !== -1 ? this.#start : this.#inString ? this.#stringStart - 1 : this.#at
    this.#text = this.#text.slice(keep)
    this.#at -= keep
    this.#stringStart -= keep
    if (this.#start !== -1) this.#start = 0
    if (this.#text.length > EVENT_BYTES) {
      throw new BrokenLog('record-too-long', `Record ${this.#count + 1} is longer than an event may be (${EVENT_BYTES} bytes).`)
    }
  }

  #notJson(): BrokenLog {
    return new BrokenLog('not-json', `What follows record ${this.#count} is no JSON of this form.`)
  }
}

/** Whether an odd number of backslashes stands before the quote. */
const isEscaped = (text: string, quote: number, from: number): boolean => {
  let at = quote
  while (at > from && text[at - 1] === '\\') at--
  return (quote - at) % 2 === 1
}
