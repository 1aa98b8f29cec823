import type { PolicyType, Processor, PutAccountPolicyCommandInput, PutAccountPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import { readRetentionDocument, RetentionProblem } from '../../../engines/log-retention/retention-document.ts'
import type { Fault } from '../../../wire/fault.ts'
import { structure, oneOf, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, limitExceeded } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogGroupFigures, LogGroupStore } from '../ports.ts'
import type { DestinationParts } from '../subscription-destination.ts'
import { ACCOUNT_POLICY_TYPES, accountPolicies, accountPolicyKey, type AccountPolicyStores, describedPolicy, type StoredAccountPolicy } from './account-policies.ts'
import { checkAccountSubscription } from './account-subscription.ts'
import { checkIndexDocument } from './index-document.ts'
import { POLICY_TYPE } from './policy-type.ts'
import { checkedProtection, PROTECTION_DIFFERENCE } from './protection-document.ts'
import { checkSelection } from './policy-selection.ts'
import { retentionImpact, ruleBefore } from './retention-impact.ts'
import { readTransformer, TRANSFORMER_CONFIG } from './transformer-config.ts'

const INPUT = structure(
  { policyName: text({ min: 1, max: 256 }), policyDocument: text({ min: 1 }), policyType: POLICY_TYPE, scope: oneOf(['ALL']), selectionCriteria: text() },
  ['policyName', 'policyDocument', 'policyType'],
)
const TRANSFORMER = structure({ policyDocument: TRANSFORMER_CONFIG }, ['policyDocument'])

export const putAccountPolicy = (groups: LogGroupStore, figures: LogGroupFigures, stores: AccountPolicyStores, destinations: DestinationParts) =>
  operation<PutAccountPolicyCommandInput, PutAccountPolicyResponse>({
    name: 'PutAccountPolicy',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    also: ({ policyType }, tenant) => {
      const permission = policyType === undefined ? undefined : (ACCOUNT_POLICY_TYPES as Readonly<Record<string, { readonly permission: string } | undefined>>)[policyType]?.permission
      return permission === undefined ? [] : [{ permission, resource: `${logGroupArn(tenant, '*')}:log-stream:` }]
    },
    differs: [
      { member: 'selectionCriteria', how: 'field index policies are for prefixes of names, not for data sources' },
      { member: 'policyDocument', how: `of data protection: ${PROTECTION_DIFFERENCE}` },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { policyName = '', policyDocument = '', selectionCriteria } = input
      const policyType = input.policyType!
      if (policyName.startsWith('aws/')) throw invalidParameter('A policy name cannot start with aws/.')
      if (input.dryRun === true && policyType !== 'RETENTION_POLICY') throw invalidParameter('dryRun is valid only for RETENTION_POLICY.')
      const policies = await accountPolicies(stores, tenant, policyType)
      const existing = policies.find(policy => policy.policyName === policyName)
      if (existing === undefined && policies.length >= ACCOUNT_POLICY_TYPES[policyType].most) throw limitExceeded()
      const before = policyType === 'RETENTION_POLICY' ? ruleBefore(existing, now) : undefined
      const policy: StoredAccountPolicy = {
        policyName,
        policyType,
        policyDocument,
        ...(selectionCriteria === undefined ? {} : { selectionCriteria }),
        createdAt: existing?.createdAt ?? now,
        lastUpdatedTime: now,
        ...(before === undefined ? {} : { before }),
      }
      const others = policies.filter(other => other.policyName !== policyName)
      if (policyType === 'DATA_PROTECTION_POLICY') {
        checkSelection(policyType, selectionCriteria, others)
        checkedProtection(groups, tenant, policyDocument)
        await stores.protections.put({ tenant, group: undefined, name: policyName, document: policyDocument, since: now })
      } else {
        await checkDocument(policyType, policyDocument, tenant, destinations)
        checkSelection(policyType, selectionCriteria, others)
        if (input.dryRun === true) return { dryRunResult: await retentionImpact({ groups, figures }, { policies, policy, gone: false }, tenant, now) }
        const { createdAt, lastUpdatedTime: updatedAt, ...kept } = policy
        const name = accountPolicyKey(policyType, policyName)
        await stores.documents.put({ tenant, kind: 'account-policy', name, group: undefined, document: JSON.stringify(kept), createdAt, updatedAt })
      }
      return { accountPolicy: describedPolicy(tenant, policy) }
    },
  })

const checkDocument = async (type: PolicyType, document: string, tenant: Tenant, destinations: DestinationParts): Promise<void> => {
  if (type === 'FIELD_INDEX_POLICY') {
    checkIndexDocument(document)
    return
  }
  if (document.length > CHARACTERS) throw invalidParameter(`The policy document is longer than ${CHARACTERS} characters.`)
  if (type === 'RETENTION_POLICY') {
    checkRetention(document)
    return
  }
  const value = parsed(type, document)
  if (type === 'TRANSFORMER_POLICY') {
    if (!Array.isArray(value)) throw malformed(type)
    check(TRANSFORMER, { policyDocument: value })
    readTransformer(value as readonly Processor[])
    return
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed(type)
  if (type === 'SUBSCRIPTION_FILTER_POLICY') await checkAccountSubscription(destinations, tenant, value)
}

const checkRetention = (document: string): void => {
  try {
    readRetentionDocument(document)
  } catch (error) {
    if (error instanceof RetentionProblem) throw invalidParameter(error.message)
    throw error
  }
}

const parsed = (type: PolicyType, document: string): unknown => {
  try {
    return JSON.parse(document)
  } catch {
    throw malformed(type)
  }
}

const malformed = (type: PolicyType): Fault => invalidParameter(MALFORMED[type] ?? 'The policy document must be an object in JSON.')

/** In AWS's words, where they are known. */
const MALFORMED: Partial<Record<PolicyType, string>> = {
  SUBSCRIPTION_FILTER_POLICY: 'Malformed Subscription filter policy',
  TRANSFORMER_POLICY: 'Invalid json transformer config provided',
}

/** As of the other policies. */
const CHARACTERS = 51_200
