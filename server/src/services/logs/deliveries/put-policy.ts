import type { Tenant } from '../../../base/tenancy.ts'
import { destinationNotFound } from './delivery-faults.ts'
import type { LogDeliveryStore } from './ports.ts'

/** Gives a destination a policy, or takes it away; throws when there is no such destination. */
export const putPolicy = (store: LogDeliveryStore, tenant: Tenant, name: string, policy: string | undefined) =>
  store.putDestination(tenant, {}, destinations => {
    const destination = destinations.find(one => one.name === name)
    if (destination === undefined) throw destinationNotFound()
    return { ...destination, policy }
  })
