/** The column types that the product writes. */
export type ColumnData =
  | { readonly type: 'UInt64'; readonly values: BigUint64Array }
  | { readonly type: 'Int64'; readonly values: BigInt64Array }
  | { readonly type: 'UInt32' | 'DateTime'; readonly values: Uint32Array }
  | { readonly type: 'Float64'; readonly values: Float64Array }
  | { readonly type: 'String'; readonly values: readonly string[] }
  | { readonly type: 'Map(String, String)'; readonly values: readonly (readonly (readonly [key: string, value: string])[])[] }

export interface Column {
  readonly name: string
  readonly data: ColumnData
}

/**
 * Columns as one block of ClickHouse's Native format: counts, then for each column its name, its type and its values in
 * little-endian order. Only the first `length` values of a column are written.
 */
export const writeBlock = (columns: readonly Column[], length: number): Uint8Array => {
  const out = new ByteWriter()
  out.varint(columns.length)
  out.varint(length)
  for (const { name, data } of columns) {
    out.text(name)
    // Times without a zone are epoch seconds; the table's own type says how they are shown.
    out.text(data.type)
    if (data.values.length < length) throw new RangeError(`column ${name} has ${data.values.length} of ${length} values`)
    if (data.type === 'String') for (let row = 0; row < length; row++) out.text(data.values[row]!)
    else if (data.type === 'Map(String, String)') writeMaps(out, data.values, length)
    else out.raw(data.values.subarray(0, length))
  }
  return out.bytes()
}

const writeMaps = (out: ByteWriter, maps: readonly (readonly (readonly [string, string])[])[], length: number): void => {
  const ends = new BigUint64Array(length)
  let end = 0
  for (let row = 0; row < length; row++) ends[row] = BigInt((end += maps[row]!.length))
  out.raw(ends)
  for (let row = 0; row < length; row++) for (const [key] of maps[row]!) out.text(key)
  for (let row = 0; row < length; row++) for (const [, value] of maps[row]!) out.text(value)
}

class ByteWriter {
  #bytes = Buffer.allocUnsafe(65_536)
  #length = 0

  varint(value: number): void {
    this.#reserve(10)
    let rest = value
    while (rest >= 128) {
      this.#bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    this.#bytes[this.#length++] = rest
  }

  text(value: string): void {
    const length = Buffer.byteLength(value)
    this.varint(length)
    this.#reserve(length)
    this.#length += this.#bytes.write(value, this.#length)
  }

  raw(values: BigUint64Array | BigInt64Array | Uint32Array | Float64Array): void {
    this.#reserve(values.byteLength)
    // The machine's byte order: every platform that the engine is built for is little-endian.
    this.#bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), this.#length)
    this.#length += values.byteLength
  }

  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + more))
    this.#bytes.copy(grown, 0, 0, this.#length)
    this.#bytes = grown
  }
}
