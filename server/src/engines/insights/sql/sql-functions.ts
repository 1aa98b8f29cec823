import type { BinaryOperator, ExpressionNode, Span } from '../grammar/query-tree.ts'
import { callOf, literalOf, refusal } from './sql-nodes.ts'

export interface SqlCall extends Span {
  readonly name: string
  readonly args: readonly ExpressionNode[]
  readonly star: boolean
  readonly distinct: boolean
}

/** What SQL calls otherwise than Insights does, or means otherwise. */
export interface SqlFunction {
  readonly names: readonly string[]
  /** How many arguments it takes, where Insights' own function would not tell. */
  readonly count?: readonly [least: number, most: number]
  /** For the reference page: what it is in Insights' functions. */
  readonly means: string
  readonly build: (args: readonly ExpressionNode[], at: Span) => ExpressionNode
}

const same = (names: readonly string[], to: string): SqlFunction => ({ names, means: `\`${to}\``, build: (args, at) => callOf(to, args, at) })

const binary = (operator: BinaryOperator, left: ExpressionNode, right: ExpressionNode, { start, end }: Span): ExpressionNode =>
  ({ kind: 'binary', operator, left, right, start, end })

/** From the numbers of a sample to what all may be: with one less than there are. */
const ofSample = (of: ExpressionNode, at: Span): ExpressionNode => {
  const count = callOf('count', [callOf('toNumber', [of], at)], at)
  return binary('/', binary('*', callOf('variance', [of], at), count, at), binary('-', count, literalOf(1, at), at), at)
}

/** A position from 1 as an index from 0; before the first character there is none. */
const indexOf = (position: ExpressionNode, at: Span): ExpressionNode => {
  if (position.kind === 'negative') throw refusal('Positions count from the beginning, from 1', position)
  return binary('-', position, literalOf(1, at), at)
}

const share = (of: ExpressionNode, at: Span): ExpressionNode => {
  if (of.kind !== 'literal' || typeof of.value !== 'number' || of.value > 1) throw refusal('The percentage must be a number from 0 to 1', of)
  return literalOf(of.value * 100, at)
}

/** `$.a.b[0]` */
const memberAt = (json: ExpressionNode, path: ExpressionNode, at: Span): ExpressionNode => {
  const keys = path.kind === 'literal' && typeof path.value === 'string' && /^\$(?:\.[^.[\]]{1,200}|\[[0-9]{1,9}\]){1,50}$/.test(path.value) ? path.value : undefined
  if (keys === undefined) throw refusal('The path must be a text such as \'$.a.b[0]\'', path)
  let of: ExpressionNode = callOf('jsonParse', [json], at)
  for (const [, name, index] of keys.matchAll(/\.([^.[\]]+)|\[([0-9]+)\]/g)) of = { kind: 'member', of, key: name ?? Number(index), start: at.start, end: at.end }
  return of
}

const UNITS: ReadonlySet<string> = new Set(['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'])

const periodOfUnit = (unit: ExpressionNode, at: Span): ExpressionNode => {
  const name = unit.kind === 'literal' ? String(unit.value).toLowerCase() : ''
  if (!UNITS.has(name)) throw refusal('The unit must be one of \'second\', \'minute\', \'hour\', \'day\', \'week\', \'month\', \'quarter\' and \'year\'', unit)
  return { kind: 'period', count: 1, unit: name, start: at.start, end: at.end }
}

const timeOfSeconds = (seconds: ExpressionNode, at: Span): ExpressionNode => callOf('fromMillis', [binary('*', seconds, literalOf(1000, at), at)], at)

