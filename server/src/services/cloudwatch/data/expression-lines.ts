import type { MessageData } from '@aws-sdk/client-cloudwatch'
import type { Seconds } from '../../../base/time.ts'
import { compile } from '../../../engines/expressions/compile.ts'
import { ExpressionError } from '../../../engines/expressions/expression-error.ts'
import type { Grid, Line as GridLine, Need, Program } from '../../../engines/expressions/program.ts'
import { isInsights } from '../../../engines/metrics-insights/parse.ts'
import { validationError } from '../../../wire/fault.ts'
import { dynamicLabel, isDynamic } from './dynamic-labels.ts'
import { gridOf, offGrid, onGrid, periodOf } from './grid.ts'
import { isForeign, propertiesOf, readLines, readRange, withLabels, type LabelledQuery, type Line, type Range } from './lines.ts'
import { Needs, type ExpressionSources } from './needs.ts'
import { complaint, type ExpressionQuery, type Query, type StoredQuery } from './queries.ts'
import { bucketsIn, readSeries } from './stored-series.ts'

interface Answer {
  readonly lines: readonly Line[]
  /** About the request as a whole. */
  readonly messages: readonly MessageData[]
}

/** So many SEARCH expressions may a graph have. */
const SEARCH_LIMIT = 100
/** So many datapoints may one request with expressions read or answer: they all come on one page. */
const DATAPOINT_LIMIT = 1_500_000

/** Stored metrics and the expressions over them, in the order of the queries. Throws `ValidationError` with AWS's texts. */
export const expressionLines = async (sources: ExpressionSources, queries: readonly Query[], range: Range): Promise<Answer> => {
  try {
    return await evaluated(sources, queries, range)
  } catch (error) {
    if (error instanceof ExpressionError) throw validationError(error.message)
    throw error
  }
}

const evaluated = async (sources: ExpressionSources, queries: readonly Query[], range: Range): Promise<Answer> => {
  const expressions = queries.filter((query): query is ExpressionQuery => query.kind === 'expression')
  const labelled = withLabels(queries.filter((query): query is StoredQuery => query.kind === 'stored'))
  const program = compile(
    labelled.map(({ query: { id, period, label }, fallback }) => ({ id, period, label: label === undefined || isDynamic(label) ? fallback : label })),
    expressions.map(({ id, expression, period, label }) => ({
      id, expression, ...(period === undefined ? {} : { period }), ...(label === undefined || isDynamic(label) ? {} : { label }),
    })),
  )
  const returned = expressions.filter(({ returnData }) => returnData)
  checkLimits(expressions, returned, program)
  checkSize(labelled, range)
  const needs = new Needs(sources, queries, range)
  const stored = await readLines(sources.reads, labelled.filter(({ query }) => query.returnData), range)
  const found = new Map<string, readonly Line[]>(stored.map(line => [line.id, [line]]))
  const periods = new Map(labelled.map(({ query }) => [query.id, query]))
  const groups = [...Map.groupBy(returned, query => periodOf(query, program, periods, range))]
    .map(([period, group]) => ({ grid: gridOf(readRange(range), period), group }))
  await needs.find(groups.flatMap(({ grid, group }) => group.flatMap(({ id }) =>
    program.needsOf(id).flatMap(need => (need.kind === 'search' ? [{ need, grid, id }] : [])))))
  let room = DATAPOINT_LIMIT
  for (const { grid, group } of groups) {
    const computed = await evaluateOn(grid, group, { sources, labelled, program, needs, range })
    for (const [index, query] of group.entries()) {
      room -= computed[index]!.length * grid.length
      if (room < 0) throw new ExpressionError(query.id, 'The request returns too many datapoints. Increase the period or shorten the time range')
      // An expression that found nothing still has its entry, as a metric without data has.
      const lines = computed[index]!.length > 0 ? computed[index]! : [{ label: query.id, values: NONE }]
      found.set(query.id, lines.map(line => lineOf(query, line, grid, range)))
    }
  }
  return { lines: queries.flatMap(({ id }) => found.get(id) ?? []), messages: needs.messages }
}

const NONE = new Float64Array(0)

interface Request {
  readonly sources: ExpressionSources
  readonly labelled: readonly LabelledQuery[]
  readonly program: Program
  readonly needs: Needs
  readonly range: Range
}

/** All expressions of one period, with every metric and need that they share read once. */
const evaluateOn = async (grid: Grid, group: readonly ExpressionQuery[], request: Request) => {
  const { program, needs } = request
  const metrics = await metricsOn(grid, new Set(group.flatMap(({ id }) => [...program.metricsOf(id)])), request)
  const answers = new Map<Need, readonly GridLine[]>()
  for (const { id } of group) {
    for (const need of program.needsOf(id)) if (!answers.has(need)) answers.set(need, await needs.answer(need, grid))
  }
  return program.evaluateAll(group.map(({ id }) => id), { grid, metric: id => metrics.get(id)!, need: need => answers.get(need)! })
}

/** The metrics of the request, read at the period of the expressions that use them. */
const metricsOn = async (grid: Grid, ids: ReadonlySet<string>, { sources, labelled, range }: Request): Promise<ReadonlyMap<string, GridLine>> => {
  const used = labelled.filter(({ query }) => ids.has(query.id))
  const visible = used.filter(({ query }) => !isForeign(query, range)).map(({ query }) => ({ ...query, period: grid.period }))
  const series = await readSeries(sources.reads, visible, readRange(range))
  const columns = new Map(visible.map(({ id }, index) => [id, onGrid(series[index]!, grid)]))
  return new Map(used.map(({ query, fallback }) => {
    const values = columns.get(query.id) ?? new Float64Array(grid.length).fill(NaN)
    const properties = propertiesOf(query, range)
    const facts = { label: fallback, series: offGrid({ label: fallback, values }, grid), now: range.now, timezone: range.timezone, properties }
    return [query.id, { label: query.label === undefined ? fallback : dynamicLabel(query.label, facts), values, properties }]
  }))
}

const lineOf = ({ id, label }: ExpressionQuery, line: GridLine, grid: Grid, { now, timezone }: Range): Line => {
  const series = offGrid(line, grid)
  const facts = { label: line.label, series, now, timezone, properties: line.properties ?? {} }
  return { id, label: label === undefined || !isDynamic(label) ? line.label : dynamicLabel(label, facts), ...series, messages: [], forbidden: false }
}

const checkLimits = (expressions: readonly ExpressionQuery[], returned: readonly ExpressionQuery[], program: Program): void => {
  if (expressions.filter(({ expression }) => isInsights(expression)).length > 1) {
    throw complaint(['You can use only one Metrics Insights query in a GetMetricData request.'])
  }
  for (const { id } of returned) program.requireSeries(id)
  const searches = new Set(returned.flatMap(({ id }) => program.needsOf(id)).filter(({ kind }) => kind === 'search'))
  if (searches.size > SEARCH_LIMIT) throw complaint([`The request must not have more than ${SEARCH_LIMIT} SEARCH expressions.`])
}

const checkSize = (labelled: readonly LabelledQuery[], range: Range): void => {
  const within = readRange(range)
  const asked = (period: Seconds): number => bucketsIn(within, period)
  if (labelled.reduce((sum, { query }) => sum + asked(query.period), 0) > DATAPOINT_LIMIT) {
    throw complaint([`The request must not ask for more than ${DATAPOINT_LIMIT} datapoints together with expressions.`])
  }
}
