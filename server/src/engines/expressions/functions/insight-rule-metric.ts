import { fetchedSeries } from './fetched.ts'
import type { MathFunction } from './math-function.ts'

const METRICS = ['UniqueContributors', 'MaxContributorValue', 'SampleCount', 'Sum', 'Minimum', 'Maximum', 'Average']

export const insightRuleMetric: MathFunction = {
  name: 'INSIGHT_RULE_METRIC',
  group: 'sources',
  parameters: [
    { name: 'rule', takes: ['string'] },
    { name: 'metric', takes: ['string'], words: METRICS },
  ],
  yields: '→ TS',
  doc: 'What a Contributor Insights rule counted. The metric may stand with or without quotes.',
  differs: 'found when it is asked for: events from before the rule was made, and while it is disabled, count as well; a managed rule has none',
  examples: [
    { expression: 'INSIGHT_RULE_METRIC("callers", UniqueContributors)', metrics: {}, found: ['3 - 4'], result: '3 - 4' },
    { expression: "INSIGHT_RULE_METRIC('callers', 'Sum') / 60", metrics: {}, found: ['60 - 30'], result: '1 - 0.5' },
  ],
  bind: call => {
    const metric = call.word(1) ?? call.text(1)
    if (!METRICS.includes(metric)) throw call.problem(1, `Contributor Insights has no metric '${metric.slice(0, 60)}'`)
    return fetchedSeries(call, { kind: 'insight-rule', rule: call.text(0), metric })
  },
}
