import { discoveredFields } from '../../model/discovered-fields/discover.ts'
import { mayHaveFields } from '../../model/discovered-fields/may-have-fields.ts'
import type { LogMessages } from '../../model/log-messages.ts'
import type { FieldColumns } from './field-columns.ts'
import { FieldScanner, type FieldSink } from './field-scanner.ts'
import { TextDictionary } from './text-dictionary.ts'

/** Bytes; longer texts are not worth a column: nobody groups by them. */
const MAX_TEXT = 256
/** Fields of a group that are followed. */
const MAX_FOLLOWED = 500
/** A field whose texts differ more often than every second time is told by so many; one with more different ones is as useless. */
const ENOUGH_TO_TELL = 100
const MAX_DISTINCT = 10_000
/** Texts that are kept in mind from block to block. */
const KEPT_DISTINCT = 1_000

/** A field of one group, with its values in the block that is being built. */
interface Followed {
  readonly name: string
  rejected: boolean
  /** The last row that has it. */
  last: number
  readonly numberRows: number[]
  readonly numbers: number[]
  readonly textRows: number[]
  /** By their numbers in the dictionary. */
  readonly texts: number[]
  readonly dictionary: TextDictionary
  /** Texts since the dictionary was empty. */
  seen: number
}

/** Takes a block's values, column by column. */
export interface ColumnTarget {
  numbers(column: string, rows: readonly number[], values: readonly number[]): void
  /** `values` are numbers of the texts in `dictionary`. */
  texts(column: string, rows: readonly number[], values: readonly number[], dictionary: readonly string[]): void
}

/** Finds the fields of a group's messages, block after block, and decides which of them are worth columns. */
export class GroupFields implements FieldSink<Followed> {
  readonly #group: number
  readonly #columns: FieldColumns
  readonly #fields = new Map<string, Followed>()
  readonly #scanner: FieldScanner<Followed>
  #row = 0
  #turnedAway = false

  constructor(group: number, columns: FieldColumns) {
    this.#group = group
    this.#columns = columns
    this.#scanner = new FieldScanner<Followed>(this)
  }

  /** Message number `index` is row `row` of the block. */
  take(messages: LogMessages, index: number, row: number): void {
    const { memory } = messages
    const start = messages.start(index)
    const end = messages.end(index)
    this.#row = row
    if (memory[start] === OPEN_BRACE) {
      if (this.#scanner.scan(memory, start, end)) return
      this.#takeBack(row)
    } else if (!mayHaveFields(memory, start, end)) return
    for (const { name, value } of discoveredFields(memory.toString('utf8', start, end))) {
      const field = this.field(name)
      if (field === undefined || !this.wants(field)) continue
      if (typeof value === 'number') this.addNumber(field, value)
      else this.addText(field, value)
    }
  }

  field(name: string): Followed | undefined {
    const known = this.#fields.get(name)
    if (known !== undefined) return known
    if (name.length > MAX_TEXT) return undefined
    if (this.#fields.size >= MAX_FOLLOWED) {
      this.#turnedAway = true
      return undefined
    }
    const rejected = this.#columns.isRejected(this.#group, name)
    const field: Followed = { name, rejected, last: -1, numberRows: [], numbers: [], textRows: [], texts: [], dictionary: new TextDictionary(), seen: 0 }
    this.#fields.set(name, field)
    return field
  }

  wants(field: Followed): boolean {
    return !field.rejected
  }

  addNumber(field: Followed, value: number): void {
    // A name that a message has twice: the first one counts.
    if (field.last === this.#row) return
    field.last = this.#row
    field.numberRows.push(this.#row)
    field.numbers.push(value)
  }

  addText(field: Followed, value: string): void {
    const { buffer, byteOffset, byteLength } = Buffer.from(value)
    this.addPart(field, new DataView(buffer, byteOffset, byteLength), 0, byteLength)
  }

  addPart(field: Followed, bytes: DataView, start: number, end: number): void {
    if (field.last === this.#row) return
    if (end - start > MAX_TEXT) {
      field.rejected = true
      return
    }
    field.last = this.#row
    field.textRows.push(this.#row)
    field.texts.push(field.dictionary.number(bytes, start, end))
    const { size } = field.dictionary
    if (++field.seen >= ENOUGH_TO_TELL && size > field.seen / 2) field.rejected = true
    else if (size > MAX_DISTINCT) field.rejected = true
  }

  /** What a message has added that turns out to be no JSON. */
  #takeBack(row: number): void {
    for (const field of this.#fields.values()) if (field.last === row) takeBack(field, row)
  }

  /** Settles which fields have columns after this block. The columns may be used after `FieldColumns.ensure`. */
  decide(): void {
    if (this.#turnedAway) this.#columns.close(this.#group)
    for (const field of this.#fields.values()) {
      const { name, numberRows, textRows } = field
      if (field.rejected) {
        field.dictionary.clear()
        if (!this.#columns.isRejected(this.#group, name)) this.#columns.reject(this.#group, name)
        continue
      }
      if (numberRows.length === 0 && textRows.length === 0) continue
      const columns = this.#columns.columns(this.#group, name)
      if (numberRows.length > 0 && columns?.number === undefined) this.#columns.give(this.#group, name, 'number')
      if (textRows.length > 0 && columns?.text === undefined) this.#columns.give(this.#group, name, 'text')
      field.rejected = this.#columns.isRejected(this.#group, name)
    }
  }

  /** Hands over the block's values and forgets them. */
  drain(into: ColumnTarget): void {
    for (const { name, numberRows, numbers, textRows, texts, dictionary } of this.#fields.values()) {
      const columns = this.#columns.columns(this.#group, name)
      if (columns?.number !== undefined && numberRows.length > 0) into.numbers(columns.number, numberRows, numbers)
      if (columns?.text !== undefined && textRows.length > 0) into.texts(columns.text, textRows, texts, dictionary.texts)
    }
    this.clear()
  }

  /** Forgets the block's values. */
  clear(): void {
    for (const field of this.#fields.values()) {
      field.last = -1
      field.numberRows.length = 0
      field.numbers.length = 0
      field.textRows.length = 0
      field.texts.length = 0
      if (field.dictionary.size > KEPT_DISTINCT) {
        field.dictionary.clear()
        field.seen = 0
      }
    }
  }
}

const takeBack = (field: Followed, row: number): void => {
  field.last = -1
  if (field.numberRows.at(-1) === row) {
    field.numberRows.pop()
    field.numbers.pop()
  }
  if (field.textRows.at(-1) === row) {
    field.textRows.pop()
    field.texts.pop()
  }
}

const OPEN_BRACE = 123
