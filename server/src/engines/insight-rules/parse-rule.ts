import { parseFilter } from './parse-filter.ts'
import type { InsightRuleBody } from './rule.ts'
import { listOf, type Members, membersOf, mistake, ourProblem, textOf, unreadable } from './rule-problem.ts'

const MEMBERS = ['Schema', 'LogGroupNames', 'LogGroupARNs', 'LogFormat', 'Fields', 'Contribution', 'AggregateOn']
const KEYS = { min: 1, max: 4 }
const FILTERS = { min: 0, max: 4 }
/** The definition's own length bounds what is in it. */
const ANY = { min: 1, max: Infinity }

/** The rule that a definition writes down. Throws {@link RuleProblem}. One that is `kept` may be from when `Filters` could be left out. */
export const parseRule = (text: string, from: 'request' | 'kept' = 'request'): InsightRuleBody => {
  const members = membersOf(json(text), '', MEMBERS)
  const aggregateOn = aggregation(members['AggregateOn'])
  const logFormat = formatOf(members['LogFormat'])
  const contribution = membersOf(members['Contribution'], 'Contribution', ['Keys', 'ValueOf', 'Filters'])
  const valueOf = contribution['ValueOf'] === undefined ? undefined : textOf(contribution['ValueOf'], 'Contribution.ValueOf')
  if (aggregateOn === 'Sum' && valueOf === undefined) throw ourProblem('Contribution.ValueOf', 'is needed when AggregateOn is Sum')
  if (aggregateOn === 'Count' && valueOf !== undefined) throw ourProblem('Contribution.ValueOf', 'must not be there when AggregateOn is Count')
  const rule: InsightRuleBody = {
    schema: schemaOf(members['Schema']),
    logGroups: logGroupsOf(members),
    logFormat,
    fields: fieldsOf(members['Fields'], logFormat),
    keys: listOf(contribution['Keys'], 'Contribution.Keys', KEYS, textOf),
    valueOf,
    filters: listOf(contribution['Filters'] ?? (from === 'kept' ? [] : undefined), 'Contribution.Filters', FILTERS, parseFilter),
    aggregateOn,
  }
  requireFields(rule)
  return rule
}

const json = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable()
    throw error
  }
}

const schemaOf = (value: unknown): InsightRuleBody['schema'] => {
  const { Name, Version } = membersOf(value, 'Schema', ['Name', 'Version'])
  if (Name !== 'CloudWatchLogRule' || Version !== 1) throw mistake('InvalidSchema', 'Schema')
  return { name: Name, version: Version }
}

const logGroupsOf = ({ LogGroupNames: names, LogGroupARNs: arns }: Members): InsightRuleBody['logGroups'] => {
  if (names === undefined && arns === undefined) throw mistake('MissingKey', 'LogGroupNames')
  if (names !== undefined && arns !== undefined) throw ourProblem('LogGroupARNs', 'must not be there beside LogGroupNames')
  return names === undefined
    ? { kind: 'arns', patterns: listOf(arns, 'LogGroupARNs', ANY, textOf) }
    : { kind: 'names', patterns: listOf(names, 'LogGroupNames', ANY, pattern) }
}

const pattern = (value: unknown, at: string): string => {
  const text = textOf(value, at)
  if (text.slice(0, -1).includes('*')) throw ourProblem(at, 'may have * at its end alone')
  return text
}

const formatOf = (value: unknown): 'JSON' | 'CLF' => {
  if (value === undefined) throw mistake('MissingKey', 'LogFormat')
  if (value !== 'JSON' && value !== 'CLF') throw mistake('InvalidValueType', 'LogFormat')
  return value
}

/** AWS's pages write it in both ways. */
const aggregation = (value: unknown): 'Count' | 'Sum' => {
  if (value === 'Count' || value === 'COUNT') return 'Count'
  if (value === 'Sum' || value === 'SUM') return 'Sum'
  throw mistake(value === undefined ? 'MissingKey' : 'InvalidValueType', 'AggregateOn')
}

const fieldsOf = (value: unknown, format: 'JSON' | 'CLF'): ReadonlyMap<string, string> => {
  if (value === undefined) return new Map()
  if (format === 'JSON') throw ourProblem('Fields', 'is for the log format CLF')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mistake('InvalidValueType', 'Fields')
  return new Map(
    Object.entries(value).map(([position, name]) => {
      if (!/^[1-9]\d{0,3}$/.test(position)) throw ourProblem('Fields', 'must be named by positions, from 1')
      return [position, textOf(name, `Fields.${position}`)]
    }),
  )
}

/** Fields are JSON paths in JSON; in CLF they are positions, or names of positions. */
const requireFields = ({ logFormat, fields, keys, valueOf, filters }: InsightRuleBody): void => {
  const names = new Set(fields.values())
  const fits = (field: string): boolean => (logFormat === 'JSON' ? field.startsWith('$.') : names.has(field) || /^[1-9]\d{0,3}$/.test(field))
  const stray = [...keys, ...(valueOf === undefined ? [] : [valueOf]), ...filters.map(({ match }) => match)].find(field => !fits(field))
  if (stray === undefined) return
  const expected = logFormat === 'JSON' ? 'must begin with $.' : 'must be a position or a name in Fields'
  throw ourProblem('Contribution', `names the field ${stray.slice(0, 100)}, which ${expected}`)
}
