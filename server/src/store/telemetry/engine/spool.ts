import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { memoryFolder } from './spool-folder.ts'

/**
 * Where the bytes of an insert lie while the engine reads them. They cannot go inline: the engine ends inline data at the
 * first pair of newline bytes, which binary data holds sooner or later.
 */
export class Spool {
  readonly #memory: string | undefined
  readonly #disk: string
  #next = 0

  /** Empties what an earlier process left behind. `folder` belongs to one engine alone. */
  constructor(folder: string, memory?: string) {
    this.#disk = folder
    renew(folder)
    this.#memory = inMemory(memoryFolder(folder, memory))
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

  /** Where a file lies that the parent has put into shared memory itself; undefined for what is no name of one. */
  handed(name: string): string | undefined {
    return this.#memory === undefined || !/^[\w-]+$/.test(name) ? undefined : join(this.#memory, name)
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

/** The path once it is a private folder; undefined where it cannot be. */
const inMemory = (path: string): string | undefined => {
  try {
    renew(path)
    const made = lstatSync(path)
    return made.isDirectory() && made.uid === process.getuid?.() ? path : undefined
  } catch {
    // No shared memory here, or somebody else's folder of that name: the data folder serves as well, only slower.
    return undefined
  }
}
