import { boundTexts, call, column, constant, parameter, type Expression } from '../../../sql/expression.ts'
import { diffPatterns } from '../../log-patterns/diff-patterns.ts'
import { mergePatterns, type NormalisedRow } from '../../log-patterns/merge-patterns.ts'
import type { Severity } from '../../log-patterns/severity.ts'
import { parseExpression } from '../grammar/parse-expression.ts'
import type { Span } from '../grammar/query-tree.ts'
import { beginningOf, normalisedText } from '../normalised-text.ts'
import { boundRows } from '../plan/bound-rows.ts'
import type { Planner } from '../plan/planner.ts'
import type { QueryContext } from '../plan/query-context.ts'
import { Rows } from '../plan/rows.ts'
import { asText, numberValue, stringValue, type Value } from '../values.ts'
import { RECENT, RECENT_COUNT } from './anomaly.ts'
import { command } from './insights-command.ts'

/** So many different normalised texts are told apart; the rarest beyond them are not counted. */
const TEXT_LIMIT = 5000
/** So many patterns are answered. */
const PATTERN_LIMIT = 1000

export const pattern = command({
  name: 'pattern',
  syntax: 'pattern expression',
  text: 'Groups lines of the same structure: `@pattern` (with `<Time-1>`, `<Number-2>` … where they differ), `@sampleCount`, `@ratio` and `@severityLabel` (Error, Warning, Info or Debug). `@patternId` is the same as in anomalies of log groups.',
  parse: parseExpression,
  apply: (of, planner, node) => gatherPatterns(() => planner.bind(of), planner, { ...of, command: node.command }),
})

/** The rows after it are the patterns of these texts. */
export const gatherPatterns = (of: () => Value, planner: Planner, at: Span & { readonly command: string }): void => {
  if (planner.rows.kind !== 'events' || planner.before.some(({ command: name }) => GATHERING.has(name))) {
    planner.refuse(`${at.command} works on events: it must come before stats, and once`, at)
  }
  // After a limit the texts are of the level around it.
  planner.rows.open()
  gatherTexts(of(), planner)
  const { query } = planner
  planner.pending = found => patternRows(seenPatterns(found.map(gatheredOf), query.earlier !== undefined).slice(0, PATTERN_LIMIT), query)
}

const GATHERING: ReadonlySet<string> = new Set(['pattern', 'stats', 'logcompare', 'relevantfields'])

interface Gathered extends NormalisedRow {
  readonly now: number
  /** In the range that `diff` compares with. */
  readonly earlier: number
  /** In the last tenth of the range. */
  readonly recent: number
}

/** One row of every normalised text. */
const gatherTexts = (value: Value, { rows, query }: Planner): void => {
  const text = rows.level.define(beginningOf(asText(value)))
  rows.filter(call('isNotNull', text))
  const normalised = rows.level.define(normalisedText(text))
  const at = rows.system('@timestamp')!.sql
  const since = (time: number): Expression => call('greaterOrEquals', at, parameter('Int64', BigInt(Math.trunc(time))))
  // The two ranges may overlap.
  const isEarlier = query.earlier === undefined ? constant(0) : call('not', since(query.earlier.end + 1))
  const countIf = (condition: Expression): Value => numberValue(call('toFloat64', call('countIf', condition)))
  const gathered: readonly (readonly [string, Value])[] = [
    ['text', stringValue(normalised)],
    ['sample', stringValue(call('any', text))],
    ['now', countIf(since(query.start))],
    ['earlier', countIf(isEarlier)],
    ['recent', countIf(since(query.start + (query.end - query.start) * RECENT))],
  ]
  const { carry } = rows.group([normalised])
  for (const [name, one] of gathered) {
    rows.put(name, carry(one))
    rows.show({ name, path: [name] })
  }
  rows.order = [{ by: rows.named('now')!.sql, descending: true }, { by: rows.named('text')!.sql }]
  rows.level.limit = TEXT_LIMIT
}

const gatheredOf = ([text, sample, now, earlier, recent]: readonly (string | null)[]): Gathered => ({
  text: text ?? '',
  sample: sample ?? '',
  count: Number(now) + Number(earlier),
  now: Number(now),
  earlier: Number(earlier),
  recent: Number(recent),
})

interface SeenPattern {
  readonly id: string
  readonly text: string
  readonly severity: string
  readonly now: number
  readonly earlier: number
  readonly recent: number
  /** What became of it, where it is compared. */
  readonly difference: string
}

/** In the order that results are in: with `compared` the largest change first, else the most frequent. */
const seenPatterns = (found: readonly Gathered[], compared: boolean): readonly SeenPattern[] => {
  const sum = (rows: readonly Gathered[], of: 'now' | 'earlier' | 'recent'): number => rows.reduce((total, row) => total + row[of], 0)
  const merged = mergePatterns(found)
  const within = (of: 'now' | 'earlier') => merged.map(one => ({ ...one, sampleCount: sum(one.rows, of) })).filter(one => one.sampleCount > 0)
  const recent = new Map(merged.map(({ patternId, rows }) => [patternId, sum(rows, 'recent')]))
  const differences = compared
    ? diffPatterns(within('now'), within('earlier'))
    : within('now').map(one => ({ pattern: one, now: one.sampleCount, before: 0, description: '' }))
  return differences.map(({ pattern: { patternId, pattern: text, severityLabel }, now, before, description }) =>
    ({ id: patternId, text, severity: LABELS[severityLabel], now, earlier: before, recent: recent.get(patternId) ?? 0, difference: description }))
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Pattern.html */
const LABELS: Readonly<Record<Severity, string>> = {
  FATAL: 'Error', CRITICAL: 'Error', ERROR: 'Error', WARN: 'Warning', INFO: 'Info', DEBUG: 'Debug', TRACE: 'Debug', NONE: '',
}

const patternRows = (patterns: readonly SeenPattern[], query: QueryContext): Rows => {
  const numbers = (of: (pattern: SeenPattern, index: number) => number): Expression => parameter('Array(Float64)', patterns.map(of))
  const texts = (of: (pattern: SeenPattern) => string): Expression => boundTexts(patterns.map(of))
  const total = patterns.reduce((sum, { now }) => sum + now, 0)
  const compared = query.earlier !== undefined
  const columns = {
    place: numbers((_, index) => index),
    text: texts(({ text }) => text),
    count: numbers(({ now }) => now),
    ratio: numbers(({ now }) => (total === 0 ? 0 : now / total)),
    severity: texts(({ severity }) => severity),
    id: texts(({ id }) => id),
    recent: numbers(({ recent }) => recent),
    ...(compared ? { earlier: numbers(({ earlier }) => earlier), difference: texts(({ difference }) => difference) } : {}),
  }
  const level = boundRows(columns, query.names)
  const rows = Rows.made(level, [
    ['@pattern', stringValue(column('text'))],
    ['@sampleCount', numberValue(column('count'))],
    ['@ratio', numberValue(column('ratio'))],
    ['@severityLabel', stringValue(call('nullIf', column('severity'), constant('')))],
    ...(compared ? COMPARED : []),
  ], [{ by: column('place') }], query.names)
  rows.put('@patternId', stringValue(column('id')))
  rows.put(RECENT_COUNT, numberValue(column('recent')))
  return rows
}

/** What `diff` shows besides. */
const COMPARED: readonly (readonly [string, Value])[] = [
  ['@previousSampleCount', numberValue(column('earlier'))],
  ['@difference', numberValue(call('minus', column('count'), column('earlier')))],
  ['@differenceDescription', stringValue(column('difference'))],
]
