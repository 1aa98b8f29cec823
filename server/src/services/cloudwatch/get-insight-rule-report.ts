import type { GetInsightRuleReportCommandInput, GetInsightRuleReportOutput } from '@aws-sdk/client-cloudwatch'
import { parseRule } from '../../engines/insight-rules/parse-rule.ts'
import { NOTHING_FOUND, RULE_METRICS, type RuleMetric, type RulePeriod, type RuleReport } from '../../engines/insight-rules/report.ts'
import type { InsightRule } from '../../model/insight-rule.ts'
import { enforce, list, structure, text } from '../constraints.ts'
import { operation } from '../operation.ts'
import { invalidParameterValue, resourceNotFound } from './faults.ts'
import { ruleName, ruleResources } from './insight-rules/limits.ts'
import type { InsightRuleReports, InsightRuleStore, ReportRequest } from './insight-rules/ports.ts'
import { period } from './limits.ts'

const ORDERS = ['Sum', 'Maximum']
const CONTRIBUTORS = { min: 1, max: 100 }

const INPUT = structure(
  {
    RuleName: ruleName,
    StartTime: text({ unsaid: true }),
    EndTime: text({ unsaid: true }),
    Period: period,
    Metrics: list(text({ min: 1, max: 32, pattern: /[\x20-\x7E]+/ })),
    OrderBy: text({ min: 1, max: 32, pattern: /[\x20-\x7E]+/ }),
  },
  ['RuleName', 'StartTime', 'EndTime', 'Period'],
)

/** Who contributed most in a range of time, computed from the log events that are there when it is asked for. */
export const getInsightRuleReport = (rules: InsightRuleStore, reports: InsightRuleReports) =>
  operation<GetInsightRuleReportCommandInput, GetInsightRuleReportOutput>({
    name: 'GetInsightRuleReport',
    kind: 'read',
    access: 'signed',
    resources: (input, tenant) => ruleResources([input.RuleName], tenant),
    differs: [
      { member: 'Contributors', how: 'exact, and found when they are asked for: events from before the rule was made, and while it is disabled, count as well; a managed rule finds none' },
      { member: 'MetricDatapoints', how: 'of more than a week of minutes, only the periods in which there was something' },
      { member: 'ApproximateUniqueCount', how: 'exact' },
    ],
    async run(input, { tenant }) {
      enforce(INPUT, input)
      requireSense(input)
      const rule = await rules.get(tenant, input.RuleName!)
      if (rule === undefined) throw resourceNotFound('insight-rule', input.RuleName!)
      const request = requestOf(input)
      const found = rule.managed === undefined ? await reports.report(tenant, parseRule(rule.definition, 'kept'), request) : NOTHING_FOUND
      return { ...keysOf(rule), ...reported(found, request, input.Metrics ?? []) }
    },
  })

const requireSense = (input: GetInsightRuleReportCommandInput): void => {
  const { StartTime, EndTime, MaxContributorCount: count = 10, OrderBy: order = 'Sum', Metrics: metrics = [] } = input
  if (StartTime! >= EndTime!) throw invalidParameterValue('The parameter StartTime must be less than the parameter EndTime.')
  if (!Number.isInteger(count) || count < CONTRIBUTORS.min || count > CONTRIBUTORS.max) {
    throw invalidParameterValue(`The parameter MaxContributorCount must be between ${CONTRIBUTORS.min} and ${CONTRIBUTORS.max}.`)
  }
  if (!ORDERS.includes(order)) throw invalidParameterValue(`The parameter OrderBy must be one of ${ORDERS.join(', ')}.`)
  if (metrics.some(metric => !isMetric(metric))) {
    throw invalidParameterValue(`The parameter Metrics must hold only ${RULE_METRICS.join(', ')}.`)
  }
}

const isMetric = (name: string): name is RuleMetric => RULE_METRICS.some(metric => metric === name)

/** Periods lie on multiples of their length. */
const requestOf = ({ StartTime, EndTime, Period, MaxContributorCount: top = 10, OrderBy: orderBy }: GetInsightRuleReportCommandInput): ReportRequest => {
  const [start, period] = [StartTime!.getTime(), Period! * 1000]
  return { start, end: EndTime!.getTime(), period, origin: Math.floor(start / period) * period, top, orderBy: orderBy === 'Maximum' ? 'Maximum' : 'Sum' }
}

const reported = (
  { total, contributors, shown, periods }: RuleReport, request: ReportRequest, metrics: readonly string[],
): GetInsightRuleReportOutput => {
  const at = (index: number): Date => new Date(request.origin + index * request.period)
  return {
    AggregateValue: total,
    ApproximateUniqueCount: contributors,
    Contributors: shown.map(each => ({
      Keys: [...each.keys],
      ApproximateAggregateValue: each.total,
      Datapoints: each.points.map(point => ({ Timestamp: at(point.period), ApproximateValue: point.value })),
    })),
    MetricDatapoints: metrics.length === 0 ? [] : everyPeriod(periods, request).map(({ period: index, values }) => ({
      Timestamp: at(index),
      ...Object.fromEntries(metrics.filter(isMetric).map(metric => [metric, values[metric]])),
    })),
  }
}

/** Periods that are shown though nothing was found in them: a week of minutes. */
const SHOWN_PERIODS = 10_080

/** From the one in which the range begins to the one in which it ends. */
const everyPeriod = (found: readonly RulePeriod[], { origin, period, end }: ReportRequest): readonly RulePeriod[] => {
  const count = Math.floor((end - origin) / period) + 1
  if (count > SHOWN_PERIODS) return found
  const known = new Map(found.map(each => [each.period, each]))
  return Array.from({ length: count }, (_, index) => known.get(index) ?? { period: index, values: NOTHING })
}

const NOTHING: RulePeriod['values'] = {
  UniqueContributors: 0, MaxContributorValue: 0, SampleCount: 0, Sum: 0, Minimum: 0, Maximum: 0, Average: 0,
}

/** CloudWatch names what it does, not what the rule calls it. */
const AGGREGATION = { Count: 'SampleCount', Sum: 'Sum' } as const

/** The definition of a managed rule is AWS's secret. */
const keysOf = ({ managed, definition }: InsightRule): Pick<GetInsightRuleReportOutput, 'KeyLabels' | 'AggregationStatistic'> => {
  if (managed !== undefined) return { KeyLabels: [], AggregationStatistic: AGGREGATION.Count }
  const { keys, aggregateOn } = parseRule(definition, 'kept')
  return { KeyLabels: [...keys], AggregationStatistic: AGGREGATION[aggregateOn] }
}