/** Those of Spark's SQL that have a counterpart; names that are not here are Insights' own functions. */
export const SQL_FUNCTIONS: readonly SqlFunction[] = [
  same(['LENGTH', 'CHAR_LENGTH', 'CHARACTER_LENGTH', 'LEN'], 'strlen'),
  same(['UPPER', 'UCASE'], 'toupper'),
  same(['LOWER', 'LCASE'], 'tolower'),
  {
    names: ['SUBSTRING', 'SUBSTR'], count: [2, 3], means: '`substr`, its position counted from 1',
    build: ([text, position, ...length], at) => callOf('substr', [text!, indexOf(position!, at), ...length], at),
  },
  { names: ['LEFT'], count: [2, 2], means: '`substr(text, 0, length)`', build: ([text, length], at) => callOf('substr', [text!, literalOf(0, at), length!], at) },
  { names: ['TRIM', 'BTRIM'], count: [1, 1], means: '`trim`, with one argument', build: (args, at) => callOf('trim', args, at) },
  { names: ['LTRIM'], count: [1, 1], means: '`ltrim`, with one argument', build: (args, at) => callOf('ltrim', args, at) },
  { names: ['RTRIM'], count: [1, 1], means: '`rtrim`, with one argument', build: (args, at) => callOf('rtrim', args, at) },
  same(['REGEXP_REPLACE'], 'regexReplace'),
  { names: ['CONTAINS'], count: [2, 2], means: '`strcontains`', build: (args, at) => callOf('strcontains', args, at) },
  same(['IFNULL', 'NVL'], 'coalesce'),
  {
    names: ['NULLIF'], count: [2, 2], means: 'the first argument, but nothing where it is the second',
    build: ([of, other], at) => callOf('case', [{ kind: 'not', of: binary('=', of!, other!, at), start: at.start, end: at.end }, of!], at),
  },
  same(['ISNOTNULL'], 'ispresent'),
  { names: ['ISNULL'], count: [1, 1], means: '`not ispresent`', build: ([of], at) => ({ kind: 'not', of: callOf('ispresent', [of!], at), start: at.start, end: at.end }) },
  same(['CEILING'], 'ceil'),
  same(['LN'], 'log'),
  { names: ['POWER', 'POW'], count: [2, 2], means: '`^`', build: ([of, by], at) => binary('^', of!, by!, at) },
  { names: ['MOD'], count: [2, 2], means: '`%`', build: ([of, by], at) => binary('%', of!, by!, at) },
  { names: ['NOW'], count: [0, 0], means: '`now`, as a time', build: (_, at) => timeOfSeconds(callOf('now', [], at), at) },
  { names: ['DATE_TRUNC'], count: [2, 2], means: '`datefloor`: `DATE_TRUNC(\'hour\', time)`', build: ([unit, time], at) => callOf('datefloor', [time!, periodOfUnit(unit!, at)], at) },
  same(['UNIX_MILLIS'], 'toMillis'),
  same(['TIMESTAMP_MILLIS'], 'fromMillis'),
  {
    names: ['UNIX_SECONDS', 'UNIX_TIMESTAMP', 'TO_UNIX_TIMESTAMP'], count: [1, 1], means: '`toMillis` in seconds',
    build: (args, at) => callOf('floor', [binary('/', callOf('toMillis', args, at), literalOf(1000, at), at)], at),
  },
  { names: ['TIMESTAMP_SECONDS'], count: [1, 1], means: '`fromMillis` of seconds', build: ([seconds], at) => timeOfSeconds(seconds!, at) },
  { names: ['GET_JSON_OBJECT'], count: [2, 2], means: 'a member of `jsonParse`: `GET_JSON_OBJECT(text, \'$.a.b[0]\')`', build: ([json, path], at) => memberAt(json!, path!, at) },
  same(['TO_JSON'], 'jsonStringify'),
  same(['FROM_JSON'], 'jsonParse'),
  same(['JSON_ARRAY_LENGTH', 'SIZE'], 'jsonArraySize'),
  same(['ARRAY_CONTAINS'], 'jsonArrayContains'),
  same(['BASE64'], 'base64encode'),
  same(['UNBASE64'], 'base64decode'),
]

