import type { Selectable } from 'kysely'
import { logDeliveryArn, logDeliveryDestinationArn, logDeliverySourceArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { epochMillis } from '../../base/time.ts'
import type { LogDelivery, LogDeliveryDestination, LogDeliverySource } from '../../model/log-delivery.ts'
import { type ControlDatabase, type ControlScope, owner, stored, tenantOf } from './control-database.ts'
import type { LogDeliveryEndRow, LogDeliveryRow } from './log-tables.ts'
import { deleteTags, writeTags } from './tags.ts'

type TagMap = Readonly<Record<string, string>>
type EndTable = 'log_delivery_sources' | 'log_delivery_destinations'

/** Sources, destinations and deliveries of logs; lists are in the order in which things were made. */
export class LogDeliveries {
  readonly #database: ControlDatabase

  constructor(database: ControlDatabase) {
    this.#database = database
  }

  sources(tenant: Tenant): Promise<readonly LogDeliverySource[]> {
    return sourcesIn(this.#database, tenant)
  }

  destinations(tenant: Tenant): Promise<readonly LogDeliveryDestination[]> {
    return destinationsIn(this.#database, tenant)
  }

  deliveries(tenant: Tenant): Promise<readonly LogDelivery[]> {
    return deliveriesIn(this.#database, tenant)
  }

  /** Stores what `decide` makes of the tenant's sources as they are by then; it may refuse by throwing. Tags are for one that is new. */
  putSource(tenant: Tenant, tags: TagMap, decide: (sources: readonly LogDeliverySource[]) => LogDeliverySource): Promise<LogDeliverySource> {
    return this.#database.transaction().execute(async scope => {
      const source = decide(await sourcesIn(scope, tenant))
      await putEnd(scope, 'log_delivery_sources', source)
      await writeTags(scope, tenant, logDeliverySourceArn(tenant, source.name), tags)
      return source
    })
  }

  /** As `putSource`. */
  putDestination(
    tenant: Tenant, tags: TagMap, decide: (destinations: readonly LogDeliveryDestination[]) => LogDeliveryDestination,
  ): Promise<LogDeliveryDestination> {
    return this.#database.transaction().execute(async scope => {
      const destination = decide(await destinationsIn(scope, tenant))
      await putEnd(scope, 'log_delivery_destinations', destination)
      await writeTags(scope, tenant, logDeliveryDestinationArn(tenant, destination.name), tags)
      return destination
    })
  }

  /** As `putSource`; `decide` also sees what a delivery may be between. */
  create(
    tenant: Tenant,
    tags: TagMap,
    decide: (known: {
      readonly sources: readonly LogDeliverySource[]
      readonly destinations: readonly LogDeliveryDestination[]
      readonly deliveries: readonly LogDelivery[]
    }) => LogDelivery,
  ): Promise<LogDelivery> {
    return this.#database.transaction().execute(async scope => {
      const delivery = decide({
        sources: await sourcesIn(scope, tenant),
        destinations: await destinationsIn(scope, tenant),
        deliveries: await deliveriesIn(scope, tenant),
      })
      const { id, source, destination, createdAt } = delivery
      const row = { ...owner(tenant), id, source, destination, created_at: createdAt, definition: definitionOf(delivery) }
      await scope.insertInto('log_deliveries').values(row).execute()
      await writeTags(scope, tenant, logDeliveryArn(tenant, id), tags)
      return delivery
    })
  }

  /** False when it is gone. */
  async update(delivery: LogDelivery): Promise<boolean> {
    const { tenant, id } = delivery
    const { numUpdatedRows } = await this.#database
      .updateTable('log_deliveries')
      .set({ definition: definitionOf(delivery) })
      .where(eb => eb.and(owner(tenant)))
      .where('id', '=', id)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  /** With its tags. `used`: a delivery names it. */
  deleteSource(tenant: Tenant, name: string): Promise<'deleted' | 'missing' | 'used'> {
    return this.#database.transaction().execute(async scope => {
      if ((await deliveriesIn(scope, tenant)).some(({ source }) => source === name)) return 'used'
      return deleteEnd(scope, 'log_delivery_sources', tenant, name, logDeliverySourceArn(tenant, name))
    })
  }

  /** As `deleteSource`. */
  deleteDestination(tenant: Tenant, name: string): Promise<'deleted' | 'missing' | 'used'> {
    return this.#database.transaction().execute(async scope => {
      if ((await deliveriesIn(scope, tenant)).some(({ destination }) => destination === name)) return 'used'
      return deleteEnd(scope, 'log_delivery_destinations', tenant, name, logDeliveryDestinationArn(tenant, name))
    })
  }

  /** With its tags; false when it was not there. */
  delete(tenant: Tenant, id: string): Promise<boolean> {
    return this.#database.transaction().execute(async scope => {
      const { numDeletedRows } = await scope.deleteFrom('log_deliveries').where(eb => eb.and(owner(tenant))).where('id', '=', id).executeTakeFirst()
      await deleteTags(scope, tenant, [logDeliveryArn(tenant, id)])
      return numDeletedRows > 0n
    })
  }
}

