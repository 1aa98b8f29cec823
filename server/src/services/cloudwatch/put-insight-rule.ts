import type { PutInsightRuleCommandInput } from '@aws-sdk/client-cloudwatch'
import { insightRuleArn } from '../../base/arn.ts'
import { parseRule } from '../../engines/insight-rules/parse-rule.ts'
import type { InsightRuleBody } from '../../engines/insight-rules/rule.ts'
import { RuleProblem } from '../../engines/insight-rules/rule-problem.ts'
import type { InsightRule } from '../../model/insight-rule.ts'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameterValue } from './faults.ts'
import { ruleDefinition, ruleName, ruleResources, ruleState } from './insight-rules/limits.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'
import { tagList } from './limits.ts'
import { taggedIn, tagRecord } from './tags.ts'

const INPUT = structure({ RuleName: ruleName, RuleState: ruleState, RuleDefinition: ruleDefinition, Tags: tagList }, ['RuleName', 'RuleDefinition'])

/** Creates a rule or overwrites one; the definition is kept as it came. */
export const putInsightRule = (rules: InsightRuleStore) =>
  operation<PutInsightRuleCommandInput, object>({
    name: 'PutInsightRule',
    kind: 'write',
    access: 'signed',
    resources: (input, tenant) => ruleResources([input.RuleName], tenant),
    tagged: (input, tenant) => taggedIn(input, insightRuleArn(tenant, input.RuleName ?? '*')),
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const tags = tagRecord(input.Tags ?? [], invalidParameterValue)
      const name = input.RuleName!
      const { schema } = ruleOf(input.RuleDefinition!)
      const rule: InsightRule = {
        tenant,
        arn: insightRuleArn(tenant, name),
        name,
        state: stateOf(input.RuleState ?? 'ENABLED'),
        schema: `${schema.name}/${schema.version}`,
        definition: input.RuleDefinition!,
        onTransformedLogs: input.ApplyOnTransformedLogs ?? false,
        managed: undefined,
      }
      await rules.put(rule, tags)
      return {}
    },
  })

const stateOf = (text: string): InsightRule['state'] => {
  if (text !== 'ENABLED' && text !== 'DISABLED') throw invalidParameterValue('The parameter RuleState must be ENABLED or DISABLED.')
  return text
}

// eslint-disable-next-line no-control-regex -- the model's own range
const ASCII = /^[\u0000-\u007f]*$/

const ruleOf = (definition: string): InsightRuleBody => {
  if (!ASCII.test(definition)) throw invalidParameterValue('The parameter RuleDefinition must hold ASCII characters alone.')
  try {
    return parseRule(definition)
  } catch (error) {
    if (error instanceof RuleProblem) throw invalidParameterValue(error.message)
    throw error
  }
}
