import { boundTexts, call, choose, column, constant, list, NULL, parameter, type Expression } from '../../../sql/expression.ts'
import { fieldsIn } from '../grammar/fields-in.ts'
import { parseExpression } from '../grammar/parse-expression.ts'
import { parseField } from '../grammar/parse-primary.ts'
import type { ExpressionNode, FieldNode } from '../grammar/query-tree.ts'
import { boundRows } from '../plan/bound-rows.ts'
import type { Planner } from '../plan/planner.ts'
import type { QueryContext } from '../plan/query-context.ts'
import { Rows } from '../plan/rows.ts'
import { relevanceOf, type Relevance, type SeenValue } from '../relevance.ts'
import { asBoolean, asNumber, asText, numberValue, stringValue, type Value } from '../values.ts'
import { command } from './insights-command.ts'

interface RelevantTree {
  /** None: all that the groups have. */
  readonly fields: readonly FieldNode[]
  readonly condition: ExpressionNode
}

/** So many values of all fields together are compared; the rarest beyond them are not. */
const VALUE_LIMIT = 20_000

export const relevantfields = command<RelevantTree>({
  name: 'relevantfields',
  syntax: 'relevantfields [field, …] where condition',
  text: 'Says which fields have most to do with a condition: compares the events that meet it with those that do not. `@fieldName`, `@relevanceScore` (0 to 1: of texts Cramér’s V, of numbers the largest distance of the two distributions), `@topRelevanceContributors` (JSON: values of texts and their percents on both sides), `@conditionalMedian`, `@baselineMedian`. Without a list, all fields that have columns (not what is long or different in every event), but for those in the condition. (AWS does not say how it reckons.)',
  parse: cursor => {
    const fields: FieldNode[] = []
    while (!cursor.atWord('where')) {
      if (fields.length > 0) cursor.expectSign(',')
      fields.push(parseField(cursor))
    }
    cursor.expectWord('where')
    return { fields, condition: parseExpression(cursor) }
  },
  apply: ({ fields, condition }, planner, node) => {
    if (planner.rows.kind !== 'events') planner.refuse('relevantfields works on events: it must come before stats', node)
    const named = new Set(fieldsIn(condition).map(({ name }) => name))
    const wanted = fields.length > 0
      ? fields.map(({ name, path }) => ({ name, path }))
      : planner.query.fieldNames().filter(name => !named.has(name)).map(name => ({ name, path: name.split('.') }))
    // Before anything is read: after a limit what is read must be of the level around it.
    planner.rows.open()
    gatherValues(wanted.map(({ path }) => planner.rows.field(path)), asBoolean(planner.bind(condition)), planner)
    const { query } = planner
    planner.pending = found => relevanceRows(wanted.map(({ name }) => name), found, query)
  },
})

/** One row of every value of every field; of the place -1 one of all events. */
const gatherValues = (values: readonly (Value | undefined)[], condition: Expression, planner: Planner): void => {
  const { rows } = planner
  rows.put(INSIDE, { type: 'boolean', sql: call('ifNull', condition, constant(0)) })
  const known = values.map(value => value ?? stringValue(NULL))
  known.forEach((value, index) => {
    rows.put(`${TEXT}${index}`, stringValue(call('CAST', asText(value), constant('Nullable(String)'))))
    rows.put(`${NUMBER}${index}`, numberValue(call('CAST', asNumber(value), constant('Nullable(Float64)'))))
  })
  rows.wrap()
  const [place, text, number] = [rows.names.next('e'), rows.names.next('e'), rows.names.next('e')]
  const each = (name: string): readonly Expression[] => known.map((_, index) => rows.named(`${name}${index}`)!.sql)
  rows.level.unnest = [
    { name: place, of: parameter('Array(Float64)', [-1, ...known.keys()]) },
    { name: text, of: list([call('toNullable', constant('')), ...each(TEXT)]) },
    { name: number, of: list([call('CAST', NULL, constant('Nullable(Float64)')), ...each(NUMBER)]) },
  ]
  rows.filter(call('isNotNull', column(text)))
  const shape = rows.level.define(rounded(column(number)))
  const label = rows.level.define(choose([[call('isNull', shape), column(text)]], call('toString', shape)))
  const isNumber = rows.level.define(call('isNotNull', shape))
  const inside = rows.named(INSIDE)!.sql
  const count = (condition_: Expression): Value => numberValue(call('toFloat64', call('countIf', condition_)))
  const middle = (condition_: Expression): Value => numberValue(call('medianIf', column(number), condition_))
  const gathered: readonly (readonly [string, Value])[] = [
    ['place', numberValue(column(place))], ['value', stringValue(label)], ['number', { type: 'boolean', sql: isNumber }],
    ['inside', count(inside)], ['outside', count(call('not', inside))], ['insideMedian', middle(inside)], ['outsideMedian', middle(call('not', inside))],
  ]
  const { carry } = rows.group([column(place), label, isNumber])
  for (const [name, value] of gathered) {
    rows.put(name, carry(value))
    rows.show({ name, path: [name] })
  }
  const events = call('plus', rows.named('inside')!.sql, rows.named('outside')!.sql)
  rows.order = [{ by: events, descending: true }, { by: rows.named('place')!.sql }, { by: rows.named('value')!.sql }]
  rows.level.limit = VALUE_LIMIT
}

