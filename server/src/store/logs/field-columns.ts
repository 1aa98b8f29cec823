import type { LogFieldColumns } from '../../model/log-scope.ts'
import type { LogField, LogFields } from '../control/log-fields.ts'
import type { Telemetry } from '../telemetry/telemetry.ts'

export type ColumnKind = 'number' | 'text'

/** Columns of each kind that a group can have. */
const MAX_COLUMNS = 24
/** Stands for all fields that are not met yet, once a group has too many. */
const ALL_OTHERS = ''

/** No field, but kept as one that has no column: whether a group's messages have integers of more than 64 bits. */
const WIDE_NUMBERS = '\0wide numbers'
/** Likewise: whether events of the group were ever transformed. */
const TRANSFORMED = '\0transformed'
/** Likewise: whether a group's messages have JSON behind other text. */
const EMBEDDED = '\0embedded'

const PREFIX: Readonly<Record<ColumnKind, string>> = { number: 'n', text: 's' }
const TYPE: Readonly<Record<ColumnKind, string>> = { number: 'Nullable(Float64)', text: 'LowCardinality(Nullable(String))' }

/** Which column of `log_events` holds which discovered field of which group. */
export class FieldColumns {
  readonly #store: LogFields
  readonly #telemetry: Telemetry
  readonly #groups = new Map<number, GroupFields>()
  /** How many columns of each kind the table has. */
  readonly #made: Record<ColumnKind, number> = { number: 0, text: 0 }
  readonly #needed: Record<ColumnKind, number> = { number: 0, text: 0 }
  readonly #unsaved = new Map<string, { readonly group: number; readonly name: string }>()

  private constructor(store: LogFields, telemetry: Telemetry) {
    this.#store = store
    this.#telemetry = telemetry
  }

  static async open(store: LogFields, telemetry: Telemetry): Promise<FieldColumns> {
    const columns = new FieldColumns(store, telemetry)
    for (const field of await store.all()) columns.#of(field.group).load(field)
    const made = await telemetry.query<{ readonly name: string }>('quick', 'SELECT name FROM system.columns WHERE database = currentDatabase() AND table = \'log_events\'')
    for (const { name } of made) {
      const [, prefix, number] = /^([ns])(\d+)$/.exec(name) ?? []
      const kind = prefix === 'n' ? 'number' : 'text'
      if (number !== undefined) columns.#made[kind] = Math.max(columns.#made[kind], Number(number) + 1)
    }
    return columns
  }

  /** Where a group has a field; undefined: only in the message, if at all. */
  columns(group: number, name: string): LogFieldColumns | undefined {
    const found = this.#groups.get(group)?.fields.get(name)
    return found === undefined || found === 'rejected' ? undefined : found
  }

