import type { DeleteAccountPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { logGroupArn } from '../../../base/arn.ts'
import { structure, text } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { notFound } from '../faults.ts'
import { check } from '../limits.ts'
import { accountPolicyKey, type AccountPolicyStores } from './account-policies.ts'
import { POLICY_TYPE } from './policy-type.ts'

const INPUT = structure({ policyName: text({ min: 1, max: 256 }), policyType: POLICY_TYPE }, ['policyName', 'policyType'])
/** Documented with the operation. */
const PERMISSIONS: Readonly<Record<string, string>> = {
  DATA_PROTECTION_POLICY: 'DeleteDataProtectionPolicy',
  FIELD_INDEX_POLICY: 'DeleteIndexPolicy',
  SUBSCRIPTION_FILTER_POLICY: 'DeleteSubscriptionFilter',
  TRANSFORMER_POLICY: 'DeleteTransformer',
  METRIC_EXTRACTION_POLICY: 'DeleteMetricExtractionPolicy',
}

export const deleteAccountPolicy = ({ protections, documents }: AccountPolicyStores) =>
  operation<DeleteAccountPolicyCommandInput, undefined>({
    name: 'DeleteAccountPolicy',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    also: ({ policyType = '' as never }, tenant) => {
      const permission = PERMISSIONS[policyType]
      return permission === undefined ? [] : [{ permission, resource: `${logGroupArn(tenant, '*')}:log-stream:` }]
    },
    differs: [
      { member: 'dryRun', how: 'is for retention policies, which there are none of' },
      { member: 'dryRunResult', how: 'is for retention policies, which there are none of' },
    ],
    async run(input, { tenant, now }) {
      check(INPUT, input)
      const { policyName = '' } = input
      const type = input.policyType!
      const deleted =
        type === 'DATA_PROTECTION_POLICY'
          ? protections.find(tenant)?.name === policyName && (await protections.end(tenant, undefined, now))
          : await documents.delete(tenant, 'account-policy', accountPolicyKey(type, policyName))
      if (!deleted) throw notFound('The specified account policy does not exist.')
      return undefined
    },
  })
