import { logGroupArn } from '../../base/arn.ts'
import { epochMillis } from '../../base/time.ts'
import type { LogGroup, LogGroupClass } from '../../model/log.ts'
import { type ControlDatabase, owner, tenantOf } from './control-database.ts'
import type { LogGroupRow } from './log-tables.ts'
import { deleteTags, writeTags } from './tags.ts'

/** Events that have to go from the telemetry store: of a stream up to a `seq`, or, without a stream, all of a group. */
export interface LogRemoval {
  readonly group: number
  readonly stream: string | undefined
  readonly upTo: bigint
}

/** Log groups as they are defined; `store/logs/log-directory.ts` keeps them at hand. */
export class LogGroups {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  async all(): Promise<readonly LogGroup[]> {
    const rows = await this.#database.selectFrom('log_groups').selectAll().execute()
    return rows.map(groupOf)
  }

  /** Gives it its number. */
  create(group: Omit<LogGroup, 'id'>, tags: Readonly<Record<string, string>>): Promise<LogGroup> {
    const { tenant, name, createdAt } = group
    return this.#database.transaction().execute(async scope => {
      const { id } = await scope
        .insertInto('log_groups')
        .values({ ...owner(tenant), name, class: group.class, ...changeable(group), created_at: createdAt })
        .returning('id')
        .executeTakeFirstOrThrow()
      await writeTags(scope, tenant, group.arn, tags)
      return { ...group, id }
    })
  }

  async update(group: LogGroup): Promise<void> {
    await this.#database.updateTable('log_groups').set(changeable(group)).where('id', '=', group.id).execute()
  }

  /** With its streams, fields and tags; notes that its events have to go. */
  async delete(group: LogGroup): Promise<void> {
    await this.#database.transaction().execute(async scope => {
      await scope.deleteFrom('log_groups').where('id', '=', group.id).execute()
      await deleteTags(scope, group.tenant, [group.arn])
      await scope.deleteFrom('log_removals').where('group_id', '=', group.id).execute()
      await scope.insertInto('log_removals').values({ group_id: group.id, stream: '', up_to: '' }).execute()
    })
  }

  async removals(): Promise<readonly LogRemoval[]> {
    const rows = await this.#database.selectFrom('log_removals').selectAll().execute()
    return rows.map(({ group_id, stream, up_to }) => ({ group: group_id, stream: stream === '' ? undefined : stream, upTo: BigInt(up_to) }))
  }

  /** Forgets a removal that is done, unless the stream was deleted once more meanwhile. */
  async removed({ group, stream = '', upTo }: LogRemoval): Promise<void> {
    await this.#database
      .deleteFrom('log_removals')
      .where('group_id', '=', group)
      .where('stream', '=', stream)
      .where('up_to', '=', stream === '' ? '' : String(upTo))
      .execute()
  }
}

const changeable = ({ retentionDays, kmsKeyId, deletionProtected, bearerTokens }: Omit<LogGroup, 'id'>) => ({
  retention_days: retentionDays ?? null,
  kms_key_id: kmsKeyId ?? null,
  deletion_protected: deletionProtected ? 1 : 0,
  bearer_tokens: bearerTokens ? 1 : 0,
})

const groupOf = (row: Omit<LogGroupRow, 'id'> & { readonly id: number }): LogGroup => {
  const tenant = tenantOf(row)
  return {
    tenant,
    id: row.id,
    name: row.name,
    arn: logGroupArn(tenant, row.name),
    class: row.class as LogGroupClass,
    retentionDays: row.retention_days ?? undefined,
    kmsKeyId: row.kms_key_id ?? undefined,
    deletionProtected: row.deletion_protected === 1,
    bearerTokens: row.bearer_tokens === 1,
    createdAt: epochMillis(row.created_at),
  }
}
