import type { ListManagedInsightRulesCommandInput, ListManagedInsightRulesOutput } from '@aws-sdk/client-cloudwatch'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { maxResults } from './insight-rules/limits.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'
import { amazonResourceName } from './limits.ts'
import { pageByName } from './name-pages.ts'

const INPUT = structure({ ResourceARN: amazonResourceName, MaxResults: maxResults }, ['ResourceARN'])
const DEFAULT_PAGE = 100

/** The managed rules of a resource that were put; AWS's catalogue of templates is not ours. */
export const listManagedInsightRules = (rules: InsightRuleStore) =>
  operation<ListManagedInsightRulesCommandInput, ListManagedInsightRulesOutput>({
    name: 'ListManagedInsightRules',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    differs: [{ member: 'ManagedRules', how: "those that were put; the catalogue of templates is AWS's own" }],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const { ResourceARN: resource, NextToken, MaxResults = DEFAULT_PAGE } = input
      const found = (await rules.list(tenant)).filter(({ managed }) => managed?.resourceArn === resource)
      const { page, token } = pageByName(found, { NextToken, MaxResults }, { operation: 'ListManagedInsightRules', tenant, request: resource })
      return {
        ManagedRules: page.map(({ name, state, managed }) => ({
          TemplateName: managed!.template,
          ResourceARN: managed!.resourceArn,
          RuleState: { RuleName: name, State: state },
        })),
        ...token,
      }
    },
  })
