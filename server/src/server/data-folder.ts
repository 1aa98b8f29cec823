import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ConfigError } from './config/read-config.ts'

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5

/** The folder that holds everything, held by this process alone. */
export interface DataFolder {
  readonly path: string
  release(): void
}

/**
 * Creates the folder, for its owner only, and takes its lock. The lock is SQLite's own on an empty database: the kernel
 * gives it back however the process ends, so a killed server leaves nothing to clean up.
 */
export const holdDataFolder = (path: string): DataFolder => {
  const folder = resolve(path)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw new ConfigError(`--data ${path}: ${(error as Error).message}`)
  }
  const lock = new DatabaseSync(join(folder, 'lock'))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    const busy = (error as { errcode?: number }).errcode === SQLITE_BUSY
    throw new ConfigError(`--data ${path}: ${busy ? 'another server works in this folder' : (error as Error).message}`)
  }
  return { path: folder, release: () => lock.close() }
}
