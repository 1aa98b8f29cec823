import { logDeliveryArn, logDeliveryDestinationArn, logDeliverySourceArn, lookupTableArn, parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { Fault } from '../../wire/fault.ts'
import type { LogAnomalyDetectorStore } from './anomalies/ports.ts'
import { deliveryNotFound, destinationNotFound, sourceNotFound } from './deliveries/delivery-faults.ts'
import type { LogDeliveryStore } from './deliveries/ports.ts'
import { groupNotFound, invalidParameter, notFound } from './faults.ts'
import type { LogDestinationStore, LogGroupStore } from './ports.ts'
import type { LookupTableStore, ScheduledQueryStore } from './queries/ports.ts'

/** Everything of logs that has tags. */
export interface TaggedResources {
  readonly groups: Pick<LogGroupStore, 'find'>
  readonly destinations: Pick<LogDestinationStore, 'byArn'>
  readonly lookupTables: Pick<LookupTableStore, 'list'>
  readonly schedules: Pick<ScheduledQueryStore, 'list'>
  readonly detectors: Pick<LogAnomalyDetectorStore, 'list'>
  readonly deliveries: Pick<LogDeliveryStore, 'sources' | 'destinations' | 'deliveries'>
}

/** The ARN under which the tags of what a tag operation names are kept; throws when the tenant has no such thing. */
export const taggedArn = async (resources: TaggedResources, tenant: Tenant, arn: string): Promise<string> => {
  const parts = parseArn(arn)
  const kind = parts?.service === 'logs' ? KINDS.get(parts.resource.split(':', 1)[0]!) : undefined
  if (kind === undefined) throw invalidParameter(`Invalid resource ARN: ${arn}`)
  const found = await kind.find(resources, tenant, arn)
  if (found === undefined) throw kind.missing()
  return found
}

interface Kind {
  readonly missing: () => Fault
  find(resources: TaggedResources, tenant: Tenant, arn: string): string | undefined | Promise<string | undefined>
}

/** By what stands behind the account in an ARN. */
const KINDS: ReadonlyMap<string, Kind> = new Map(Object.entries<Kind>({
  'log-group': { missing: groupNotFound, find: ({ groups }, tenant, arn) => groups.find(tenant, arn)?.arn },
  'destination': {
    missing: () => notFound('The specified destination does not exist.'),
    find({ destinations }, { account, region }, arn) {
      const found = destinations.byArn(arn)
      return found?.tenant.account === account && found.tenant.region === region ? arn : undefined
    },
  },
  'lookup-table': {
    missing: () => notFound('The specified lookup table does not exist.'),
    find: ({ lookupTables }, tenant, arn) => lookupTables.list(tenant).map(({ name }) => lookupTableArn(tenant, name)).find(one => one === arn),
  },
  'scheduled-query': {
    missing: () => notFound('The specified scheduled query does not exist.'),
    find: async ({ schedules }, tenant, arn) => (await schedules.list(tenant)).find(one => one.arn === arn)?.arn,
  },
  'anomaly-detector': {
    missing: () => notFound('The specified anomaly detector does not exist.'),
    find: async ({ detectors }, tenant, arn) => (await detectors.list(tenant)).find(one => one.arn === arn)?.arn,
  },
  'delivery-source': {
    missing: sourceNotFound,
    find: async ({ deliveries }, tenant, arn) => (await deliveries.sources(tenant)).map(({ name }) => logDeliverySourceArn(tenant, name)).find(one => one === arn),
  },
  'delivery-destination': {
    missing: destinationNotFound,
    find: async ({ deliveries }, tenant, arn) =>
      (await deliveries.destinations(tenant)).map(({ name }) => logDeliveryDestinationArn(tenant, name)).find(one => one === arn),
  },
  'delivery': {
    missing: deliveryNotFound,
    find: async ({ deliveries }, tenant, arn) => (await deliveries.deliveries(tenant)).map(({ id }) => logDeliveryArn(tenant, id)).find(one => one === arn),
  },
}))
