/** Rows of a chunk: the first one of a list, and all others. */
const SMALL = 64
const LARGE = 4_096
/** Large chunks that are kept for the next block, 12 bytes a row: 50 MiB. */
const MAX_SPARE = 1_024

interface Chunk {
  readonly rows: Uint32Array
  readonly values: Float64Array
}

/** Memory that lists of a block's values share with those of the next: new arrays each time would bring the garbage collector round. */
export class RowChunks {
  readonly #small: Chunk[] = []
  readonly #large: Chunk[] = []

  take(size: number): Chunk {
    return this.#spare(size).pop() ?? { rows: new Uint32Array(size), values: new Float64Array(size) }
  }

  give(chunk: Chunk): void {
    const spare = this.#spare(chunk.rows.length)
    if (spare.length < MAX_SPARE) spare.push(chunk)
  }

  #spare(size: number): Chunk[] {
    return size === SMALL ? this.#small : this.#large
  }
}

/** The first `length` of both count. */
interface RowPart extends Chunk {
  readonly length: number
}

const NONE: Chunk = { rows: new Uint32Array(0), values: new Float64Array(0) }

/** Numbers by row, rows ascending. */
export class RowValues {
  readonly #memory: RowChunks
  readonly #chunks: Chunk[] = []
  #last = NONE
  /** Values in the last chunk; those before it are full. */
  #used = 0

  constructor(memory: RowChunks) {
    this.#memory = memory
  }

  get isEmpty(): boolean {
    return this.#used === 0
  }

  add(row: number, value: number): void {
    if (this.#used === this.#last.rows.length) this.#grow()
    this.#last.rows[this.#used] = row
    this.#last.values[this.#used++] = value
  }

  /** Takes back what was added last, where that is this row's. */
  takeBack(row: number): void {
    if (this.#used === 0 || this.#last.rows[this.#used - 1] !== row) return
    this.#used--
    if (this.#used === 0) this.#shrink()
  }

  /** Rows and values, a part at a time: as a call for each, every value would be an object. */
  *parts(): Generator<RowPart> {
    for (const { rows, values } of this.#chunks) yield { rows, values, length: rows === this.#last.rows ? this.#used : rows.length }
  }

  clear(): void {
    for (const chunk of this.#chunks) this.#memory.give(chunk)
    this.#chunks.length = 0
    this.#last = NONE
    this.#used = 0
  }

  #grow(): void {
    this.#last = this.#memory.take(this.#chunks.length === 0 ? SMALL : LARGE)
    this.#chunks.push(this.#last)
    this.#used = 0
  }

  #shrink(): void {
    this.#memory.give(this.#chunks.pop()!)
    this.#last = this.#chunks.at(-1) ?? NONE
    this.#used = this.#last.rows.length
  }
}
