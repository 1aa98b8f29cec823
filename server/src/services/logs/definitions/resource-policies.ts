import type { ResourcePolicy } from '@aws-sdk/client-cloudwatch-logs'
import { uuidOf } from '../../../base/uuid-of.ts'
import type { LogDocument } from '../../../model/log-document.ts'
import { Fault } from '../../../wire/fault.ts'

/** What resource policies mean here, for docs/fidelity.md. */
export const RESOURCE_POLICY_DIFFERENCE =
  'policies are kept and shown: on AWS they let AWS\'s own services put events, and there are none here'

/** Policies of an account are kept by their names, those of a log group by its ARN. */
export const resourcePolicyKey = ({ policyName, resourceArn }: { readonly policyName?: string | undefined; readonly resourceArn?: string | undefined }): string | undefined => {
  if (resourceArn !== undefined) return `arn/${resourceArn.replace(/:\*$/, '')}`
  return policyName === undefined ? undefined : `name/${policyName}`
}

/** Policies of one account without a resource, as documented with PutResourcePolicy. */
export const ACCOUNT_RESOURCE_POLICIES = 10

interface StoredResourcePolicy {
  readonly policyName?: string | undefined
  readonly resourceArn?: string | undefined
  readonly policyDocument: string
}

export const readResourcePolicy = ({ document }: LogDocument): StoredResourcePolicy => JSON.parse(document) as StoredResourcePolicy

export const revisionOf = ({ name, document, updatedAt }: LogDocument): string => uuidOf(`${name} ${updatedAt} ${document}`).replaceAll('-', '')

export const describedResourcePolicy = (kept: LogDocument): ResourcePolicy => {
  const { policyName, resourceArn, policyDocument } = readResourcePolicy(kept)
  const described = { policyName, policyDocument, lastUpdatedTime: kept.updatedAt }
  if (resourceArn === undefined) return { ...described, policyScope: 'ACCOUNT' }
  return { ...described, policyScope: 'RESOURCE', resourceArn, revisionId: revisionOf(kept) }
}

/** Somebody else changed it since the caller looked. */
export const revisionConflict = (): Fault => new Fault('OperationAbortedException', 'Multiple concurrent requests to update the same resource were in conflict.')