/** No names that a query can give. */
const INSIDE = '\0inside'
const TEXT = '\0text'
const NUMBER = '\0number'

/** To three digits. */
const rounded = (number: Expression): Expression => {
  const scale = call('pow', constant(10), call('minus', call('floor', call('log10', call('abs', number))), constant(2)))
  return choose([[call('equals', number, constant(0)), constant(0)]], call('ifNotFinite', call('multiply', call('round', call('divide', number, scale)), scale), number))
}

type Found = readonly (string | null)[]

const relevanceRows = (names: readonly string[], found: readonly Found[], query: QueryContext): Rows => {
  const total = found.find(([place]) => Number(place) === -1)
  const totals = { inside: Number(total?.[3] ?? 0), outside: Number(total?.[4] ?? 0) }
  const byPlace = Map.groupBy(found, ([place]) => Number(place))
  const ranked = names
    .flatMap((name, index) => {
      const seen = byPlace.get(index)
      return seen === undefined ? [] : [{ name, ...relevanceOf(seen.map(seenOf), totals) }]
    })
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1))
  return madeRows(ranked, query)
}

const seenOf = ([, value, number, inside, outside, insideMedian, outsideMedian]: Found): SeenValue => {
  const numberOf = (text: string | null | undefined): number | undefined => (text === null || text === undefined ? undefined : Number(text))
  return {
    value: value ?? '',
    number: number === '1' ? { inside: numberOf(insideMedian), outside: numberOf(outsideMedian) } : undefined,
    inside: Number(inside),
    outside: Number(outside),
  }
}

const madeRows = (ranked: readonly (Relevance & { readonly name: string })[], query: QueryContext): Rows => {
  const numbers = (of: (one: Relevance) => number | undefined): Expression => parameter('Array(Float64)', ranked.map(one => of(one) ?? 0))
  const texts = (of: (one: Relevance & { readonly name: string }, index: number) => string): Expression => boundTexts(ranked.map(of))
  const text = (of: number | undefined): string => (of === undefined ? '' : String(of))
  const columns = {
    name: texts(({ name }) => name),
    score: numbers(({ score }) => score),
    contributors: texts(({ contributors }) => (contributors.length === 0 ? '' : JSON.stringify(contributors))),
    conditional: texts(({ conditionalMedian }) => text(conditionalMedian)),
    baseline: texts(({ baselineMedian }) => text(baselineMedian)),
  }
  const level = boundRows(columns, query.names)
  const number = (name: string): Value => numberValue(call('toFloat64OrNull', column(name)))
  return Rows.made(level, [
    ['@fieldName', stringValue(column('name'))],
    ['@relevanceScore', numberValue(column('score'))],
    ['@topRelevanceContributors', stringValue(call('nullIf', column('contributors'), constant('')))],
    ['@conditionalMedian', number('conditional')],
    ['@baselineMedian', number('baseline')],
  ], [{ by: column('score'), descending: true }, { by: column('name') }], query.names)
}
