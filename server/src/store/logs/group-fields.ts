import { discoveredFields } from '../../model/discovered-fields/discover.ts'
import { mayHaveFields } from '../../model/discovered-fields/may-have-fields.ts'
import type { LogMessages } from '../../model/log-messages.ts'
import type { FieldColumns } from './field-columns.ts'
import { FieldScanner, type FieldSink } from './field-scanner.ts'
import { type RowChunks, RowValues } from './row-values.ts'
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

/** An integer of more than 64 bits, or something that looks like one: all of 19 digits are of 64. */
const MAYBE_WIDE = /[:[,\s](?:[0-9]{20}|-[0-9]{19})/

/** A field of one group, with its values in the block that is being built. */
interface Followed {
  readonly name: string
  rejected: boolean
  /** The last row that has it. */
  last: number
  readonly numbers: RowValues
  /** By their numbers in the dictionary. */
  readonly texts: RowValues
  readonly dictionary: TextDictionary
  /** Texts since the dictionary was empty. */
  seen: number
}

/** Takes a block's values, column by column. */
export interface ColumnTarget {
  numbers(column: string, values: RowValues): void
  /** `values` are numbers of the texts in `dictionary`. */
  texts(column: string, values: RowValues, dictionary: readonly string[]): void
}

/** Finds the fields of a group's messages, block after block, and decides which of them are worth columns. */
export class GroupFields implements FieldSink<Followed> {
  readonly #group: number
  readonly #columns: FieldColumns
  readonly #memory: RowChunks
  readonly #fields = new Map<string, Followed>()
  readonly #scanner: FieldScanner<Followed>
  #row = 0
  #turnedAway = false

  constructor(group: number, columns: FieldColumns, memory: RowChunks) {
    this.#group = group
    this.#columns = columns
    this.#memory = memory
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
    const text = memory.toString('utf8', start, end)
    if (MAYBE_WIDE.test(text)) this.#columns.noteWideNumbers(this.#group)
    const found = discoveredFields(text)
    if (found.length > 0 && text.indexOf('{') > 0) this.#columns.noteEmbedded(this.#group)
    for (const { name, value } of found) {
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
    const [numbers, texts] = [new RowValues(this.#memory), new RowValues(this.#memory)]
    const field: Followed = { name, rejected, last: -1, numbers, texts, dictionary: new TextDictionary(), seen: 0 }
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
    field.numbers.add(this.#row, value)
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
    field.texts.add(this.#row, field.dictionary.number(bytes, start, end))
    const { size } = field.dictionary
    if (++field.seen >= ENOUGH_TO_TELL && size > field.seen / 2) field.rejected = true
    else if (size > MAX_DISTINCT) field.rejected = true
  }

  /** What a message has added that turns out to be no JSON. */
  #takeBack(row: number): void {
    for (const field of this.#fields.values()) {
      if (field.last !== row) continue
      field.last = -1
      field.numbers.takeBack(row)
      field.texts.takeBack(row)
    }
  }

  /** Settles which fields have columns after this block. The columns may be used after `FieldColumns.ensure`. */
  decide(): void {
    if (this.#turnedAway) this.#columns.close(this.#group)
    for (const field of this.#fields.values()) {
      const { name, numbers, texts } = field
      if (field.rejected) {
        field.dictionary.clear()
        if (!this.#columns.isRejected(this.#group, name)) this.#columns.reject(this.#group, name)
        continue
      }
      if (numbers.isEmpty && texts.isEmpty) continue
      const columns = this.#columns.columns(this.#group, name)
      if (!numbers.isEmpty && columns?.number === undefined) this.#columns.give(this.#group, name, 'number')
      if (!texts.isEmpty && columns?.text === undefined) this.#columns.give(this.#group, name, 'text')
      field.rejected = this.#columns.isRejected(this.#group, name)
    }
  }

  /** Hands over the block's values and forgets them. */
  drain(into: ColumnTarget): void {
    for (const { name, numbers, texts, dictionary } of this.#fields.values()) {
      const columns = this.#columns.columns(this.#group, name)
      if (columns?.number !== undefined && !numbers.isEmpty) into.numbers(columns.number, numbers)
      if (columns?.text !== undefined && !texts.isEmpty) into.texts(columns.text, texts, dictionary.texts)
    }
    this.clear()
  }

  /** Forgets the block's values. */
  clear(): void {
    for (const field of this.#fields.values()) {
      field.last = -1
      field.numbers.clear()
      field.texts.clear()
      if (field.dictionary.size > KEPT_DISTINCT) {
        field.dictionary.clear()
        field.seen = 0
      }
    }
  }
}

const OPEN_BRACE = 123
