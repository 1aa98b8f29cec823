import type { PutAccountPolicyCommandInput, PutAccountPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import { structure, oneOf, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, limitExceeded } from '../faults.ts'
import { check } from '../limits.ts'
import type { LogGroupStore } from '../ports.ts'
import { ACCOUNT_POLICY_TYPES, accountPolicies, accountPolicyKey, type AccountPolicyStores, describedPolicy, type StoredAccountPolicy } from './account-policies.ts'
import { checkIndexDocument } from './index-document.ts'
import { POLICY_TYPE } from './policy-type.ts'
import { checkedProtection, PROTECTION_DIFFERENCE } from './protection-document.ts'
import { readPrefixCriteria } from './selection-criteria.ts'

const INPUT = structure(
  { policyName: text({ min: 1, max: 256 }), policyDocument: text({ min: 1 }), policyType: POLICY_TYPE, scope: oneOf(['ALL']), selectionCriteria: text() },
  ['policyName', 'policyDocument', 'policyType'],
)
/** Documented with the operation. */
const CRITERIA_BYTES = 25_000

export const putAccountPolicy = (groups: LogGroupStore, stores: AccountPolicyStores) =>
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
      { member: 'policyType', how: `policies of data protection and field indexes are taken; all others are refused, since nothing would come of them` },
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
      checkCriteria(policyType, selectionCriteria)
      const policies = await accountPolicies(stores, tenant, policyType)
      if (policies.length >= rules.most && policies.every(policy => policy.policyName !== policyName)) throw limitExceeded()
      const policy: StoredAccountPolicy = { policyName, policyType, policyDocument, ...(selectionCriteria === undefined ? {} : { selectionCriteria }), lastUpdatedTime: now }
      if (policyType === 'DATA_PROTECTION_POLICY') {
        checkedProtection(groups, tenant, policyDocument)
        await stores.protections.put({ tenant, group: undefined, name: policyName, document: policyDocument, since: now })
      } else {
        checkIndexDocument(policyDocument)
        const { lastUpdatedTime: _at, ...kept } = policy
        const name = accountPolicyKey(policyType, policyName)
        await stores.documents.put({ tenant, kind: 'account-policy', name, group: undefined, document: JSON.stringify(kept), createdAt: now, updatedAt: now })
      }
      return { accountPolicy: describedPolicy(tenant, policy) }
    },
  })

const checkCriteria = (policyType: string, criteria: string | undefined): void => {
  if (criteria === undefined) return
  if (policyType === 'DATA_PROTECTION_POLICY') throw invalidParameter('selectionCriteria is not valid for DATA_PROTECTION_POLICY.')
  if (Buffer.byteLength(criteria) > CRITERIA_BYTES) throw invalidParameter(`selectionCriteria is longer than ${CRITERIA_BYTES} bytes.`)
  if (readPrefixCriteria(criteria) === undefined) throw invalidParameter('The selectionCriteria must be LogGroupNamePrefix == "prefix", or LogGroupNamePrefix IN ["one", "other"].')
}
