import { boundText, boundTexts, call, column, constant, parameter, type Expression } from '../../../sql/expression.ts'
import { parseExpression } from '../grammar/parse-expression.ts'
import { clustered, type Pattern } from '../patterns/cluster.ts'
import { MARK, VARYING } from '../patterns/template.ts'
import { Level } from '../plan/level.ts'
import type { Planner } from '../plan/planner.ts'
import type { QueryContext } from '../plan/query-context.ts'
import { Rows } from '../plan/rows.ts'
import { asText, numberValue, stringValue, type Value } from '../values.ts'
import { RECENT, RECENT_COUNT } from './anomaly.ts'
import { command } from './insights-command.ts'

/** So many different templates are told apart; the rarest beyond them are not counted. */
const TEMPLATE_LIMIT = 5000
/** Longer lines are told apart by their beginning. */
const LENGTH = 1000
/** So many patterns are answered. */
const PATTERN_LIMIT = 1000

export const pattern = command({
  name: 'pattern',
  syntax: 'pattern expression',
  text: 'Groups lines of the same structure: `@pattern` (with `<Time-1>`, `<Number-2>` … where they differ), `@sampleCount`, `@ratio` and `@severityLabel`.',
  parse: parseExpression,
  apply: (of, planner) => {
    if (planner.before.some(({ command: name }) => name === 'pattern' || name === 'stats')) planner.refuse('pattern works on events: it must come before stats, and once', of)
    gatherTemplates(planner.bind(of), planner)
    const { query } = planner
    planner.pending = found => patternRows(clustered(found.map(templateOf)).slice(0, PATTERN_LIMIT), query)
  },
})

/** One row of every template: a line with a mark in place of everything that varies. */
const gatherTemplates = (value: Value, { rows, query }: Planner): void => {
  rows.open()
  const text = rows.level.define(call('substring', asText(value), constant(1), constant(LENGTH)))
  rows.filter(call('isNotNull', text))
  const template = rows.level.define(call('replaceRegexpAll', text, boundText(VARYING), boundText(MARK)))
  const at = rows.system('@timestamp')!.sql
  const since = (time: number): Expression => call('greaterOrEquals', at, parameter('Int64', BigInt(Math.trunc(time))))
  const countIf = (condition: Expression): Value => numberValue(call('toFloat64', call('countIf', condition)))
  const gathered: readonly (readonly [string, Value])[] = [
    ['template', stringValue(template)],
    ['sample', stringValue(call('any', text))],
    ['count', countIf(since(query.start))],
    ['earlier', countIf(call('not', since(query.start)))],
    ['recent', countIf(since(query.start + (query.end - query.start) * RECENT))],
  ]
  const { carry } = rows.group([template])
  for (const [name, one] of gathered) {
    rows.put(name, carry(one))
    rows.show({ name, path: [name] })
  }
  rows.order = [{ by: rows.named('count')!.sql, descending: true }, { by: rows.named('template')!.sql }]
  rows.level.limit = TEMPLATE_LIMIT
}

const templateOf = ([text, sample, count, earlier, recent]: readonly (string | null)[]) =>
  ({ text: text ?? '', sample: sample ?? '', count: Number(count), earlier: Number(earlier), recent: Number(recent) })

const patternRows = (patterns: readonly Pattern[], query: QueryContext): Rows => {
  const numbers = (of: (pattern: Pattern) => number): Expression => parameter('Array(Float64)', patterns.map(of))
  const total = patterns.reduce((sum, { count }) => sum + count, 0)
  const columns = {
    text: boundTexts(patterns.map(({ text }) => text)),
    count: numbers(({ count }) => count),
    ratio: numbers(({ count }) => (total === 0 ? 0 : count / total)),
    severity: boundTexts(patterns.map(({ severity }) => severity ?? '')),
    earlier: numbers(({ earlier }) => earlier),
    recent: numbers(({ recent }) => recent),
  }
  const names = Object.keys(columns)
  const level = new Level(() => ({
    kind: 'select',
    select: {
      kind: 'select',
      columns: names.map(name => ({ name, of: column(name) })),
      from: { kind: 'select', select: { kind: 'select', columns: [{ name: 'one', of: constant(1) }] } },
      unnest: Object.entries(columns).map(([name, of]) => ({ name, of })),
    },
  }), query.names)
  const rows = Rows.made(level, [
    ['@pattern', stringValue(column('text'))],
    ['@sampleCount', numberValue(column('count'))],
    ['@ratio', numberValue(column('ratio'))],
    ['@severityLabel', stringValue(call('nullIf', column('severity'), constant('')))],
  ], [{ by: column('count'), descending: true }, { by: column('text') }], query.names)
  if (query.earlier === undefined) rows.filter(call('greater', column('count'), constant(0)))
  else compareRows(rows)
  rows.put(RECENT_COUNT, numberValue(column('recent')))
  return rows
}

/** What `diff` shows besides. */
const compareRows = (rows: Rows): void => {
  const [count, earlier] = [column('count'), column('earlier')]
  const difference = call('minus', count, earlier)
  const what = call('multiIf',
    call('equals', earlier, constant(0)), constant('New'),
    call('equals', count, constant(0)), constant('Gone'),
    call('greater', difference, constant(0)), constant('More'),
    call('less', difference, constant(0)), constant('Less'),
    constant('Same'))
  for (const [name, value] of [
    ['@previousSampleCount', numberValue(earlier)],
    ['@difference', numberValue(difference)],
    ['@differenceDescription', stringValue(what)],
  ] as const) {
    rows.put(name, value)
    rows.show({ name, path: [name] })
  }
  rows.order = [{ by: call('abs', difference), descending: true }, { by: column('text') }]
}
