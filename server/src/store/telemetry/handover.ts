import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { memoryFolder } from './engine/spool-folder.ts'

/** The request header that names a file which already lies in the engine's spool; a real ClickHouse is never sent one. */
export const HANDOVER_HEADER = 'x-tocsin-spooled'

/**
 * Puts an insert where the embedded engine reads it from anyway. Through the socket the same bytes would be copied four times and
 * cut into pieces that two garbage collectors pick up.
 */
export class Handover {
  readonly #folder: string
  #next = 0

  /** `spool`: the engine's spool folder; the engine itself makes and empties what belongs to it in shared memory. */
  constructor(spool: string, memory?: string) {
    this.#folder = memoryFolder(spool, memory)
  }

  /** Calls `use` with the name of a file that holds the pieces, or without one where there is no room; removes it afterwards. */
  async with<Result>(pieces: readonly Uint8Array[], use: (name: string | undefined) => Promise<Result>): Promise<Result> {
    const name = `${process.pid}-${this.#next++}-handed`
    const path = join(this.#folder, name)
    try {
      return await use((await isWritten(path, pieces)) ? name : undefined)
    } finally {
      await rm(path, { force: true })
    }
  }
}

const isWritten = async (path: string, pieces: readonly Uint8Array[]): Promise<boolean> => {
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0)
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      return (await file.writev(pieces)).bytesWritten === bytes
    } finally {
      await file.close()
    }
  } catch {
    // No shared memory, none left, or an engine that is being restarted: the socket takes it, or says what is wrong.
    return false
  }
}
