import { statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { openFailure } from './sqlite-failure.ts'
import { StoreUnusable } from '../store-failure.ts'

/** How long an opening waits for the process before it to let go of the file, in milliseconds. */
const LOCK_WAIT = 2_000
/** Up to this size the whole file is looked through at the start: well under a second. */
const CHECKED_BYTES = 200_000_000

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
    const damage = statSync(file).size > CHECKED_BYTES ? 'ok' : String(database.prepare('pragma quick_check(1)').get()?.['quick_check'])
    if (damage !== 'ok') throw new StoreUnusable(`the control store ${file} is damaged (${damage}); restore it from a backup`)
    reserve(database)
    return database
  } catch (error) {
    database?.close()
    throw openFailure(file, error)
  }
}

/** As much as the log holds before it is written back and begun anew (1,000 pages), and a little. */
const RESERVED_BYTES = 5_000_000

/**
 * Takes room for the write-ahead log while there is some: on a full disk it can then still be written from its beginning,
 * so deleting and acknowledging go on. The pages inside the database that this leaves free serve the next inserts.
 */
const reserve = (database: DatabaseSync): void => {
  database.exec(`
    create table reserve (room blob);
    insert into reserve values (zeroblob(${RESERVED_BYTES}));
    drop table reserve;
  `)
}
