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

  each(use: (row: number, value: number) => void): void {
    for (const chunk of this.#chunks) {
      const { rows, values } = chunk
      const end = chunk === this.#last ? this.#used : rows.length
      for (let index = 0; index < end; index++) use(rows[index]!, values[index]!)
    }
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
