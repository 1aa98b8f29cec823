import type { DescribeInsightRulesCommandInput, DescribeInsightRulesOutput } from '@aws-sdk/client-cloudwatch'
import { enforce, structure } from '../constraints.ts'
import { operation } from '../operation.ts'
import { maxResults } from './insight-rules/limits.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'
import { pageByName } from './name-pages.ts'

const INPUT = structure({ MaxResults: maxResults })

export const describeInsightRules = (rules: InsightRuleStore) =>
  operation<DescribeInsightRulesCommandInput, DescribeInsightRulesOutput>({
    name: 'DescribeInsightRules',
    kind: 'read',
    access: 'signed',
    resources: () => ['*'],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      const { page, token } = pageByName(await rules.list(tenant), input, { operation: 'DescribeInsightRules', tenant, request: null })
      return {
        InsightRules: page.map(({ name, state, schema, definition, managed, onTransformedLogs }) => ({
          Name: name,
          State: state,
          Schema: schema,
          Definition: definition,
          ManagedRule: managed !== undefined,
          ApplyOnTransformedLogs: onTransformedLogs,
        })),
        ...token,
      }
    },
  })
