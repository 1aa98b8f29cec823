import { COMMANDS } from './commands/registry.ts'
import type { InsightsCommand } from './commands/insights-command.ts'
import type { Example, InsightsFunction, Parameter } from './functions/insights-function.ts'
import { AGGREGATE_GROUPS, FUNCTION_GROUPS, type Group } from './functions/registry.ts'
import { sqlPage } from './sql/sql-page.ts'

/** docs/logs-insights.md: what the commands and functions say of themselves. */
export const referencePage = (): string =>
  [
    INTRODUCTION,
    '## Commands',
    ...COMMANDS.map(commandEntry),
    '## Functions',
    FUNCTIONS_INTRODUCTION,
    ...FUNCTION_GROUPS.flatMap(group),
    '## Aggregations',
    AGGREGATES_INTRODUCTION,
    ...AGGREGATE_GROUPS.flatMap(group),
    '## SQL',
    sqlPage(),
  ].join('\n\n') + '\n'

const INTRODUCTION = `# Logs Insights

The query language of CloudWatch Logs Insights, in StartQuery, scheduled queries, dashboards and alarms. This page is made of what the
commands and functions say of themselves in \`server/src/engines/insights/\`; every example of a function on it runs as a test. Where AWS
does not say how something is, the texts below say what was chosen.

A query is commands with \`|\` between them. Commands, functions and words such as \`and\` may be in any case, fields may not. \`#\` begins
a comment. Fields whose names have more in them than letters, digits, \`_\`, \`@\` and \`.\` stand in backquotes.

A value is a text, a number, a truth (shown as 1 or 0), a time, or a map or list that \`jsonParse\` makes. Text that is a number as a whole
counts as one wherever a number is wanted; other text is no number, and gives no value there (but it is \`!=\` every number). What is
computed of a missing value is missing, if nothing else is said; so is a number that is not finite, such as \`1 / 0\`. Texts are
counted in code points.`

const FUNCTIONS_INTRODUCTION = 'Before the arrow stands what the event’s message is, where it matters; `-` is a missing value.'

const AGGREGATES_INTRODUCTION =
  'In `stats`. They pass over missing values. Before the arrow stand the messages of the events, a second apart from 10:00 on.'

const commandEntry = ({ name, aliases, syntax, text }: InsightsCommand): string => [`### ${name}`, `${text}${also(name, aliases)}`, ['```', syntax, '```'].join('\n')].join('\n\n')

const group = ({ title, functions }: Group): readonly string[] => [`### ${title}`, ...functions.map(functionEntry)]

const functionEntry = ({ name, aliases, parameters, text, examples }: InsightsFunction): string =>
  [
    `#### \`${name}(${parameters.map(usage).join('')})\``,
    `${text}${parameters.length === 0 ? '' : ` — ${parameters.map(({ name: parameter, ...rest }) => `\`${parameter}\`: ${accepted(rest)}`).join('; ')}.`}${also(name, aliases)}`,
    ['```', ...aligned(examples.map(columns)), '```'].join('\n'),
  ].join('\n\n')

const also = (name: string, aliases: readonly string[] | undefined): string => {
  const others = (aliases ?? []).filter(alias => alias.toLowerCase() !== name.toLowerCase())
  return others.length === 0 ? '' : ` Also ${others.map(alias => `\`${alias}\``).join(', ')}.`
}

const usage = ({ name, optional, repeated }: Parameter, index: number): string => {
  const text = `${index > 0 ? ', ' : ''}${name}${repeated === true ? '…' : ''}`
  return optional === true ? `[${text}]` : text
}

const KINDS: Readonly<Record<Parameter['takes'], string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'a condition',
  time: 'a time, epoch milliseconds, or a text such as `2026-01-01T10:00:00Z`',
  json: 'a map, a list or a text',
  any: 'anything',
  regex: 'a regular expression, `/…/` or in quotes',
  period: 'a period such as `5m`',
}

const accepted = ({ takes, constant }: Omit<Parameter, 'name'>): string =>
  constant === true && takes !== 'regex' ? `${KINDS[takes]}, literally` : KINDS[takes]

const columns = ({ expression, events, result }: Example): readonly [string, string, string] => [expression, (events ?? []).join('   '), result ?? '-']

const aligned = (rows: readonly (readonly [string, string, string])[]): readonly string[] => {
  const width = (column: 0 | 1): number => Math.max(...rows.map(row => row[column].length))
  const given = width(1)
  return rows.map(([expression, events, result]) => `${expression.padEnd(width(0))}${given === 0 ? '' : `   ${events.padEnd(given)}`}   → ${shown(result)}`)
}

/** An empty text would look like nothing. */
const shown = (result: string): string => (result === '' || result.trim() !== result ? JSON.stringify(result) : result)