/** Insights has no value where nothing is counted; SQL has 0. */
const counted = (of: ExpressionNode, at: Span): ExpressionNode => callOf('coalesce', [of, literalOf(0, at)], at)

export const SQL_AGGREGATES: readonly SqlFunction[] = [
  { names: ['COUNT'], count: [0, 1], means: '`count`, 0 where there is nothing to count', build: (args, at) => counted(callOf('count', args, at), at) },
  { names: ['APPROX_COUNT_DISTINCT'], count: [1, 1], means: '`count_distinct`, likewise', build: (args, at) => counted(callOf('count_distinct', args, at), at) },
  { names: ['COUNT_IF'], count: [1, 1], means: '`count`, of rows where the condition holds', build: ([condition], at) => counted(callOf('count', [callOf('case', [condition!, literalOf(1, at)], at)], at), at) },
  same(['MEAN'], 'avg'),
  same(['STDDEV_POP'], 'stddev'),
  { names: ['STDDEV', 'STDDEV_SAMP', 'STD'], count: [1, 1], means: 'the standard deviation of a sample', build: ([of], at) => callOf('sqrt', [ofSample(of!, at)], at) },
  same(['VAR_POP'], 'variance'),
  { names: ['VARIANCE', 'VAR_SAMP'], count: [1, 1], means: 'the variance of a sample', build: ([of], at) => ofSample(of!, at) },
  {
    names: ['PERCENTILE', 'PERCENTILE_APPROX', 'APPROX_PERCENTILE'], count: [2, 3], means: '`pct`, of a share from 0 to 1; exact, so that an accuracy is accepted and means nothing',
    build: ([of, part], at) => callOf('pct', [of!, share(part!, at)], at),
  },
  same(['FIRST', 'FIRST_VALUE', 'ANY_VALUE'], 'earliest'),
  same(['LAST', 'LAST_VALUE'], 'latest'),
  same(['COLLECT_SET'], 'values'),
]

const byName = new Map([...SQL_FUNCTIONS, ...SQL_AGGREGATES].flatMap(one => one.names.map(name => [name, one] as const)))

/** A call as Insights has it. What nobody knows is refused where the call is bound. */
export const sqlCall = ({ name, args, star, distinct, start, end }: SqlCall): ExpressionNode => {
  const at = { start, end }
  const upper = name.toUpperCase()
  if (distinct) {
    if (upper !== 'COUNT' || args.length !== 1) throw refusal('DISTINCT is only supported as COUNT(DISTINCT expression)', at)
    return counted(callOf('count_distinct', args, at), at)
  }
  if (star) return { ...callOf(name, [], at), star }
  const known = byName.get(upper)
  if (known === undefined) return callOf(name, args, at)
  const [least, most] = known.count ?? [0, Infinity]
  if (args.length < least || args.length > most) {
    throw refusal(`The function '${name}' takes ${least === most ? least : `${least} to ${most}`} argument${most === 1 ? '' : 's'}, not ${args.length}`, at)
  }
  return known.build(args, at)
}

const CASTS: ReadonlyMap<string, string> = new Map([
  ...['string', 'varchar', 'char', 'text'].map(type => [type, 'concat'] as const), ...['tinyint', 'smallint', 'int', 'integer'].map(type => [type, 'toInt'] as const),
  ...['bigint', 'long'].map(type => [type, 'toLong'] as const), ...['float', 'real', 'double', 'decimal', 'numeric'].map(type => [type, 'toNumber'] as const),
])

export const CAST_TYPES = [...CASTS.keys()].map(type => type.toUpperCase())

/** `CAST(of AS type)` */
export const castTo = (type: Span & { readonly text: string }, of: ExpressionNode, at: Span): ExpressionNode => {
  const name = CASTS.get(type.text.toLowerCase())
  if (name === undefined) throw refusal(`Casts to '${type.text}' are not supported`, type)
  return callOf(name, [of], at)
}
