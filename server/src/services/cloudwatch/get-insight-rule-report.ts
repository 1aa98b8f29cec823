import type { GetInsightRuleReportCommandInput, GetInsightRuleReportOutput } from '@aws-sdk/client-cloudwatch'
import { parseRule } from '../../engines/insight-rules/parse-rule.ts'
import type { InsightRule } from '../../model/insight-rule.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameterValue, resourceNotFound } from './faults.ts'
import { ruleName, ruleResources } from './insight-rules/limits.ts'
import type { InsightRuleStore } from './insight-rules/ports.ts'
import { period } from './limits.ts'

const METRICS = ['UniqueContributors', 'MaxContributorValue', 'SampleCount', 'Sum', 'Minimum', 'Maximum', 'Average']
const ORDERS = ['Sum', 'Maximum']
const CONTRIBUTORS = { min: 1, max: 100 }

const INPUT = structure(
  { RuleName: ruleName, StartTime: text({ unsaid: true }), EndTime: text({ unsaid: true }), Period: period, Metrics: list(text({ min: 1, max: 32 })) },
  ['RuleName', 'StartTime', 'EndTime', 'Period'],
)

/** Rules read log events, and those are not kept yet: the report is that of a rule which found none. */
export const getInsightRuleReport = (rules: InsightRuleStore) =>
  operation<GetInsightRuleReportCommandInput, GetInsightRuleReportOutput>({
    name: 'GetInsightRuleReport',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => ruleResources([input.RuleName], tenant),
    differs: [
      { member: 'Contributors', how: 'always empty: rules are evaluated once there are logs' },
      { member: 'MetricDatapoints', how: 'always empty' },
    ],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      requireSense(input)
      const rule = await rules.get(tenant, input.RuleName!)
      if (rule === undefined) throw resourceNotFound('insight-rule', input.RuleName!)
      return { ...keysOf(rule), AggregateValue: 0, ApproximateUniqueCount: 0, Contributors: [], MetricDatapoints: [] }
    },
  })

const requireSense = (input: GetInsightRuleReportCommandInput): void => {
  const { StartTime, EndTime, MaxContributorCount: count = 10, OrderBy: order = 'Sum', Metrics: metrics = [] } = input
  if (StartTime! >= EndTime!) throw invalidParameterValue('The parameter StartTime must be less than the parameter EndTime.')
  if (!Number.isInteger(count) || count < CONTRIBUTORS.min || count > CONTRIBUTORS.max) {
    throw invalidParameterValue(`The parameter MaxContributorCount must be between ${CONTRIBUTORS.min} and ${CONTRIBUTORS.max}.`)
  }
  if (!ORDERS.includes(order)) throw invalidParameterValue(`The parameter OrderBy must be one of ${ORDERS.join(', ')}.`)
  if (metrics.some(metric => !METRICS.includes(metric))) {
    throw invalidParameterValue(`The parameter Metrics must hold only ${METRICS.join(', ')}.`)
  }
}

/** The definition of a managed rule is AWS's secret. */
const keysOf = ({ managed, definition }: InsightRule): Pick<GetInsightRuleReportOutput, 'KeyLabels' | 'AggregationStatistic'> => {
  if (managed !== undefined) return { KeyLabels: [], AggregationStatistic: 'Count' }
  const { keys, aggregateOn } = parseRule(definition)
  return { KeyLabels: [...keys], AggregationStatistic: aggregateOn }
}
