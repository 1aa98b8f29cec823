import { DatabaseSync } from 'node:sqlite'
import { openFailure } from './sqlite-failure.ts'
import { StoreUnusable } from '../store-failure.ts'

/** How long an opening waits for the process before it to let go of the file, in milliseconds. */
const LOCK_WAIT = 2_000

/**
 * Opens or creates the file. The lock is exclusive: two servers on one data folder would send everything twice, and a
 * single process needs no shared-memory index. synchronous=FULL: what was acknowledged survives a power cut.
 */
export const openDatabase = (file: string): DatabaseSync => {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(file, { timeout: LOCK_WAIT, enableForeignKeyConstraints: true })
    database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
    database.exec('pragma journal_size_limit = 67108864; pragma temp_store = memory')
    database.exec('begin exclusive; commit')
    const damage = String(database.prepare('pragma quick_check(1)').get()?.['quick_check'])
    if (damage !== 'ok') throw new StoreUnusable(`the control store ${file} is damaged (${damage}); restore it from a backup`)
    return database
  } catch (error) {
    database?.close()
    throw openFailure(file, error)
  }
}
