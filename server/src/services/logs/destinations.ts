import type { Destination } from '@aws-sdk/client-cloudwatch-logs'
import { logDestinationArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { LogDestination } from '../../model/log-filter.ts'
import { text } from '../constraints.ts'
import { notFound } from './faults.ts'
import type { LogDestinationStore } from './ports.ts'

export const DESTINATION_NAME = text({ min: 1, max: 512, pattern: /[^:*]*/ })

/** The tenant's destination of that name; throws when there is none. */
export const destinationNamed = (destinations: LogDestinationStore, tenant: Tenant, name: string): LogDestination => {
  const found = destinations.byArn(logDestinationArn(tenant, name))
  if (found === undefined) throw notFound('The specified destination does not exist.')
  return found
}

export const shownDestination = ({ name, targetArn, roleArn, accessPolicy, arn, createdAt }: LogDestination): Destination => ({
  destinationName: name,
  targetArn,
  roleArn,
  accessPolicy,
  arn,
  creationTime: createdAt,
})
