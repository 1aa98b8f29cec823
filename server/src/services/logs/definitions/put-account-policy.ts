import type { PolicyType, Processor, PutAccountPolicyCommandInput, PutAccountPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import type { Tenant } from '../../../base/tenancy.ts'
import type { Fault } from '../../../wire/fault.ts'
import { structure, oneOf, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, limitExceeded } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import type { DestinationParts } from '../subscription-destination.ts'
import { ACCOUNT_POLICY_TYPES, accountPolicies, accountPolicyKey, type AccountPolicyStores, describedPolicy, type StoredAccountPolicy } from './account-policies.ts'
import { checkAccountSubscription } from './account-subscription.ts'
import { checkIndexDocument } from './index-document.ts'
import { POLICY_TYPE } from './policy-type.ts'
import { checkedProtection, PROTECTION_DIFFERENCE } from './protection-document.ts'
import { checkSelection } from './policy-selection.ts'
import { readTransformer, TRANSFORMER_CONFIG } from './transformer-config.ts'

const INPUT = structure(
  { policyName: text({ min: 1, max: 256 }), policyDocument: text({ min: 1 }), policyType: POLICY_TYPE, scope: oneOf(['ALL']), selectionCriteria: text() },
  ['policyName', 'policyDocument', 'policyType'],
)
const TRANSFORMER = structure({ policyDocument: TRANSFORMER_CONFIG }, ['policyDocument'])

export const putAccountPolicy = (groups: LogGroupStore, stores: AccountPolicyStores, destinations: DestinationParts) =>
  operation<PutAccountPolicyCommandInput, PutAccountPolicyResponse>({
    name: 'PutAccountPolicy',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    also: ({ policyType }, tenant) => {
      const permission = policyType === undefined ? undefined : ACCOUNT_POLICY_TYPES[policyType]?.permission
      return permission === undefined ? [] : [{ permission, resource: `${logGroupArn(tenant, '*')}:log-stream:` }]
    },
    differs: [
      { member: 'policyType', how: 'policies of retention are refused' },
      { member: 'policyDocument', how: `of data protection: ${PROTECTION_DIFFERENCE}` },
      { member: 'dryRun', how: 'is for retention policies, which are refused' },
      { member: 'dryRunResult', how: 'is for retention policies, which are refused' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { policyName = '', policyDocument = '', selectionCriteria } = input
      const policyType = input.policyType!
      const rules = ACCOUNT_POLICY_TYPES[policyType]
      if (rules === undefined) throw invalidParameter(`Account policies of the type ${policyType} are not supported.`)
      if (policyName.startsWith('aws/')) throw invalidParameter('A policy name cannot start with aws/.')
      if (input.dryRun === true) throw invalidParameter('dryRun is valid only for RETENTION_POLICY.')
      const policies = await accountPolicies(stores, tenant, policyType)
      if (policies.length >= rules.most && policies.every(policy => policy.policyName !== policyName)) throw limitExceeded()
      const policy: StoredAccountPolicy = { policyName, policyType, policyDocument, ...(selectionCriteria === undefined ? {} : { selectionCriteria }), lastUpdatedTime: now }
      const others = policies.filter(other => other.policyName !== policyName)
      if (policyType === 'DATA_PROTECTION_POLICY') {
        checkSelection(policyType, selectionCriteria, others)
        checkedProtection(groups, tenant, policyDocument)
        await stores.protections.put({ tenant, group: undefined, name: policyName, document: policyDocument, since: now })
      } else {
        await checkDocument(policyType, policyDocument, tenant, destinations)
        checkSelection(policyType, selectionCriteria, others)
        const { lastUpdatedTime: _at, ...kept } = policy
        const name = accountPolicyKey(policyType, policyName)
        await stores.documents.put({ tenant, kind: 'account-policy', name, group: undefined, document: JSON.stringify(kept), createdAt: now, updatedAt: now })
      }
      return { accountPolicy: describedPolicy(tenant, policy) }
    },
  })

const checkDocument = async (type: PolicyType, document: string, tenant: Tenant, destinations: DestinationParts): Promise<void> => {
  if (type === 'FIELD_INDEX_POLICY') {
    checkIndexDocument(document)
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

const parsed = (type: PolicyType, document: string): unknown => {
  if (document.length > CHARACTERS) throw invalidParameter(`The policy document is longer than ${CHARACTERS} characters.`)
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
