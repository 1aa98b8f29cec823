import type { PolicyType } from '@aws-sdk/client-cloudwatch-logs'
import { criteriaOverlap, type GroupCriteria, readGroupCriteria } from '../../../engines/patterns/group-criteria.ts'
import { invalidParameter } from '../faults.ts'
import type { StoredAccountPolicy } from './account-policies.ts'

/** Documented with PutAccountPolicy. */
const CRITERIA_BYTES = 25_000
const LIST_LENGTH = 50

interface Form {
  readonly fits: (criteria: GroupCriteria) => boolean
  readonly refusal: string
}

const PREFIXES: Form = {
  fits: ({ by, negated }) => by === 'LogGroupNamePrefix' && !negated,
  refusal: 'Invalid selection criteria provided.',
}
const FORMS: Partial<Record<PolicyType, Form>> = {
  FIELD_INDEX_POLICY: PREFIXES,
  TRANSFORMER_POLICY: PREFIXES,
  RETENTION_POLICY: PREFIXES,
  SUBSCRIPTION_FILTER_POLICY: { fits: ({ by, negated }) => by === 'LogGroupName' && negated, refusal: 'The provided SelectionCriteria string is invalid.' },
  METRIC_EXTRACTION_POLICY: { fits: ({ values }) => values.length <= LIST_LENGTH, refusal: `The selectionCriteria must be LogGroupName or LogGroupNamePrefix, IN or NOT IN a list of at most ${LIST_LENGTH} names.` },
}
/** Two of these may not be for the same log group. */
const APART: ReadonlySet<PolicyType> = new Set(['TRANSFORMER_POLICY', 'FIELD_INDEX_POLICY', 'METRIC_EXTRACTION_POLICY'])

/** Which log groups the policy is for; undefined: all. Throws what AWS refuses. `others` are the account's other policies of the type. */
export const checkSelection = (type: PolicyType, text: string | undefined, others: readonly StoredAccountPolicy[]): void => {
  const criteria = text === undefined ? undefined : readSelection(type, text)
  if (!APART.has(type)) return
  const before = others.find(({ selectionCriteria }) => {
    const other = selectionCriteria === undefined ? undefined : readGroupCriteria(selectionCriteria)
    return criteria === undefined || other === undefined || criteriaOverlap(criteria, other)
  })
  if (before !== undefined) throw invalidParameter(`The policy selects log groups that the policy ${before.policyName} selects, too.`)
}

const readSelection = (type: PolicyType, text: string): GroupCriteria => {
  const form = FORMS[type]
  if (form === undefined) throw invalidParameter(`SelectionCriteria is not yet supported for the ${type} policy type.`)
  if (Buffer.byteLength(text) > CRITERIA_BYTES) throw invalidParameter(`selectionCriteria is longer than ${CRITERIA_BYTES} bytes.`)
  const criteria = readGroupCriteria(text)
  if (criteria === undefined || !form.fits(criteria)) throw invalidParameter(form.refusal)
  return criteria
}
