import { accepted } from './bind-arguments.ts'
import type { Example } from './example.ts'
import { GROUPS, type Group, type MathFunction } from './functions/math-function.ts'
import { OPERATORS } from './operators/combine.ts'
import { FUNCTIONS } from './registry.ts'

const TITLES: Readonly<Record<Group, string>> = {
  arithmetic: 'Datapoint by datapoint',
  statistics: 'Statistics',
  series: 'Along a series',
  lists: 'Lists',
  time: 'The time',
  conditions: 'Conditions',
  sources: 'From elsewhere',
}

/** docs/metric-math.md: what the functions say of themselves. */
export const referencePage = (): string =>
  [
    INTRODUCTION,
    '## Operators',
    ...OPERATORS.map(({ name, doc, examples }) => entry(name, doc, examples)),
    ...GROUPS.flatMap(group => [`## ${TITLES[group]}`, ...FUNCTIONS.filter(fn => fn.group === group).map(functionEntry)]),
  ].join('\n\n') + '\n'

const INTRODUCTION = `# Metric math

Expressions over metrics, in GetMetricData, dashboards and alarms, as CloudWatch has them. This page is made of what the functions
say of themselves in \`server/src/engines/expressions/functions/\`; every example on it runs as a test. Where AWS does not say how something
is, [Where Tocsin differs](divergences.md) and the engine's README say what was chosen.

A value is a number (S), a time series (TS) or a list of time series (TS[]). A whole expression yields TS or TS[]. Other queries are
named by their Id; \`[m1, m2]\` makes a list. Series are joined by time. In the examples they are written oldest first, with \`-\` where
there is no datapoint; the metrics of the request stand before the arrow.

From the loosest to the tightest: \`OR\` \`||\`, \`AND\` \`&&\`, comparisons, \`+\` \`-\`, \`*\` \`/\`, the sign, \`^\`. Equal ones are read from
the left, \`^\` from the right. Of TS[] and TS[] there is no operation.`

const functionEntry = (fn: MathFunction): string =>
  entry(`\`${fn.name}(${fn.parameters.map(usage).join('')})\``, `${fn.doc} *${fn.yields}*${parameterTexts(fn)}`, fn.examples)

const usage = ({ name, optional, repeats }: MathFunction['parameters'][number], index: number): string => {
  const text = `${index > 0 ? ', ' : ''}${name}`
  if (repeats !== undefined) return `[${text}]…`
  return optional === true ? `[${text}]` : text
}

const parameterTexts = ({ parameters }: MathFunction): string => {
  const texts = parameters.map(parameter => `\`${parameter.name}\`: ${accepted(parameter)}${parameter.repeats === undefined ? '' : `, up to ${parameter.repeats}`}`)
  return texts.length === 0 ? '' : ` — ${texts.join('; ')}.`
}

const entry = (title: string, text: string, examples: readonly Example[]): string =>
  [`### ${title}`, text, ['```', ...aligned(examples.map(columns)), '```'].join('\n')].join('\n\n')

const aligned = (rows: readonly (readonly [string, string, string])[]): readonly string[] => {
  const width = (column: 0 | 1): number => Math.max(...rows.map(row => row[column].length))
  return rows.map(([expression, given, result]) => `${expression.padEnd(width(0))}   ${given.padEnd(width(1))}   → ${result}`)
}

const columns = ({ expression, metrics, found, result, start, period }: Example): readonly [string, string, string] => {
  const given = [
    ...Object.entries(metrics).map(([id, values]) => `${id} = ${values}`),
    ...(found === undefined || found.length === 0 ? [] : [`found: ${listText(found)}`]),
    ...(period === undefined ? [] : [`period ${period}`]),
    ...(start === undefined ? [] : [`from ${start}`]),
  ]
  return [expression, given.join('; '), typeof result === 'string' ? result : listText(result)]
}

const listText = (series: readonly string[]): string => `[${series.join(' | ')}]`
