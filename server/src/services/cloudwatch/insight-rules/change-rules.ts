import type { DeleteInsightRulesCommandInput, PartialFailure } from '@aws-sdk/client-cloudwatch'
import type { Tenant } from '../../../base/tenancy.ts'
import { enforce, list, structure } from '../../constraints.ts'
import { operation } from '../../operation.ts'
import { invalidParameterValue } from '../faults.ts'
import { ruleName, ruleResources } from './limits.ts'
import type { InsightRuleStore } from './ports.ts'

const INPUT = structure({ RuleNames: list(ruleName) }, ['RuleNames'])

/** Does one thing to the named rules; those that are not there are told as failures, and the others are changed all the same. */
export const changeRules = (
  name: string, rules: InsightRuleStore, change: (tenant: Tenant, names: readonly string[]) => Promise<void>,
) =>
  operation<DeleteInsightRulesCommandInput, { Failures: PartialFailure[] }>({
    name,
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => ruleResources(input.RuleNames ?? [], tenant),
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const names = [...new Set(input.RuleNames)]
      if (names.length === 0) throw invalidParameterValue('The parameter RuleNames must have at least 1 member.')
      const known = new Set((await rules.list(tenant)).map(rule => rule.name))
      await change(tenant, names.filter(candidate => known.has(candidate)))
      return { Failures: names.filter(candidate => !known.has(candidate)).map(notFound) }
    },
  })

const notFound = (name: string): PartialFailure => ({
  FailureResource: name,
  ExceptionType: 'ResourceNotFoundException',
  FailureCode: '404',
  FailureDescription: `The Insight Rule ${name} does not exist.`,
})
