import { PieceWriter } from './piece-writer.ts'

/** The column types that the product writes; `first` is written before the others, for one who cannot put it into their array. */
export type ColumnData =
  | { readonly type: 'UInt64'; readonly first?: BigUint64Array; readonly values: BigUint64Array }
  | { readonly type: 'Int64'; readonly values: BigInt64Array }
  | { readonly type: 'UInt32' | 'DateTime'; readonly first?: Uint32Array; readonly values: Uint32Array }
  | { readonly type: 'Float64'; readonly first?: Float64Array; readonly values: Float64Array }
  | { readonly type: 'String'; readonly values: readonly string[] }
  | { readonly type: 'Nullable(Float64)'; readonly nulls: Uint8Array; readonly values: Float64Array }
  /** Texts as they stand in the format: each behind its length. */
  | { readonly type: 'String'; readonly encoded: readonly Uint8Array[] }
  /** `values[row]` is the text's place in the dictionary, whose first one is empty; in a Nullable column place 0 is NULL, and 1 the empty text. */
  | { readonly type: 'LowCardinality(String)' | 'LowCardinality(Nullable(String))'; readonly dictionary: readonly string[]; readonly values: Uint32Array }
  | { readonly type: 'Map(String, String)'; readonly values: readonly (readonly (readonly [key: string, value: string])[])[] }

export interface Column {
  readonly name: string
  readonly data: ColumnData
}

/**
 * Columns as one block of ClickHouse's Native format, in pieces one after the other: counts, then for each column its name, its
 * type and its values in little-endian order. Numbers stay where they are, so their arrays must not change before the pieces
 * are written. Only the first `length` values of a column are written.
 */
export const writeBlock = (columns: readonly Column[], length: number): readonly Uint8Array[] => {
  const out = new PieceWriter()
  out.varint(columns.length)
  out.varint(length)
  for (const { name, data } of columns) {
    out.text(name)
    // Times without a zone are epoch seconds; the table's own type says how they are shown.
    out.text(data.type)
    if ('encoded' in data) {
      for (const piece of data.encoded) out.piece(piece)
      continue
    }
    const first = 'first' in data ? data.first : undefined
    const rest = length - (first?.length ?? 0)
    if (data.values.length < rest) throw new RangeError(`column ${name} has ${data.values.length} of ${rest} values`)
    if ('nulls' in data) out.raw(data.nulls.subarray(0, length))
    if ('dictionary' in data) writeDictionary(out, data.dictionary, length)
    if (data.type === 'String') for (let row = 0; row < length; row++) out.text(data.values[row]!)
    else if (data.type === 'Map(String, String)') writeMaps(out, data.values, length)
    else {
      if (first !== undefined) out.raw(first)
      out.raw(data.values.subarray(0, rest))
    }
  }
  return out.pieces()
}

/** Version 1 of keys with an additional dictionary; places as 32-bit numbers (2) and a dictionary of the block's own (bit 9). */
const writeDictionary = (out: PieceWriter, dictionary: readonly string[], length: number): void => {
  out.raw(BigUint64Array.of(1n, 2n | 512n, BigInt(dictionary.length)))
  for (const text of dictionary) out.text(text)
  out.raw(BigUint64Array.of(BigInt(length)))
}

const writeMaps = (out: PieceWriter, maps: readonly (readonly (readonly [string, string])[])[], length: number): void => {
  const ends = new BigUint64Array(length)
  let end = 0
  for (let row = 0; row < length; row++) ends[row] = BigInt((end += maps[row]!.length))
  out.raw(ends)
  for (let row = 0; row < length; row++) for (const [key] of maps[row]!) out.text(key)
  for (let row = 0; row < length; row++) for (const [, value] of maps[row]!) out.text(value)
}
