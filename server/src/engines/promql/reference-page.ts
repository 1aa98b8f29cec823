import { AGGREGATIONS } from './aggregations.ts'
import type { Example } from './example.ts'
import { GROUPS, type Group, type PromqlFunction } from './functions/promql-function.ts'
import { FUNCTIONS } from './functions/registry.ts'
import { OPERATOR_EXAMPLES, SELECTOR_EXAMPLES } from './language-examples.ts'

const TITLES: Readonly<Record<Group, string>> = {
  values: 'Value by value',
  rates: 'Rates and changes over a window',
  windows: 'Statistics over a window',
  presence: 'Presence',
  labels: 'Labels',
  order: 'Order',
  histograms: 'Histograms',
  time: 'Time',
}

/** docs/promql.md: what the language's parts say of themselves. */
export const referencePage = (): string =>
  [
    INTRODUCTION,
    '## Selectors', SELECTORS, table(SELECTOR_EXAMPLES),
    '## Operators', OPERATORS, table(OPERATOR_EXAMPLES),
    '## Aggregations', AGGREGATION_TEXT,
    ...AGGREGATIONS.flatMap(({ name, parameter, doc, examples }) => entry(`${name}(${parameter === undefined ? '' : `${parameter}, `}v)`, doc, examples)),
    ...GROUPS.flatMap(group => [`## ${TITLES[group]}`, ...FUNCTIONS.filter(fn => fn.group === group).flatMap(fn => entry(usage(fn), fn.doc, fn.examples))]),
  ].join('\n\n') + '\n'

const INTRODUCTION = `# PromQL

Queries over metrics for alarms (\`EvaluationCriteria.PromQLCriteria\`) and for dashboards
([Prometheus's query API](operator-api.md#apiv1-prometheuss-query-api)). What is on this page behaves as in Prometheus 3; what is not, is refused with
its place in the query. The page is made of what the language's parts say of themselves in \`server/src/engines/promql/\`; every example
on it runs as a test. Samples in examples are a minute apart, oldest first, with \`-\` where there is none; the query is evaluated at the newest.
Series that are not written again are those of the example before.

## Metrics as series

| of the metric | in PromQL |
| --- | --- |
| name | the metric's name: \`QueueDepth\`, or \`{"http.server.duration"}\` where it is no identifier |
| namespace | the label \`Namespace\` |
| a dimension | a label of its name, in quotes where that is no identifier: \`{"Disk Name"="sda"}\`; a dimension called \`Namespace\` is \`exported_Namespace\` |
| a datum | a sample: the average of all that was published for its second (high resolution, for three hours) or its minute (else), of all units together |

A counter that is published as such is therefore a counter for \`rate\`. Of what is published as a number for each minute, such as requests,
\`sum_over_time\` is the total. Where a query reaches back more than three hours, samples are averages of minutes; more than 15 days, of five
minutes; more than 63 days, of hours: windows have to be some times as long as that. A sample stands at the beginning of its period.

An instant selector takes the newest sample of the last five minutes (of the last hour, where samples are hours). There are no markers of
staleness: a series is gone when its newest sample is older than that.`

const SELECTORS = `\`=\` and \`!=\` compare, \`=~\` and \`!~\` match all of the label against a regular expression in RE2's syntax. A window \`[5m]\` is open at
its beginning: a sample exactly five minutes old is not in it. \`offset\` moves an evaluation back. A subquery \`[1h:5m]\` evaluates a query at
multiples of its step, one minute where none is named. The \`@\` modifier is not supported.`

const OPERATORS = `From the tightest to the loosest: \`^\` (from the right), the sign, \`*\` \`/\` \`%\` \`atan2\`, \`+\` \`-\`, comparisons, \`and\` \`unless\`, \`or\`. Arithmetic
drops the name. A comparison leaves out what it does not hold for; with \`bool\` it answers 1 or 0. Two vectors are joined by equal labels; \`on\`
and \`ignoring\` say by which, \`group_left\` and \`group_right\` that several of one side may have the same one of the other.`

const AGGREGATION_TEXT = '`by (…)` keeps the labels that it names, `without (…)` all others; with neither, everything is one group.'

const usage = ({ name, parameters }: PromqlFunction): string =>
  `${name}(${parameters.map(({ name: parameter, optional, repeats }) => (repeats === true ? `${parameter}…` : optional === true ? `[${parameter}]` : parameter)).join(', ')})`

const entry = (title: string, text: string, examples: readonly Example[]): readonly string[] => [`### \`${title}\``, text, table(examples)]

const table = (examples: readonly Example[]): string => ['```', ...examples.flatMap((example, place) => lines(example, examples[place - 1])), '```'].join('\n')

/** The series, unless they are those of the example before, then the query, then what it yields. */
const lines = ({ query, series = {}, at, result }: Example, before: Example | undefined): readonly string[] => {
  const given = Object.entries(series).map(([labels, values]) => `${labels}  ${values}`)
  return [
    ...(before === undefined ? [] : ['']),
    ...(series === before?.series ? [] : given),
    `> ${query}${at === undefined ? '' : `   # after ${at} minutes`}`,
    ...(result.length === 0 ? ['(nothing)'] : result),
  ]
}
