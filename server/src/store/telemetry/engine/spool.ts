import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Where the bytes of an insert lie while the engine reads them. They cannot go inline: the engine ends inline data at the
 * first pair of newline bytes, which binary data holds sooner or later.
 */
export class Spool {
  readonly #memory: string | undefined
  readonly #disk: string
  #next = 0

  /** Empties what an earlier process left behind. `folder` belongs to one engine alone. */
  constructor(folder: string, memory = '/dev/shm') {
    this.#disk = folder
    renew(folder)
    this.#memory = inMemory(memory, folder)
  }

  /** Calls `use` with the path of a file that holds `bytes`, and removes it afterwards. */
  async with<Result>(bytes: Uint8Array, use: (path: string) => Promise<Result>): Promise<Result> {
    const path = await this.#write(bytes)
    try {
      return await use(path)
    } finally {
      await rm(path, { force: true })
    }
  }

  close(): void {
    if (this.#memory !== undefined) rmSync(this.#memory, { recursive: true, force: true })
    rmSync(this.#disk, { recursive: true, force: true })
  }

  async #write(bytes: Uint8Array): Promise<string> {
    const name = `${process.pid}-${this.#next++}`
    if (this.#memory !== undefined) {
      const path = join(this.#memory, name)
      try {
        await writeFile(path, bytes, { mode: 0o600 })
        return path
      } catch (error) {
        // Containers give 64 MB of shared memory by default; the data folder takes what does not fit.
        await rm(path, { force: true })
        if (!isNoSpace(error)) throw error
      }
    }
    const path = join(this.#disk, name)
    try {
      await writeFile(path, bytes, { mode: 0o600 })
      return path
    } catch (error) {
      await rm(path, { force: true })
      if (isNoSpace(error)) throw new Error('Code: 243. DB::Exception: No space left for the insert. (NOT_ENOUGH_SPACE)', { cause: error })
      throw error
    }
  }
}

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

const renew = (folder: string): void => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
}

/** A private folder in shared memory, or undefined where there is none. Its name comes from the data folder: one engine each. */
const inMemory = (memory: string, folder: string): string | undefined => {
  const path = join(memory, `tocsin-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`)
  try {
    renew(path)
    const made = lstatSync(path)
    return made.isDirectory() && made.uid === process.getuid?.() ? path : undefined
  } catch {
    // No shared memory here, or somebody else's folder of that name: the data folder serves as well, only slower.
    return undefined
  }
}
