import { sql } from 'kysely'
import { epochMillis, type EpochMillis } from '../../base/time.ts'
import type { LogStreamPage } from '../../model/log-read.ts'
import type { LogStream, LogStreamActivity } from '../../model/log.ts'
import { type ControlDatabase, inChunks } from './control-database.ts'
import type { LogStreamRow } from './log-tables.ts'

/** What {@link LogStreams.touch} takes: what is known of a stream by now. */
export interface TouchedStream {
  readonly group: number
  readonly name: string
  readonly activity: LogStreamActivity
}

/** Log streams, and when they got events. */
export class LogStreams {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async get(group: number, name: string): Promise<LogStream | undefined> {
    const row = await this.#of(group).where('name', '=', name).executeTakeFirst()
    return row && streamOf(row)
  }

  /** False when it was there already, or the group is gone. */
  async create(group: number, name: string, createdAt: EpochMillis): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await this.#database
      .insertInto('log_streams')
      .columns(['group_id', 'name', 'created_at'])
      .expression(eb =>
        eb.selectFrom('log_groups').select(['id', eb.val(name).as('name'), eb.val(createdAt as number).as('created_at')]).where('id', '=', group),
      )
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    return (numInsertedOrUpdatedRows ?? 0n) > 0n
  }

  /** Streams without an event are the oldest of all. */
  async page(group: number, { orderBy, descending, prefix, after, limit }: LogStreamPage): Promise<readonly LogStream[]> {
    const direction = descending ? 'desc' : 'asc'
    const beyond = descending ? '<' : '>'
    const lastEvent = sql<number>`coalesce(last_event, -1)`
    let query = this.#of(group)
    if (prefix !== undefined) query = query.where(eb => eb.and([eb('name', '>=', prefix), eb('name', '<', `${prefix}\u{10ffff}`)]))
    if (orderBy === 'name') {
      if (after !== undefined) query = query.where('name', beyond, after.name)
    } else {
      if (after !== undefined) {
        query = query.where(eb => eb.or([eb(lastEvent, beyond, after.lastEvent), eb.and([eb(lastEvent, '=', after.lastEvent), eb('name', beyond, after.name)])]))
      }
      query = query.orderBy(lastEvent, direction)
    }
    const rows = await query.orderBy('name', direction).limit(limit).execute()
    return rows.map(streamOf)
  }

  /** Writes down when streams got events; those that are gone stay so. */
  async touch(streams: readonly TouchedStream[]): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      for (const { group, name, activity } of streams) {
        await scope
          .updateTable('log_streams')
          .set({ first_event: activity.firstEvent, last_event: activity.lastEvent, last_ingestion: activity.lastIngestion })
          .where('group_id', '=', group)
          .where('name', '=', name)
          .execute()
      }
    })
  }

  /** False when it was not there. Notes that its events up to `upTo` have to go. */
  delete(group: number, name: string, upTo: bigint): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const { numDeletedRows } = await scope.deleteFrom('log_streams').where('group_id', '=', group).where('name', '=', name).executeTakeFirst()
      if (numDeletedRows === 0n) return false
      await scope
        .insertInto('log_removals')
        .values({ group_id: group, stream: name, up_to: String(upTo) })
        .onConflict(conflict => conflict.columns(['group_id', 'stream']).doUpdateSet({ up_to: String(upTo) }))
        .execute()
      return true
    })
  }

  /** Which of these a group has. */
  async existing(group: number, names: readonly string[]): Promise<ReadonlySet<string>> {
    const found = new Set<string>()
    for (const chunk of inChunks(names)) {
      const rows = await this.#database.selectFrom('log_streams').select('name').where('group_id', '=', group).where('name', 'in', chunk).execute()
      for (const { name } of rows) found.add(name)
    }
    return found
  }

  #of(group: number) {
    return this.#database.selectFrom('log_streams').selectAll().where('group_id', '=', group)
  }
}

const streamOf = (row: LogStreamRow): LogStream => ({
  group: row.group_id,
  name: row.name,
  createdAt: epochMillis(row.created_at),
  activity:
    row.first_event === null || row.last_event === null || row.last_ingestion === null
      ? undefined
      : { firstEvent: epochMillis(row.first_event), lastEvent: epochMillis(row.last_event), lastIngestion: epochMillis(row.last_ingestion) },
})
