import { discoveredFields } from '../../model/discovered-fields/discover.ts'
import type { FieldColumns } from './field-columns.ts'
import { FieldScanner, type FieldSink } from './field-scanner.ts'

/** Longer texts are not worth a column: nobody groups by them. */
const MAX_TEXT = 256
/** Fields of a group that are followed. */
const MAX_FOLLOWED = 500
/** A field whose texts differ more often than every second time is told by so many; one with more different ones is as useless. */
const ENOUGH_TO_TELL = 100
const MAX_DISTINCT = 10_000
/** After so many rows a field is trusted. */
const TRUSTED_ROWS = 50_000

/** A field of one group, with its values in the block that is being built. */
interface Followed {
  readonly name: string
  rejected: boolean
  readonly numberRows: number[]
  readonly numbers: number[]
  readonly textRows: number[]
  readonly texts: string[]
  seen: number
  distinct: Set<string> | undefined
}

/** Finds the fields of a group's messages, block after block, and decides which of them are worth columns. */
export class GroupFields implements FieldSink<Followed> {
  readonly #group: number
  readonly #columns: FieldColumns
  readonly #fields = new Map<string, Followed>()
  readonly #scanner: FieldScanner<Followed>
  #row = 0
  #turnedAway = false
  /** What the message at hand has added, to be taken back when it turns out to be no JSON. */
  readonly #added: Followed[] = []

  constructor(group: number, columns: FieldColumns) {
    this.#group = group
    this.#columns = columns
    this.#scanner = new FieldScanner<Followed>(this)
  }

  /** The message is row `row` of the block. */
  take(message: string, row: number): void {
    this.#row = row
    this.#added.length = 0
    if (message.charCodeAt(0) === 123 && this.#scanner.scan(message)) return
    for (const field of this.#added) takeBack(field, row)
    this.#added.length = 0
    for (const { name, value } of discoveredFields(message)) {
      const field = this.field(name)
      if (field !== undefined && this.wants(field)) this.add(field, value)
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
    const field: Followed = { name, rejected, numberRows: [], numbers: [], textRows: [], texts: [], seen: 0, distinct: rejected ? undefined : new Set() }
    this.#fields.set(name, field)
    return field
  }

  wants(field: Followed): boolean {
    return !field.rejected
  }

  add(field: Followed, value: string | number): void {
    const rows = typeof value === 'number' ? field.numberRows : field.textRows
    // A name that a message has twice: the first one counts.
    if (field.numberRows.at(-1) === this.#row || field.textRows.at(-1) === this.#row) return
    rows.push(this.#row)
    this.#added.push(field)
    if (typeof value === 'number') field.numbers.push(value)
    else {
      field.texts.push(value)
      if (value.length > MAX_TEXT) field.rejected = true
      else if (field.distinct !== undefined) {
        field.seen++
        field.distinct.add(value)
      }
    }
  }

  /** Settles which fields have columns after this block. The columns may be used after `FieldColumns.ensure`. */
  decide(): void {
    if (this.#turnedAway) this.#columns.close(this.#group)
    for (const field of this.#fields.values()) {
      const { name, numberRows, textRows, distinct, seen } = field
      if (distinct !== undefined) {
        if (distinct.size > MAX_DISTINCT || (seen >= ENOUGH_TO_TELL && distinct.size > seen / 2)) field.rejected = true
        if (field.rejected || seen >= TRUSTED_ROWS) field.distinct = undefined
      }
      if (numberRows.length === 0 && textRows.length === 0) continue
      if (field.rejected) {
        if (!this.#columns.isRejected(this.#group, name)) this.#columns.reject(this.#group, name)
        continue
      }
      const columns = this.#columns.columns(this.#group, name)
      if (numberRows.length > 0 && columns?.number === undefined) this.#columns.give(this.#group, name, 'number')
      if (textRows.length > 0 && columns?.text === undefined) this.#columns.give(this.#group, name, 'text')
      field.rejected = this.#columns.isRejected(this.#group, name)
    }
  }

  /** Hands over the block's values, column by column, and forgets them. */
  drain(into: { numbers(column: string, rows: readonly number[], values: readonly number[]): void; texts(column: string, rows: readonly number[], values: readonly string[]): void }): void {
    for (const { name, numberRows, numbers, textRows, texts } of this.#fields.values()) {
      const columns = this.#columns.columns(this.#group, name)
      if (columns?.number !== undefined && numberRows.length > 0) into.numbers(columns.number, numberRows, numbers)
      if (columns?.text !== undefined && textRows.length > 0) into.texts(columns.text, textRows, texts)
    }
    this.clear()
  }

  /** Forgets the block's values. */
  clear(): void {
    for (const { numberRows, numbers, textRows, texts } of this.#fields.values()) {
      numberRows.length = 0
      numbers.length = 0
      textRows.length = 0
      texts.length = 0
    }
  }
}

const takeBack = ({ numberRows, numbers, textRows, texts }: Followed, row: number): void => {
  if (numberRows.at(-1) === row) {
    numberRows.pop()
    numbers.pop()
  }
  if (textRows.at(-1) === row) {
    textRows.pop()
    texts.pop()
  }
}
