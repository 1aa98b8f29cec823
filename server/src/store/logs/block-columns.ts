import type { Column } from '../telemetry/native-write.ts'
import type { FieldColumns } from './field-columns.ts'
import { GroupFields } from './group-fields.ts'
import type { LogBatch } from './log-block.ts'

/** Groups whose fields are kept in mind; of others they are learnt anew. */
const KEPT_GROUPS = 1_000

/** Makes a block's columns out of batches of events, the columns of discovered fields among them. */
export class BlockColumns {
  readonly #columns: FieldColumns
  readonly #groups = new Map<number, GroupFields>()

  constructor(columns: FieldColumns) {
    this.#columns = columns
  }

  /** The columns may be written after `FieldColumns.ensure`. */
  build(batches: readonly LogBatch[], rows: number): readonly Column[] {
    const columns = plainColumns(batches, rows)
    const fields = new Set<GroupFields>()
    let row = 0
    for (const { group, messages } of batches) {
      const found = this.#of(group)
      fields.add(found)
      for (const message of messages) found.take(message, row++)
    }
    const numbers = new Map<string, { readonly nulls: Uint8Array; readonly values: Float64Array }>()
    const texts = new Map<string, { readonly nulls: Uint8Array; readonly values: string[] }>()
    for (const found of fields) {
      found.decide()
      found.drain({
        numbers: (column, at, values) => {
          const into = made(numbers, column, () => ({ nulls: new Uint8Array(rows).fill(1), values: new Float64Array(rows) }))
          for (let index = 0; index < at.length; index++) {
            into.nulls[at[index]!] = 0
            into.values[at[index]!] = values[index]!
          }
        },
        texts: (column, at, values) => {
          const into = made(texts, column, () => ({ nulls: new Uint8Array(rows).fill(1), values: new Array<string>(rows).fill('') }))
          for (let index = 0; index < at.length; index++) {
            into.nulls[at[index]!] = 0
            into.values[at[index]!] = values[index]!
          }
        },
      })
    }
    return [
      ...columns,
      ...Array.from(numbers, ([name, data]): Column => ({ name, data: { type: 'Nullable(Float64)', ...data } })),
      ...Array.from(texts, ([name, data]): Column => ({ name, data: { type: 'Nullable(String)', ...data } })),
    ]
  }

  #of(group: number): GroupFields {
    const known = this.#groups.get(group)
    if (known !== undefined) return known
    const [oldest] = this.#groups.keys()
    if (this.#groups.size >= KEPT_GROUPS && oldest !== undefined) this.#groups.delete(oldest)
    const fields = new GroupFields(group, this.#columns)
    this.#groups.set(group, fields)
    return fields
  }
}

const made = <Value>(map: Map<string, Value>, key: string, make: () => Value): Value => {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}

const plainColumns = (batches: readonly LogBatch[], rows: number): readonly Column[] => {
  const group = new Uint32Array(rows)
  const ts = new BigInt64Array(rows)
  const seq = new BigUint64Array(rows)
  const stream: string[] = []
  const message: string[] = []
  const masked = batches.some(({ originals }) => originals !== undefined)
  const clear: string[] = []
  let at = 0
  for (const batch of batches) {
    let next = batch.firstSeq
    for (let index = 0; index < batch.messages.length; index++, at++) {
      group[at] = batch.group
      ts[at] = BigInt(batch.timestamps[index]!)
      seq[at] = next++
      stream.push(batch.stream)
      message.push(batch.messages[index]!)
      if (masked) clear.push(batch.originals?.[index] ?? '')
    }
  }
  return [
    { name: 'grp', data: { type: 'UInt32', values: group } },
    { name: 'ts', data: { type: 'Int64', values: ts } },
    { name: 'seq', data: { type: 'UInt64', values: seq } },
    { name: 'stream', data: { type: 'String', values: stream } },
    { name: 'message', data: { type: 'String', values: message } },
    ...(masked ? [{ name: 'clear', data: { type: 'String' as const, values: clear } }] : []),
  ]
}
