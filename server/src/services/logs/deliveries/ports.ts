import type { Entropy } from '../../../base/entropy.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { LogDelivery, LogDeliveryDestination, LogDeliverySource } from '../../../model/log-delivery.ts'

type TagMap = Readonly<Record<string, string>>

/** Lists are in the order in which things were made; `decide` sees what there is by then, and may refuse by throwing. */
export interface LogDeliveryStore {
  sources(tenant: Tenant): Promise<readonly LogDeliverySource[]>
  destinations(tenant: Tenant): Promise<readonly LogDeliveryDestination[]>
  deliveries(tenant: Tenant): Promise<readonly LogDelivery[]>
  putSource(tenant: Tenant, tags: TagMap, decide: (sources: readonly LogDeliverySource[]) => LogDeliverySource): Promise<LogDeliverySource>
  putDestination(
    tenant: Tenant, tags: TagMap, decide: (destinations: readonly LogDeliveryDestination[]) => LogDeliveryDestination,
  ): Promise<LogDeliveryDestination>
  create(tenant: Tenant, tags: TagMap, decide: (known: KnownDeliveries) => LogDelivery): Promise<LogDelivery>
  /** False when it is gone. */
  update(delivery: LogDelivery): Promise<boolean>
  deleteSource(tenant: Tenant, name: string): Promise<Deleted>
  deleteDestination(tenant: Tenant, name: string): Promise<Deleted>
  delete(tenant: Tenant, id: string): Promise<boolean>
}

export interface KnownDeliveries {
  readonly sources: readonly LogDeliverySource[]
  readonly destinations: readonly LogDeliveryDestination[]
  readonly deliveries: readonly LogDelivery[]
}

/** `used`: a delivery names it. */
type Deleted = 'deleted' | 'missing' | 'used'

export interface LogDeliveryPorts {
  readonly store: LogDeliveryStore
  readonly entropy: Entropy
}
