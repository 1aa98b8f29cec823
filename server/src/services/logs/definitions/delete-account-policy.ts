import type { DeleteAccountPolicyCommandInput, DeleteAccountPolicyResponse } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameter, notFound } from '../faults.ts'
import { check } from '../limits.ts'
import { accountPolicies, accountPolicyKey, type AccountPolicyStores } from './account-policies.ts'
import { POLICY_TYPE } from './policy-type.ts'
import { type ImpactParts, retentionImpact } from './retention-impact.ts'

const INPUT = structure({ policyName: text({ min: 1, max: 256 }), policyType: POLICY_TYPE }, ['policyName', 'policyType'])
/** Documented with the operation. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  DATA_PROTECTION_POLICY: 'DeleteDataProtectionPolicy',
  FIELD_INDEX_POLICY: 'DeleteIndexPolicy',
  SUBSCRIPTION_FILTER_POLICY: 'DeleteSubscriptionFilter',
  TRANSFORMER_POLICY: 'DeleteTransformer',
  METRIC_EXTRACTION_POLICY: 'DeleteMetricExtractionPolicy',
  RETENTION_POLICY: 'DeleteRetentionPolicy',
}

export const deleteAccountPolicy = (stores: AccountPolicyStores, impact: ImpactParts) =>
  operation<DeleteAccountPolicyCommandInput, DeleteAccountPolicyResponse>({
    name: 'DeleteAccountPolicy',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    also: ({ policyType = '' as never }, tenant) => {
      const permission = PERMISSIONS[policyType]
      return permission === undefined ? [] : [{ permission, resource: `${logGroupArn(tenant, '*')}:log-stream:` }]
    },
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { policyName = '' } = input
      const type = input.policyType!
      const { protections, documents } = stores
      if (input.dryRun === true) {
        if (type !== 'RETENTION_POLICY') throw invalidParameter('dryRun is valid only for RETENTION_POLICY.')
        const policies = await accountPolicies(stores, tenant, type)
        const policy = policies.find(one => one.policyName === policyName)
        if (policy === undefined) throw policyNotFound()
        return { dryRunResult: await retentionImpact(impact, { policies, policy, gone: true }, tenant, now) }
      }
      const deleted =
        type === 'DATA_PROTECTION_POLICY'
          ? protections.find(tenant)?.name === policyName && (await protections.end(tenant, undefined, now))
          : await documents.delete(tenant, 'account-policy', accountPolicyKey(type, policyName))
      if (!deleted) throw policyNotFound()
      return {}
    },
  })

const policyNotFound = () => notFound('The specified account policy does not exist.')
