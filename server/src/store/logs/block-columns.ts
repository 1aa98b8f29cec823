import { afterReadyIo } from '../../base/clock.ts'
import { LogMessages } from '../../model/log-messages.ts'
import type { Column } from '../telemetry/native-write.ts'
import { PieceWriter } from '../telemetry/piece-writer.ts'
import type { FieldColumns } from './field-columns.ts'
import { type ColumnTarget, GroupFields } from './group-fields.ts'
import type { LogBatch } from './log-block.ts'
import { NOT_TRANSFORMED, type TransformBatch } from './transform-batch.ts'
import { RowChunks } from './row-values.ts'

/** Groups whose fields are kept in mind; of others they are learnt anew. */
const KEPT_GROUPS = 1_000
/** Events after which requests get their turn: some milliseconds. */
const EVENTS_PER_TURN = 2_000
/** So much longer takes an event that is transformed. */
const TRANSFORMED = 20

/** Makes a block's columns out of batches of events, the columns of discovered fields among them. */
export class BlockColumns {
  readonly #columns: FieldColumns
  readonly #transform: TransformBatch
  readonly #groups = new Map<number, GroupFields>()
  readonly #memory = new RowChunks()

  constructor(columns: FieldColumns, transform: TransformBatch = () => undefined) {
    this.#columns = columns
    this.#transform = transform
  }

  /** One block at a time. The columns may be written after `FieldColumns.ensure`. */
  async build(batches: readonly LogBatch[], rows: number): Promise<readonly Column[]> {
    try {
      return await this.#build(batches, rows)
    } catch (error) {
      // They hold half of a block.
      this.#groups.clear()
      throw error
    }
  }

  async #build(batches: readonly LogBatch[], rows: number): Promise<readonly Column[]> {
    const group = new Uint32Array(rows)
    const ts = new Wide(rows)
    const seq = new Wide(rows)
    const streams = new Map<string, number>()
    const stream = new Uint32Array(rows)
    const message = new PieceWriter()
    const clear = batches.some(({ originals }) => originals !== undefined) ? new PieceWriter() : undefined
    const transformed = new Map<LogBatch, readonly string[]>()
    const fields = new Set<GroupFields>()
    let row = 0
    let turn = EVENTS_PER_TURN
    for (const batch of batches) {
      const { messages, timestamps, originals } = batch
      const { length } = messages
      const found = this.#of(batch.group)
      fields.add(found)
      const transform = this.#transform(batch)
      const shapes: string[] = []
      if (transform !== undefined) {
        transformed.set(batch, shapes)
        this.#columns.noteTransformed(batch.group)
      }
      group.fill(batch.group, row, row + length)
      stream.fill(made(streams, batch.stream, () => streams.size + 1), row, row + length)
      seq.count(row, length, batch.firstSeq)
      message.bytes(messages.encoded)
      clear?.bytes(originals === undefined ? Buffer.alloc(length) : LogMessages.of(originals.map(text => text ?? '')).encoded)
      for (let index = 0; index < length; index++, row++) {
        ts.set(row, timestamps[index]!)
        if (transform === undefined) found.take(messages, index, row)
        else {
          const shape = transform(messages.text(index))
          shapes.push(shape ?? NOT_TRANSFORMED)
          if (shape === undefined) found.take(messages, index, row)
          else found.take(LogMessages.of([shape]), 0, row)
          turn -= TRANSFORMED
        }
        if (row >= turn) {
          turn = row + EVENTS_PER_TURN
          await afterReadyIo()
        }
      }
    }
    return [
      { name: 'grp', data: { type: 'UInt32', values: group } },
      { name: 'ts', data: { type: 'Int64', values: new BigInt64Array(ts.memory) } },
      { name: 'seq', data: { type: 'UInt64', values: new BigUint64Array(seq.memory) } },
      { name: 'stream', data: { type: 'LowCardinality(String)', dictionary: ['', ...streams.keys()], values: stream } },
      { name: 'message', data: { type: 'String', encoded: message.pieces() } },
      ...(clear === undefined ? [] : [{ name: 'clear', data: { type: 'String' as const, encoded: clear.pieces() } }]),
      ...(transformed.size === 0 ? [] : [{ name: 'transformed', data: { type: 'String' as const, encoded: shapesOf(batches, transformed) } }]),
      ...fieldColumns(fields, rows),
    ]
  }

  #of(group: number): GroupFields {
    const known = this.#groups.get(group)
    if (known !== undefined) return known
    const [oldest] = this.#groups.keys()
    if (this.#groups.size >= KEPT_GROUPS && oldest !== undefined) this.#groups.delete(oldest)
    const fields = new GroupFields(group, this.#columns, this.#memory)
    this.#groups.set(group, fields)
    return fields
  }
}

