import { boundText, call, column, constant, type Expression } from '../../sql/expression.ts'
import type { Rows } from '../insights/plan/rows.ts'
import { anyValue, type Value } from '../insights/values.ts'
import type { InsightRuleBody } from './rule.ts'

/** Where a rule's fields are in rows of `log_events`. */
export type RuleField = (field: string) => Value

export const ruleFields = (rule: InsightRuleBody, rows: Rows): RuleField =>
  rule.logFormat === 'JSON' ? field => rows.field(pathOf(field)) ?? anyValue(NOTHING) : clfField(rule)

const NOTHING = call('CAST', constant(null), constant('Nullable(String)'))

/** `$.a.b[0]['c d']` as the texts a, b, 0 and c d. */
export const pathOf = (field: string): readonly string[] =>
  [...field.slice(1).matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/g)].map(([, name, index, quoted, double]) => name ?? index ?? quoted ?? double!)

/** Words, and what stands in brackets or quotes. */
const PARTS = String.raw`\[[^\]]*\]|"[^"]*"|\S+`
const WRAPPED = String.raw`^(?:\[(.*)\]|"(.*)")$`

/** Positions begin with 1; `-` stands for nothing. */
const clfField = ({ fields }: InsightRuleBody): RuleField => {
  const positions = new Map([...fields].map(([position, name]) => [name, Number(position)]))
  const parts = call('extractAll', column('message'), boundText(PARTS))
  return field => {
    const part = call('arrayElement', parts, constant(positions.get(field) ?? Number(field)))
    return anyValue(call('nullIf', call('nullIf', unwrapped(part), boundText('')), boundText('-')))
  }
}

const unwrapped = (part: Expression): Expression => call('replaceRegexpOne', part, boundText(WRAPPED), boundText(String.raw`\1\2`))