const definitionOf = ({ type, recordFields, fieldDelimiter, s3 }: LogDelivery): string => JSON.stringify({ type, recordFields, fieldDelimiter, s3 })

const ends = (scope: ControlScope, table: EndTable, tenant: Tenant): Promise<readonly Selectable<LogDeliveryEndRow>[]> =>
  scope.selectFrom(table).selectAll().where(eb => eb.and(owner(tenant))).orderBy('seq').execute()

const endOf = <End extends LogDeliverySource | LogDeliveryDestination>(row: Selectable<LogDeliveryEndRow>): End =>
  ({ ...stored<End>(row.definition), tenant: tenantOf(row), name: row.name, createdAt: epochMillis(row.created_at) })

const sourcesIn = async (scope: ControlScope, tenant: Tenant): Promise<readonly LogDeliverySource[]> =>
  (await ends(scope, 'log_delivery_sources', tenant)).map(row => endOf<LogDeliverySource>(row))

const destinationsIn = async (scope: ControlScope, tenant: Tenant): Promise<readonly LogDeliveryDestination[]> =>
  (await ends(scope, 'log_delivery_destinations', tenant)).map(row => endOf<LogDeliveryDestination>(row))

const deliveriesIn = async (scope: ControlScope, tenant: Tenant): Promise<readonly LogDelivery[]> => {
  const rows: readonly Selectable<LogDeliveryRow>[] = await scope.selectFrom('log_deliveries').selectAll().where(eb => eb.and(owner(tenant))).orderBy('seq').execute()
  return rows.map(row => ({
    ...stored<LogDelivery>(row.definition), tenant: tenantOf(row), id: row.id, source: row.source, destination: row.destination, createdAt: epochMillis(row.created_at),
  }))
}

const putEnd = async (scope: ControlScope, table: EndTable, end: LogDeliverySource | LogDeliveryDestination): Promise<void> => {
  const { tenant, name, createdAt, ...rest } = end
  const definition = JSON.stringify(rest)
  await scope
    .insertInto(table)
    .values({ ...owner(tenant), name, created_at: createdAt, definition })
    .onConflict(conflict => conflict.columns(['account', 'region', 'name']).doUpdateSet({ definition }))
    .execute()
}

const deleteEnd = async (scope: ControlScope, table: EndTable, tenant: Tenant, name: string, arn: string): Promise<'deleted' | 'missing'> => {
  const { numDeletedRows } = await scope.deleteFrom(table).where(eb => eb.and(owner(tenant))).where('name', '=', name).executeTakeFirst()
  await deleteTags(scope, tenant, [arn])
  return numDeletedRows > 0n ? 'deleted' : 'missing'
}
