import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { AlarmContributor } from '../../model/alarm.ts'
import { type ControlScope, inChunks, owner, stored } from './control-database.ts'
import type { ContributorRow } from './tables.ts'

/** The alarm's contributors as they are now; those that were there before are gone. */
export const writeContributors = async (
  scope: ControlScope, tenant: Tenant, arn: string, contributors: readonly AlarmContributor[],
): Promise<void> => {
  await deleteContributors(scope, tenant, [arn])
  const rows = contributors.map(
    (contributor): ContributorRow => ({
      ...owner(tenant),
      alarm_arn: arn,
      id: contributor.id,
      attributes: JSON.stringify(contributor.attributes),
      value: contributor.value,
      reason: contributor.reason,
      transitioned_at: contributor.transitionedAt,
      turning_since: contributor.turningSince ?? null,
    }),
  )
  for (const chunk of inChunks(rows)) await scope.insertInto('alarm_contributors').values(chunk).execute()
}

export const deleteContributors = async (scope: ControlScope, tenant: Tenant, arns: readonly string[]): Promise<void> => {
  for (const chunk of inChunks(arns)) {
    await scope
      .deleteFrom('alarm_contributors')
      .where(eb => eb.and(owner(tenant)))
      .where('alarm_arn', 'in', chunk)
      .execute()
  }
}

/** By id. */
export const readContributors = async (scope: ControlScope, tenant: Tenant, arn: string): Promise<readonly AlarmContributor[]> => {
  const rows = await scope
    .selectFrom('alarm_contributors')
    .selectAll()
    .where(eb => eb.and(owner(tenant)))
    .where('alarm_arn', '=', arn)
    .orderBy('id')
    .execute()
  return rows.map(contributorOf)
}

/** Of every alarm that has any, by its ARN. */
export const readAllContributors = async (scope: ControlScope): Promise<ReadonlyMap<string, readonly AlarmContributor[]>> => {
  const byAlarm = new Map<string, AlarmContributor[]>()
  for (const row of await scope.selectFrom('alarm_contributors').selectAll().orderBy('id').execute()) {
    const known = byAlarm.get(row.alarm_arn)
    if (known === undefined) byAlarm.set(row.alarm_arn, [contributorOf(row)])
    else known.push(contributorOf(row))
  }
  return byAlarm
}

const contributorOf = (row: ContributorRow): AlarmContributor => ({
  id: row.id,
  attributes: stored<AlarmContributor['attributes']>(row.attributes),
  value: row.value as AlarmContributor['value'],
  reason: row.reason,
  transitionedAt: epochMillis(row.transitioned_at),
  turningSince: row.turning_since === null ? undefined : epochMillis(row.turning_since),
})
