import { statfsSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** Below this the database grows no more: what is in the write-ahead log can always be written back. */
const LEAST_ROOM = 16_000_000
const UNLIMITED = 4_294_967_294

/**
 * Stops the database from growing while the disk still has a little room. A database that runs into the end of the disk
 * cannot write its log back and takes no write at all, not even one that frees room; one that is stopped before refuses
 * what needs room and goes on with the rest. Looked at before every transaction, so it also ends by itself.
 */
export class RoomGuard {
  readonly #database: DatabaseSync
  readonly #freeBytes: () => number
  #stopped = false

  constructor(database: DatabaseSync, freeBytes: () => number) {
    this.#database = database
    this.#freeBytes = freeBytes
  }

  check(): void {
    const low = this.#freeBytes() < LEAST_ROOM
    if (low === this.#stopped) return
    const pages = low ? Number(this.#database.prepare('pragma page_count').get()?.['page_count']) : UNLIMITED
    this.#database.exec(`pragma max_page_count = ${pages}`)
    this.#stopped = low
  }
}

/** Room on the disk that holds the file, for unprivileged writers. */
export const freeBytesOf = (file: string) => (): number => {
  const { bavail, bsize } = statfsSync(file)
  return bavail * bsize
}