const shapesOf = (batches: readonly LogBatch[], transformed: ReadonlyMap<LogBatch, readonly string[]>): readonly Uint8Array[] => {
  const pieces = new PieceWriter()
  for (const batch of batches) {
    const shapes = transformed.get(batch)
    pieces.bytes(shapes === undefined ? Buffer.alloc(batch.messages.length) : LogMessages.of(shapes).encoded)
  }
  return pieces.pieces()
}

const fieldColumns = (fields: ReadonlySet<GroupFields>, rows: number): readonly Column[] => {
  const numbers = new Map<string, { readonly nulls: Uint8Array; readonly values: Float64Array }>()
  const texts = new Map<string, { readonly dictionary: Map<string, number>; readonly values: Uint32Array }>()
  const target: ColumnTarget = {
    numbers(column, found) {
      const into = made(numbers, column, () => ({ nulls: new Uint8Array(rows).fill(1), values: new Float64Array(rows) }))
      for (const { rows: at, values, length } of found.parts()) {
        for (let index = 0; index < length; index++) {
          into.nulls[at[index]!] = 0
          into.values[at[index]!] = values[index]!
        }
      }
    },
    texts(column, found, dictionary) {
      const into = made(texts, column, () => ({ dictionary: new Map([['', 1]]), values: new Uint32Array(rows) }))
      // A block's dictionary holds only what is in the block; 0 is NULL, and none of them has it.
      const places = new Uint32Array(dictionary.length)
      for (const { rows: at, values, length } of found.parts()) {
        for (let index = 0; index < length; index++) {
          const number = values[index]!
          if (places[number] === 0) places[number] = made(into.dictionary, dictionary[number]!, () => into.dictionary.size + 1)
          into.values[at[index]!] = places[number]!
        }
      }
    },
  }
  for (const found of fields) {
    found.decide()
    found.drain(target)
  }
  return [
    ...Array.from(numbers, ([name, data]): Column => ({ name, data: { type: 'Nullable(Float64)', ...data } })),
    ...Array.from(texts, ([name, { dictionary, values }]): Column => ({ name, data: { type: 'LowCardinality(Nullable(String))', dictionary: ['', ...dictionary.keys()], values } })),
  ]
}

const WORD = 2 ** 32

/** Whole numbers of 64 bits, as two halves: as bigints each would be an object. */
class Wide {
  readonly memory: ArrayBuffer
  readonly #halves: Uint32Array

  constructor(length: number) {
    this.memory = new ArrayBuffer(length * 8)
    this.#halves = new Uint32Array(this.memory)
  }

  set(index: number, value: number): void {
    this.#halves[index * 2] = value
    this.#halves[index * 2 + 1] = Math.floor(value / WORD)
  }

  /** `length` numbers that follow one another. */
  count(index: number, length: number, first: bigint): void {
    const halves = this.#halves
    let low = Number(first & 0xffff_ffffn)
    let high = Number(first >> 32n)
    for (let at = index * 2; at < (index + length) * 2; at += 2) {
      halves[at] = low
      halves[at + 1] = high
      if (++low === WORD) {
        low = 0
        high++
      }
    }
  }
}

const made = <Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value => {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
