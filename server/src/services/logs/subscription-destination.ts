import { parseArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import { Fault } from '../../wire/fault.ts'
import { invalidParameter } from './faults.ts'
import type { LogDestinationStore, LogTopics } from './ports.ts'

export interface DestinationParts {
  readonly topics: LogTopics
  readonly destinations: Pick<LogDestinationStore, 'byArn'>
}

/** What AWS delivers to with a role of the account, and what without. */
const NEEDS_ROLE: ReadonlySet<string> = new Set(['kinesis', 'firehose'])
const TAKES_NO_ROLE: ReadonlySet<string> = new Set(['lambda', 'logs'])
/** What the ARN of each has to begin with behind the account. */
const RESOURCES: ReadonlyMap<string, string> = new Map([
  ['kinesis', 'stream/'], ['firehose', 'deliverystream/'], ['lambda', 'function:'], ['logs', 'destination:'], ['ssm', 'document/'], ['sns', ''],
])

/** Refuses a destination, in AWS's words where AWS has the kind, that nothing can ever be sent to. */
export const checkDestination = async (
  parts: DestinationParts, tenant: Tenant, destination: string, roleArn: string | undefined, operation: string,
): Promise<void> => {
  checkForm(tenant, destination, roleArn, operation)
  await checkThere(parts, tenant, destination)
}

/** What can be said of it by its words alone. */
export const checkForm = (tenant: Tenant, destination: string, roleArn: string | undefined, operation: string): void => {
  if (isAddress(destination)) return
  const arn = parseArn(destination)
  const vendor = arn?.service ?? ''
  const begin = RESOURCES.get(vendor)
  if (arn !== undefined && begin === undefined) throw invalidParameter(`${operation} operation cannot work with destinationArn for vendor ${vendor}`)
  if (arn === undefined || begin === undefined || !arn.resource.startsWith(begin) || arn.resource === begin) {
    throw invalidParameter('destinationArn must be the ARN of a supported destination, or an http or https address')
  }
  if (NEEDS_ROLE.has(vendor) && roleArn === undefined) throw invalidParameter(`destinationArn for vendor ${vendor} cannot be used without roleArn`)
  if (TAKES_NO_ROLE.has(vendor) && roleArn !== undefined) throw invalidParameter(`destinationArn for vendor ${vendor} cannot be used with roleArn`)
  if (arn.account !== tenant.account) throw crossAccount(vendor)
}

const isAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && text.length <= MAX_ADDRESS
}

const MAX_ADDRESS = 2048

const crossAccount = (vendor: string): Fault =>
  vendor === 'lambda'
    ? new Fault('AccessDeniedException', 'Cross-account lambda invocation passing is not allowed. You must use DestinationPolicies to create cross account lambda triggers.')
    : new Fault('AccessDeniedException', `Cross-account pass role is not allowed.`)

/** AWS sends a test message; what does not live here is taken at its word. */
export const checkThere = async ({ topics, destinations }: DestinationParts, tenant: Tenant, destination: string): Promise<void> => {
  const { service, region } = parseArn(destination) ?? {}
  if (service === 'sns' && (region !== tenant.region || (await topics.get(tenant, destination)) === undefined)) {
    throw invalidParameter('Could not deliver test message to specified SNS topic. Check if the given topic exists.')
  }
  if (service === 'logs' && destinations.byArn(destination) === undefined) {
    throw invalidParameter('Could not deliver test message to specified destination. Check if the destination is valid.')
  }
}
