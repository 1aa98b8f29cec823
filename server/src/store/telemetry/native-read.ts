/** A block of an answer in ClickHouse's Native format: as many rows as the engine handed out at once. */
export interface Block {
  readonly length: number
  /** The named column; throws when it is missing or of another type. */
  uint64(name: string): BigUint64Array
  int64(name: string): BigInt64Array
  uint32(name: string): Uint32Array
  uint8(name: string): Uint8Array
  float64(name: string): Float64Array
  strings(name: string): readonly string[]
  /** Arrays of Float64, one after the other; `ends[row]` is where the row's own end. */
  floatArrays(name: string): { readonly ends: BigUint64Array; readonly values: Float64Array }
  uint32Arrays(name: string): { readonly ends: BigUint64Array; readonly values: Uint32Array }
  stringMaps(name: string): readonly (readonly (readonly [key: string, value: string])[])[]
}

type Values =
  | BigUint64Array
  | BigInt64Array
  | Uint32Array
  | Uint8Array
  | Float64Array
  | readonly string[]
  | { readonly ends: BigUint64Array; readonly values: Float64Array }
  | { readonly ends: BigUint64Array; readonly values: Uint32Array }
  | readonly (readonly (readonly [string, string])[])[]

/** Reads all blocks; knows exactly the types that {@link Block} offers. */
export const readBlocks = (bytes: Uint8Array): readonly Block[] => {
  const input = new ByteReader(bytes)
  const blocks: Block[] = []
  while (!input.ended) {
    const columns = input.varint()
    const length = input.varint()
    const found = new Map<string, { readonly type: string; readonly values: Values }>()
    for (let index = 0; index < columns; index++) {
      const name = input.text()
      const type = input.text()
      found.set(name, { type, values: readColumn(input, type, length) })
    }
    if (length > 0) blocks.push(new ColumnBlock(length, found))
  }
  return blocks
}

const readColumn = (input: ByteReader, type: string, length: number): Values => {
  if (type.startsWith('DateTime(') || type === 'DateTime') return new Uint32Array(input.raw(length, 4))
  switch (type) {
    case 'UInt64': return new BigUint64Array(input.raw(length, 8))
    case 'Int64': return new BigInt64Array(input.raw(length, 8))
    case 'UInt32': return new Uint32Array(input.raw(length, 4))
    case 'UInt8': return new Uint8Array(input.raw(length, 1))
    case 'Float64': return new Float64Array(input.raw(length, 8))
    case 'String': return Array.from({ length }, () => input.text())
    case 'Array(Float64)': {
      const ends = new BigUint64Array(input.raw(length, 8))
      return { ends, values: new Float64Array(input.raw(Number(ends[length - 1] ?? 0n), 8)) }
    }
    case 'Array(UInt32)': {
      const ends = new BigUint64Array(input.raw(length, 8))
      return { ends, values: new Uint32Array(input.raw(Number(ends[length - 1] ?? 0n), 4)) }
    }
    case 'Map(String, String)': return readMaps(input, length)
    default: throw new Error(`the engine answered a column of type ${type}, which is never asked for`)
  }
}

const readMaps = (input: ByteReader, length: number): readonly (readonly (readonly [string, string])[])[] => {
  const ends = new BigUint64Array(input.raw(length, 8))
  const total = Number(ends[length - 1] ?? 0n)
  const keys = Array.from({ length: total }, () => input.text())
  const values = Array.from({ length: total }, () => input.text())
  let from = 0
  return Array.from({ length }, (_, row) => {
    const start = from
    from = Number(ends[row])
    return keys.slice(start, from).map((key, index) => [key, values[start + index]!] as const)
  })
}

class ColumnBlock implements Block {
  readonly length: number
  readonly #columns: ReadonlyMap<string, { readonly type: string; readonly values: Values }>

  constructor(length: number, columns: ReadonlyMap<string, { readonly type: string; readonly values: Values }>) {
    this.length = length
    this.#columns = columns
  }

  uint64 = (name: string): BigUint64Array => this.#instance(name, BigUint64Array)
  int64 = (name: string): BigInt64Array => this.#instance(name, BigInt64Array)
  uint32 = (name: string): Uint32Array => this.#instance(name, Uint32Array)
  uint8 = (name: string): Uint8Array => this.#instance(name, Uint8Array)
  float64 = (name: string): Float64Array => this.#instance(name, Float64Array)

  strings(name: string): readonly string[] {
    return this.#typed(name, 'String') as readonly string[]
  }

  floatArrays(name: string): { readonly ends: BigUint64Array; readonly values: Float64Array } {
    return this.#typed(name, 'Array(Float64)') as { readonly ends: BigUint64Array; readonly values: Float64Array }
  }

  uint32Arrays(name: string): { readonly ends: BigUint64Array; readonly values: Uint32Array } {
    return this.#typed(name, 'Array(UInt32)') as { readonly ends: BigUint64Array; readonly values: Uint32Array }
  }

  stringMaps(name: string): readonly (readonly (readonly [string, string])[])[] {
    return this.#typed(name, 'Map(String, String)') as readonly (readonly (readonly [string, string])[])[]
  }

  #instance<Kind>(name: string, kind: new (...parameters: never[]) => Kind): Kind {
    const column = this.#columns.get(name)
    if (column?.values instanceof kind) return column.values
    throw new Error(`column ${name} is ${column?.type ?? 'missing'}, not a ${kind.name}`)
  }

  #typed(name: string, type: string): Values {
    const column = this.#columns.get(name)
    if (column?.type === type) return column.values
    throw new Error(`column ${name} is ${column?.type ?? 'missing'}, not ${type}`)
  }
}

class ByteReader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }

  varint(): number {
    let value = 0
    for (let scale = 1; ; scale *= 128) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new Error('the answer ends within a number')
      value += (byte & 127) * scale
      if (byte < 128) return value
    }
  }

  text(): string {
    const length = this.varint()
    this.#check(length)
    return this.#bytes.toString('utf8', this.#at, (this.#at += length))
  }

  /** A copy: typed arrays want aligned memory, which the answer does not give. */
  raw(count: number, width: number): ArrayBuffer {
    const length = count * width
    this.#check(length)
    const copy = new ArrayBuffer(length)
    new Uint8Array(copy).set(this.#bytes.subarray(this.#at, this.#at + length))
    this.#at += length
    return copy
  }

  #check(length: number): void {
    if (this.#at + length > this.#bytes.length) throw new Error('the answer ends within a column')
  }
}
