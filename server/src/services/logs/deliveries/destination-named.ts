import type { Tenant } from '../../../base/tenancy.ts'
import type { LogDeliveryDestination } from '../../../model/log-delivery.ts'
import { destinationNotFound } from './delivery-faults.ts'
import type { LogDeliveryStore } from './ports.ts'

/** The tenant's destination of that name; throws when there is none. */
export const deliveryDestinationNamed = async (store: Pick<LogDeliveryStore, 'destinations'>, tenant: Tenant, name: string): Promise<LogDeliveryDestination> => {
  const found = (await store.destinations(tenant)).find(one => one.name === name)
  if (found === undefined) throw destinationNotFound()
  return found
}
