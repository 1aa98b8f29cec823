import type { DatabaseSync } from 'node:sqlite'
import type { EpochMillis } from '../../../base/time.ts'
import { StoreUnusable } from '../store-failure.ts'

/** One step of the schema; steps only go forward. */
export interface Migration {
  readonly number: number
  readonly name: string
  readonly sql: string
}

const DONE = 'create table if not exists migrations (number integer primary key, name text not null, applied_at integer not null) strict'

/** Brings the database to the newest schema, one transaction a step; answers the steps that were taken. */
export const migrate = (database: DatabaseSync, migrations: readonly Migration[], now: EpochMillis): readonly Migration[] => {
  database.exec(DONE)
  const row = database.prepare('select coalesce(max(number), 0) as number from migrations').get()
  const reached = Number(row?.['number'])
  const newest = migrations.at(-1)?.number ?? 0
  if (reached > newest) {
    const gap = `schema ${reached}, this version knows ${newest}`
    throw new StoreUnusable(`the control store was written by a newer version (${gap}); start that version, or restore an older backup`)
  }
  const steps = migrations.filter(({ number }) => number > reached)
  for (const step of steps) {
    database.exec('begin immediate')
    try {
      database.exec(step.sql)
      database.prepare('insert into migrations (number, name, applied_at) values (?, ?, ?)').run(step.number, step.name, now)
      database.exec('commit')
    } catch (error) {
      if (database.isTransaction) database.exec('rollback')
      throw error
    }
  }
  return steps
}
