import { createHash } from 'node:crypto'
import type { ManagedRule, PartialFailure, PutManagedInsightRulesCommandInput, PutManagedInsightRulesOutput } from '@aws-sdk/client-cloudwatch'
import { insightRuleArn } from '../../base/arn.ts'
import type { Tenant } from '../../base/tenancy.ts'
import type { InsightRule } from '../../model/insight-rule.ts'
import { Fault } from '../../wire/fault.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameterValue } from './faults.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'
import { amazonResourceName, tagList } from './limits.ts'
import { taggedIn, tagRecord } from './tags.ts'

const TEMPLATE = text({ min: 1, max: 128, pattern: /[0-9A-Za-z][-._0-9A-Za-z]{0,126}[0-9A-Za-z]/ })
const INPUT = structure(
  { ManagedRules: list(structure({ TemplateName: TEMPLATE, ResourceARN: amazonResourceName, Tags: tagList }, ['TemplateName', 'ResourceARN'])) },
  ['ManagedRules'],
)

/** Keeps the rules that AWS's services would bring along; what they evaluate is known to those services alone. */
export const putManagedInsightRules = (rules: InsightRuleStore) =>
  operation<PutManagedInsightRulesCommandInput, PutManagedInsightRulesOutput>({
    name: 'PutManagedInsightRules',
    kind: 'write',
    access: 'signed',
    resources: () => ['*'],
    // The rules' names are ours, so nobody could be allowed to tag a certain one.
    tagged: ({ ManagedRules = [] }, tenant) => taggedIn({ Tags: ManagedRules.flatMap(({ Tags = [] }) => Tags) }, insightRuleArn(tenant, '*')),
    differs: [
      { member: 'ManagedRules.TemplateName', how: "kept; the catalogue of templates is AWS's own" },
    ],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const Failures: PartialFailure[] = []
      for (const managed of input.ManagedRules!) {
        const rule = managedRule(managed, tenant)
        try {
          await rules.put(rule, tagRecord(managed.Tags ?? [], invalidParameterValue))
        } catch (error) {
          if (!(error instanceof Fault)) throw error
          Failures.push({ FailureResource: rule.name, ExceptionType: error.code, FailureCode: String(error.status), FailureDescription: error.message })
        }
      }
      return { Failures }
    },
  })

const managedRule = ({ TemplateName, ResourceARN }: ManagedRule, tenant: Tenant): InsightRule => {
  const [template, resourceArn] = [TemplateName!, ResourceARN!]
  const name = `${template.slice(0, 90)}-${createHash('sha256').update(`${template}\n${resourceArn}`).digest('hex').slice(0, 32)}`
  return {
    tenant,
    arn: insightRuleArn(tenant, name),
    name,
    state: 'ENABLED',
    schema: 'ServiceLogRule/1',
    definition: JSON.stringify({ TemplateName: template, ResourceARN: resourceArn }),
    onTransformedLogs: false,
    managed: { template, resourceArn },
  }
}
