import { sql } from 'kysely'
import type { ControlDatabase, ControlScope } from '../control-database.ts'

/** Runs a transaction that may be forgotten in a power cut, though not when the process dies: it waits for no disk. */
export type Unsynced = <Result>(task: (scope: ControlScope) => Promise<Result>) => Promise<Result>

/** SQLite takes the new setting between transactions; the connection is held, so that no other one slips under it. */
export const unsynced =
  (database: ControlDatabase): Unsynced =>
  task =>
    database.connection().execute(async connection => {
      await sql`pragma synchronous = normal`.execute(connection)
      try {
        return await connection.transaction().execute(task)
      } finally {
        await sql`pragma synchronous = full`.execute(connection)
      }
    })
