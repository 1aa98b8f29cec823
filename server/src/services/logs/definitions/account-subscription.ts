import type { Tenant } from '../../../base/tenancy.ts'
import { oneOf, structure, text } from '../../constraints.ts'
import { invalidParameter } from '../faults.ts'
import { FILTER_PATTERN, readPattern } from '../filter-rules.ts'
import { check } from '../limits.ts'
import { checkDestination, type DestinationParts } from '../subscription-destination.ts'

const DOCUMENT = structure(
  { DestinationArn: text({ min: 1 }), RoleArn: text({ min: 1 }), FilterPattern: FILTER_PATTERN, Distribution: oneOf(['Random', 'ByLogStream']) },
  ['DestinationArn'],
)

interface SubscriptionDocument {
  readonly DestinationArn?: unknown
  readonly RoleArn?: unknown
  readonly FilterPattern?: unknown
}

/** Throws what is wrong with the document of an account's subscription filter policy. */
export const checkAccountSubscription = async (destinations: DestinationParts, tenant: Tenant, document: SubscriptionDocument): Promise<void> => {
  for (const name of ['DestinationArn', 'RoleArn', 'FilterPattern'] as const) {
    if (document[name] !== undefined && typeof document[name] !== 'string') throw invalidParameter(`${name} of the policy document must be a string.`)
  }
  // AWS's own words, without the blank.
  if (document.DestinationArn === undefined) throw invalidParameter('MissingDestinationArnfield in policy document')
  check(DOCUMENT, document)
  const { DestinationArn, RoleArn, FilterPattern } = document as { readonly DestinationArn: string; readonly RoleArn?: string; readonly FilterPattern?: string }
  readPattern(FilterPattern ?? '', 'filter')
  await checkDestination(destinations, tenant, DestinationArn, RoleArn, 'PutAccountPolicy')
}
