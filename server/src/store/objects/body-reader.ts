import type { FileHandle } from 'node:fs/promises'

/** A range of a file, `end` exclusive. */
export interface Piece {
  readonly blob: string
  readonly start: number
  readonly end: number
}

const READ_BYTES = 256 * 1024

/** Pieces of files, one after the other, as they are asked for. A file is closed when it has been read, or when its reader leaves. */
export class BodyReader implements AsyncIterableIterator<Uint8Array> {
  readonly #open: (blob: string) => Promise<FileHandle>
  readonly #others: Piece[]
  #now: { readonly file: FileHandle; at: number; readonly end: number } | undefined

  constructor(
    first: (Piece & { readonly file: FileHandle }) | undefined,
    others: readonly Piece[],
    open: (blob: string) => Promise<FileHandle>,
  ) {
    this.#now = first && { file: first.file, at: first.start, end: first.end }
    this.#others = [...others]
    this.#open = open
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#now === undefined) {
      const next = this.#others.shift()
      if (next === undefined) return { done: true, value: undefined }
      this.#now = { file: await this.#open(next.blob), at: next.start, end: next.end }
    }
    const now = this.#now
    const buffer = Buffer.allocUnsafeSlow(Math.min(READ_BYTES, now.end - now.at))
    const { bytesRead } = await now.file.read(buffer, 0, buffer.length, now.at)
    if (bytesRead === 0) throw new Error('an object\'s file is shorter than it was written')
    now.at += bytesRead
    if (now.at === now.end) await this.#close()
    return { done: false, value: buffer.subarray(0, bytesRead) }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#others.length = 0
    await this.#close()
    return { done: true, value: undefined }
  }

  async #close(): Promise<void> {
    const file = this.#now?.file
    this.#now = undefined
    await file?.close()
  }
}
