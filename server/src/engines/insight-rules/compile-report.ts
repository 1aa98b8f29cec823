import { and, boundTexts, boundNumber, call, cast, column, constant, not, or, parameter, window, type Expression, type Output, type Select } from '../../sql/expression.ts'
import { printStatement, type PrintedSql } from '../../sql/print.ts'
import type { Fields } from '../insights/fields.ts'
import { planQuery, type QueriedGroup } from '../insights/plan/plan-query.ts'
import { parseQuery } from '../insights/parse-query.ts'
import { asNumber, asText } from '../insights/values.ts'
import type { InsightRuleBody, RuleFilter } from './rule.ts'
import { ruleFields, type RuleField } from './rule-fields.ts'

export interface ReportOptions {
  readonly groups: readonly QueriedGroup[]
  readonly fields: (groups: readonly QueriedGroup[], unmasked: boolean) => Fields
  /** Epoch milliseconds; `end` exclusive. */
  readonly start: number
  readonly end: number
  /** Where the first period begins, at or before `start`, and how long periods are, in milliseconds. */
  readonly origin: number
  readonly period: number
  /** How many contributors are shown: 0 to 100. */
  readonly top: number
  readonly orderBy: 'Sum' | 'Maximum'
}

/**
 * One statement for a whole report: what every contributor adds up to in every period, then the contributors in their order, then one
 * row of everything: see `readReport`. Events without one of the keys, or without a number to add, are none of the rule's.
 */
export const compileReport = (rule: InsightRuleBody, options: ReportOptions): PrintedSql => {
  const { start, end, orderBy, top } = options
  const { planner: { rows } } = planQuery(parseQuery(''), options.groups, { start, end: end - 1, now: end, fields: options.fields })
  const field = ruleFields(rule, rows)
  const keys = rule.keys.map(key => asText(field(key)))
  const value = rule.valueOf === undefined ? undefined : asNumber(field(rule.valueOf))
  rows.filter(and(...rule.filters.map(filter => conditionOf(filter, field)), ...keys.map(isThere), ...(value === undefined ? [] : [isThere(value)])))
  const names = keys.map((_, index) => `k${index + 1}`)
  const events = rows.level.select([
    ...keys.map((of, index) => ({ name: names[index]!, of: call('assumeNotNull', of) })),
    { name: 'v', of: value === undefined ? call('toFloat64', constant(1)) : call('assumeNotNull', value) },
    { name: 'b', of: periodOf(options) },
  ])
  const key = names.map(name => column(name))
  const periods: Select = {
    kind: 'select',
    columns: [
      ...key.map(of => ({ name: of.name, of })), plain('b'),
      as('n', call('toFloat64', call('count'))), as('s', call('sum', column('v'))), as('low', call('min', column('v'))), as('high', call('max', column('v'))),
    ],
    from: { kind: 'select', select: events },
    groupBy: [...key, column('b')],
  }
  const contributors: Select = {
    kind: 'select',
    columns: [
      as('keys', call('array', ...key)), as('total', call('sum', column('s'))), as('most', call('max', column('s'))),
      ...['b', 'n', 's', 'low', 'high'].map(name => as(`${name}s`, call('groupArray', column(name)))),
      as('ones', call('groupArray', call('toFloat64', constant(1)))),
    ],
    from: { kind: 'select', select: periods },
    groupBy: key,
  }
  const first = column(orderBy === 'Sum' ? 'total' : 'most')
  const ranked: Select = {
    kind: 'select',
    columns: [
      ...['keys', 'total', 'bs', 'ns', 'ss', 'lows', 'highs', 'ones'].map(plain),
      as('rank', window(call('row_number'), [{ by: first, descending: true }, { by: column('keys') }])),
    ],
    from: { kind: 'select', select: contributors },
  }
  const shown = call('groupArrayIf', call('tuple', ...['rank', 'keys', 'total', 'bs', 'ss'].map(name => column(name))), call('lessOrEquals', column('rank'), constant(top)))
  const byPeriod = (combine: 'sumMap' | 'minMap' | 'maxMap', name: string): Expression => call(combine, column('bs'), column(name))
  return printStatement({
    kind: 'select',
    columns: [
      text('contributors', call('count')), text('total', call('sum', column('total'))), text('shown', call('arraySort', shown)),
      text('unique', byPeriod('sumMap', 'ones')), text('samples', byPeriod('sumMap', 'ns')), text('sums', byPeriod('sumMap', 'ss')),
      text('greatest', byPeriod('maxMap', 'ss')), text('lowest', byPeriod('minMap', 'lows')), text('highest', byPeriod('maxMap', 'highs')),
    ],
    from: { kind: 'select', select: ranked },
  })
}

const as = (name: string, of: Expression): Output => ({ name, of })
const plain = (name: string): Output => as(name, column(name))
/** The names are unlike those within: an alias that a column has as well would stand for itself. */
const text = (name: string, of: Expression): Output => as(`${name}_of_all`, call('toJSONString', of))

const periodOf = ({ origin, period }: ReportOptions): Expression =>
  cast(call('intDiv', call('minus', column('ts'), parameter('Int64', BigInt(origin))), parameter('Int64', BigInt(period))), 'UInt32')

const isThere = (of: Expression): Expression => call('isNotNull', of)

/** A field that is not there passes no test but the one that it is not. */
const conditionOf = ({ match, test }: RuleFilter, field: RuleField): Expression => {
  const value = field(match)
  switch (test.kind) {
    case 'In':
      return call('in', asText(value), boundTexts(test.values))
    case 'NotIn':
      return and(isThere(asText(value)), not(call('in', asText(value), boundTexts(test.values))))
    case 'StartsWith':
      return or(...test.values.map(start => call('startsWith', asText(value), parameter('String', start))))
    case 'IsPresent':
      return test.present ? isThere(asText(value)) : not(isThere(asText(value)))
    case 'GreaterThan':
    case 'LessThan':
    case 'EqualTo':
    case 'NotEqualTo':
      return call(COMPARED[test.kind], asNumber(value), boundNumber(test.value))
  }
}

const COMPARED = { GreaterThan: 'greater', LessThan: 'less', EqualTo: 'equals', NotEqualTo: 'notEquals' } as const