  /** All fields of a group that have columns. */
  fields(group: number): ReadonlyMap<string, LogFieldColumns> {
    const found = new Map<string, LogFieldColumns>()
    for (const [name, columns] of this.#groups.get(group)?.fields ?? []) if (columns !== 'rejected') found.set(name, columns)
    return found
  }

  /** True when nothing of the field is kept in columns, for good. */
  isRejected(group: number, name: string): boolean {
    const known = this.#groups.get(group)
    if (known === undefined) return false
    const columns = known.fields.get(name)
    return columns === 'rejected' || (columns === undefined && known.fields.has(ALL_OTHERS))
  }

  /** Some message of the group has an integer of more than 64 bits. */
  noteWideNumbers(group: number): void {
    if (!this.hasWideNumbers(group)) this.reject(group, WIDE_NUMBERS)
  }

  hasWideNumbers(group: number): boolean {
    return this.#groups.get(group)?.fields.has(WIDE_NUMBERS) === true
  }

  /** Some message of the group has its JSON behind other text, as lines of AWS Lambda have. */
  noteEmbedded(group: number): void {
    if (!this.hasEmbedded(group)) this.reject(group, EMBEDDED)
  }

  hasEmbedded(group: number): boolean {
    return this.#groups.get(group)?.fields.has(EMBEDDED) === true
  }

  /** Some event of the group comes with what a transformer made of it. */
  noteTransformed(group: number): void {
    if (!this.hasTransformed(group)) this.reject(group, TRANSFORMED)
  }

  hasTransformed(group: number): boolean {
    return this.#groups.get(group)?.fields.has(TRANSFORMED) === true
  }

  /** Gives the field a column of the kind, or rejects it where there is none left. Rows may use it after {@link ensure}. */
  give(group: number, name: string, kind: ColumnKind): void {
    const column = this.#of(group).give(name, kind)
    if (column !== undefined) this.#needed[kind] = Math.max(this.#needed[kind], column + 1)
    this.#unsaved.set(`${group}:${name}`, { group, name })
  }

  /** Takes the field's columns away; they stay unused, since old rows still hold what is in them. */
  reject(group: number, name: string): void {
    this.#of(group).reject(name)
    this.#unsaved.set(`${group}:${name}`, { group, name })
  }

  /** The group has more fields than are followed: those that were not met yet stay in the messages for good. */
  close(group: number): void {
    if (!this.isRejected(group, ALL_OTHERS)) this.reject(group, ALL_OTHERS)
  }

  /** Makes durable what was given and rejected, and the table's columns for it. */
  async ensure(): Promise<void> {
    const added: string[] = []
    for (const kind of ['number', 'text'] as const) {
      for (let number = this.#made[kind]; number < this.#needed[kind]; number++) {
        added.push(`ADD COLUMN IF NOT EXISTS ${PREFIX[kind]}${number} ${TYPE[kind]} CODEC(LZ4)`)
      }
    }
    if ([...this.#unsaved.values()].some(({ name }) => name === TRANSFORMED)) added.push('ADD COLUMN IF NOT EXISTS transformed String CODEC(ZSTD(1))')
    if (added.length > 0) await this.#telemetry.command(`ALTER TABLE log_events ${added.join(', ')}`)
    for (const kind of ['number', 'text'] as const) this.#made[kind] = Math.max(this.#made[kind], this.#needed[kind])
    if (this.#unsaved.size === 0) return
    await this.#store.put([...this.#unsaved.values()].map(({ group, name }) => ({ group, name, slot: this.#of(group).slot(name) })))
    this.#unsaved.clear()
  }

  forget(group: number): void {
    this.#groups.delete(group)
  }

  #of(group: number): GroupFields {
    let fields = this.#groups.get(group)
    if (fields === undefined) this.#groups.set(group, (fields = new GroupFields()))
    return fields
  }
}

class GroupFields {
  readonly fields = new Map<string, LogFieldColumns | 'rejected'>()
  /** As they are stored: `n0`, `s3`, `n0 s3`; behind a `-`: not used any more. */
  readonly #slots = new Map<string, string>()
  readonly #used: Record<ColumnKind, number> = { number: 0, text: 0 }

  load({ name, slot = '' }: LogField): void {
    const [, number] = /n(\d+)/.exec(slot) ?? []
    const [, text] = /s(\d+)/.exec(slot) ?? []
    this.#slots.set(name, slot)
    this.#used.number = Math.max(this.#used.number, Number(number ?? -1) + 1)
    this.#used.text = Math.max(this.#used.text, Number(text ?? -1) + 1)
    const columns = { number: number && `n${number}`, text: text && `s${text}` }
    this.fields.set(name, slot === '' || slot.startsWith('-') ? 'rejected' : columns)
  }

  slot(name: string): string | undefined {
    return this.#slots.get(name) || undefined
  }

  /** The column's number; undefined when the field has one already, or none is left. */
  give(name: string, kind: ColumnKind): number | undefined {
    const before = this.fields.get(name)
    if (before === 'rejected' || before?.[kind] !== undefined) return undefined
    if (this.#used[kind] >= MAX_COLUMNS) {
      this.reject(name)
      return undefined
    }
    const number = this.#used[kind]++
    const column = `${PREFIX[kind]}${number}`
    const columns = { number: before?.number, text: before?.text, [kind]: column }
    this.fields.set(name, columns)
    this.#slots.set(name, [columns.number, columns.text].filter(each => each !== undefined).join(' '))
    return number
  }

  reject(name: string): void {
    const slot = this.#slots.get(name) ?? ''
    this.#slots.set(name, slot === '' || slot.startsWith('-') ? slot : `-${slot}`)
    this.fields.set(name, 'rejected')
  }
}
