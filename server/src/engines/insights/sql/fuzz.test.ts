import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { compileQuery, sourceOf, type CompiledQuery, type EngineRow } from '../compile-query.ts'
import { AGGREGATES, FUNCTIONS } from '../functions/registry.ts'
import { HOSTILE } from '../hostile-texts.test-support.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { GROUP, RANGE, TestEvents } from '../insights.test-support.ts'
import { SQL_AGGREGATES, SQL_FUNCTIONS } from './sql-functions.ts'

const telemetry = await scratchTelemetry()

const compile = (query: string): CompiledQuery => compileQuery(query, { ...RANGE, groups: [GROUP], language: 'SQL' })

/** What it compiles to, or the problem; anything else fails. */
const outcome = (query: string): CompiledQuery | InsightsProblem => {
  try {
    return compile(query)
  } catch (error) {
    if (!(error instanceof InsightsProblem)) throw error
    expect(error.at).toBeGreaterThanOrEqual(0)
    expect(error.until).toBeGreaterThanOrEqual(error.at)
    expect(error.until).toBeLessThanOrEqual(query.length)
    expect(error.message).not.toBe('')
    return error
  }
}

const NAMES = [...SQL_FUNCTIONS.flatMap(({ names }) => names), ...SQL_AGGREGATES.flatMap(({ names }) => names), ...FUNCTIONS.map(({ name }) => name), ...AGGREGATES.map(({ name }) => name)]
const FIELDS = ['`@timestamp`', '`@message`', '`@logStream`', 'level', 'ms', 'user.id', '`user.id`', 'tags[0]', '`odd name`', 'g.level', 'missing', 'a', 'b']
const LITERALS = ['1', '0', '2.5', '1e300', '\'text\'', '"5"', '\'\'', 'TRUE', 'NULL', '5m']
const word = fc.constantFrom(
  ...NAMES, ...FIELDS, ...LITERALS, 'SELECT', 'DISTINCT', 'FROM', '`g`', 'AS g', 'WHERE', 'GROUP', 'BY', 'HAVING', 'ORDER', 'LIMIT', 'ASC', 'DESC', 'NULLS', 'FIRST', 'AND', 'OR', 'NOT', 'IN', 'LIKE', 'ILIKE', 'RLIKE',
  'BETWEEN', 'IS', 'CASE', 'WHEN', 'THEN', 'ELSE', 'END', 'CAST', 'INT', 'OVER', 'UNION', 'JOIN', 'OFFSET', '(', ')', '(', ')', '[', ']', ',', ',', '.', '*', '=', '==', '<>', '<', '>=', '+', '-', '/', '%', '||', '!', ';', '--', '/*', '*/',
  '\n', '"', '`', '\'', '\\', '\0', '🔔', 'é', '`logGroups(logGroupIdentifier: [\'a\'])`',
)

const { expression } = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...FIELDS),
    fc.constantFrom(...LITERALS.slice(0, 9)),
    fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%', '||', '=', '<>', '<', '<=', '>', '>=', 'AND', 'OR'), tie('expression')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(fc.constantFrom('NOT', '-', '!'), tie('expression')).map(([sign, of]) => `${sign} (${of})`),
    fc.tuple(tie('expression'), fc.constantFrom('LIKE', 'NOT LIKE', 'ILIKE', 'RLIKE'), fc.constantFrom('\'a%\'', '\'%a%\'', '\'_b\\%\'', '\'x\'')).map(parts => `(${parts.join(' ')})`),
    fc.tuple(tie('expression'), fc.constantFrom('IN', 'NOT IN'), fc.array(tie('expression'), { minLength: 1, maxLength: 3 })).map(([of, sign, items]) => `(${of} ${sign} (${items.join(', ')}))`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([of, a, b]) => `(${of} BETWEEN ${a} AND ${b})`),
    fc.tuple(tie('expression'), fc.constantFrom('IS NULL', 'IS NOT NULL')).map(parts => `(${parts.join(' ')})`),
    fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([a, b, c]) => `CASE WHEN ${a} THEN ${b} ELSE ${c} END`),
    fc.tuple(tie('expression'), fc.constantFrom('STRING', 'INT', 'BIGINT', 'DOUBLE')).map(([of, type]) => `CAST(${of} AS ${type})`),
    fc.tuple(fc.constantFrom('LENGTH', 'UPPER', 'ABS', 'COALESCE', 'NULLIF', 'ROUND', 'TRIM', 'CONCAT', 'SUBSTRING', 'ISNULL', 'UNIX_TIMESTAMP', 'LEFT', 'MOD'), fc.array(tie('expression'), { minLength: 1, maxLength: 3 }))
      .map(([name, args]) => `${name}(${args.join(', ')})`),
  ),
}))
const aggregate = fc.oneof(
  fc.constantFrom('COUNT(*)', 'COUNT(DISTINCT level)'),
  fc.tuple(fc.constantFrom('COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'STDDEV', 'VARIANCE', 'COUNT_IF', 'LAST', 'ANY_VALUE', 'MEDIAN'), expression).map(([name, of]) => `${name}(${of})`),
  expression.map(of => `PERCENTILE_APPROX(${of}, 0.9)`),
)
const where = fc.option(expression, { nil: undefined }).map(of => (of === undefined ? '' : ` WHERE ${of}`))
const order = fc.option(fc.tuple(fc.oneof(expression, fc.constantFrom('x', 'y', '1')), fc.constantFrom('', ' DESC', ' NULLS LAST')), { nil: undefined }).map(one => (one === undefined ? '' : ` ORDER BY ${one.join('')}`))
const query = fc.oneof(
  fc.tuple(fc.constantFrom('', 'DISTINCT '), expression, expression, where, order).map(([distinct, a, b, filter, by]) => `SELECT ${distinct}${a} AS x, ${b} AS y FROM \`g\`${filter}${by} LIMIT 5`),
  fc.tuple(expression, aggregate, where, aggregate, order).map(([key, value, filter, having, by]) => `SELECT ${key} AS x, ${value} AS y FROM \`g\`${filter} GROUP BY ${key} HAVING ${having} IS NOT NULL${by}`),
  fc.tuple(aggregate, aggregate, where).map(([a, b, filter]) => `SELECT ${a} AS x, ${a} + ${b} AS y FROM \`g\`${filter}`),
)

describe('queries of any form end in a statement or in the one typed problem', () => {
  test('words in any order', () => {
    fc.assert(fc.property(fc.array(word, { maxLength: 40 }).map(words => words.join(' ')), text => {
      outcome(text)
      outcome(`SELECT ${text}`)
      outcome(`SELECT a FROM \`g\` WHERE ${text}`)
    }), { numRuns: 1500 })
  })

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), text => void [outcome(text), outcome(`SELECT ${text}`), outcome(`SELECT a FROM ${text}`)]), { numRuns: 1000 })
  })

  test('queries with a part cut out or twice', () => {
    fc.assert(fc.property(query, fc.nat(), fc.nat(), fc.boolean(), (text, a, b, twice) => {
      const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number]
      outcome(twice ? text.slice(0, to) + text.slice(from) : text.slice(0, from) + text.slice(to))
    }), { numRuns: 500 })
  })
})

test('the longest queries take no long time', () => {
  const fill = (part: string, before = '', after = ''): string => `${before}${part.repeat(Math.floor((10_000 - before.length - after.length) / part.length))}${after}`
  const filter = 'SELECT a FROM `g` WHERE '
  for (const text of [
    fill('('), fill('('.repeat(9), 'SELECT '), fill('NOT ', filter), fill('! ', filter), fill('-', filter), fill('a+', filter, 'a'), fill('a AND ', filter, 'a'), fill('a||', filter, 'a'), fill('ABS(', 'SELECT '), fill('a.', 'SELECT '),
    fill('[0]', 'SELECT a'), fill('`a`.', 'SELECT '), fill('\'', 'SELECT '), fill('\\', 'SELECT \''), fill('`', 'SELECT '), fill('/*'), fill('--'), fill('-- \n'), fill('/* */'), fill('a,', 'SELECT ', 'a FROM `g`'),
    fill('\'x\',', `${filter}a IN (`, '\'x\')'), fill('%', `${filter}a LIKE '`, '\''), fill('_%', `${filter}a LIKE '`, '\''), fill('(a*)*', `${filter}a RLIKE '`, '\''), fill('CASE WHEN ', 'SELECT '), fill('CASE a ', 'SELECT '),
    fill('\'a\',', 'SELECT a FROM `logGroups(logGroupIdentifier: [', '])`'), fill('a BETWEEN ', filter), fill('FROM ', 'SELECT '), fill(' '), fill('NOT (a AND ', filter), fill('a OR NOT ', filter, 'a'),
  ]) {
    const begin = process.cpuUsage()
    outcome(text)
    expect(process.cpuUsage(begin).user, text.slice(0, 40)).toBeLessThan(2_000_000)
  }
})

test('what compiles, the engine runs', { timeout: 120_000 }, async () => {
  await TestEvents.with(telemetry, [
    '{"level":"ERROR","ms":120,"user":{"id":"a"},"tags":["x","y"],"odd name":true}', '{"level":"INFO","ms":"5","a":1e300,"b":""}', 'plain text', '', '[1,2]',
  ].map((message, index) => ({ at: RANGE.start + index * 60_000, message })))
  let ran = 0
  await fc.assert(fc.asyncProperty(query, async text => {
    const compiled = outcome(text)
    if (compiled instanceof InsightsProblem) return
    compiled.results(await telemetry.query<EngineRow>('slow', compiled.sql, compiled.parameters))
    ran++
  }), { numRuns: 200 })
  expect(ran).toBeGreaterThan(60)
})

const quoted = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`
const ticked = (text: string): string => `\`${text.replaceAll('`', '``')}\``
const likened = (text: string): string => quoted(text.replaceAll(/[\\%_]/g, '\\$&'))

/** Where a query takes what its writer likes. */
const POSITIONS: Readonly<Record<string, (text: string) => string>> = {
  'a compared text': text => `SELECT \`@message\` FROM \`g\` WHERE UPPER(\`@message\`) = ${quoted(text)}`,
  'a text in double quotes': text => `SELECT \`@message\` FROM \`g\` WHERE UPPER(\`@message\`) = "${text.replaceAll(/[\\"]/g, '\\$&')}"`,
  'a whole text': text => `SELECT a FROM \`g\` WHERE UPPER(a) LIKE ${likened(text)}`,
  'a part': text => `SELECT a FROM \`g\` WHERE a LIKE ${quoted(`%${text.replaceAll(/[\\%_]/g, '\\$&')}x%`)}`,
  'a beginning': text => `SELECT a FROM \`g\` WHERE a LIKE ${quoted(`${text.replaceAll(/[\\%_]/g, '\\$&')}x%`)}`,
  'a list': text => `SELECT a FROM \`g\` WHERE \`@logStream\` IN (${quoted(text)}, 'b')`,
  'an argument': text => `SELECT REPLACE(\`@message\`, ${quoted(text)}, ${quoted(text)}) AS r FROM \`g\``,
  'an alias': text => `SELECT LENGTH(\`@message\`) AS ${ticked(`n${text}`)} FROM \`g\` ORDER BY ${ticked(`n${text}`)}`,
  'an alias of groups': text => `SELECT \`@logStream\` AS ${ticked(`k${text}`)}, COUNT(*) AS ${ticked(`n${text}`)} FROM \`g\` GROUP BY \`@logStream\` HAVING ${ticked(`n${text}`)} > 1`,
  'a field': text => `SELECT ${ticked(`f${text.replaceAll('.', '')}`)} FROM \`g\``,
  'a log group': text => `SELECT \`@message\` FROM ${ticked(`g${text}`)}`,
}
const shape = (sql: string): string => sql.replaceAll(/\{p\d+:/g, '{')

describe('no text changes the statement', () => {
  test.for(Object.keys(POSITIONS))('%s', position => {
    const write = POSITIONS[position]!
    const expected = shape(compile(write('harmless')).sql)
    // Regular expressions are compiled once more here, to tell what is wrong with them.
    for (const text of position === 'a beginning' ? HOSTILE.filter((_, index) => index % 5 === 0) : HOSTILE) {
      if (text.includes('\0') && position !== 'a compared text') continue
      expect(shape(compile(write(text)).sql), JSON.stringify(text)).toBe(expected)
    }
  })

  test('FROM gives names as they are', () => {
    for (const text of HOSTILE.filter(each => each !== '' && !each.includes('\0'))) {
      expect(sourceOf(`SELECT a FROM ${ticked(text)}`, 'SQL')!.groups).toEqual([text])
      expect(sourceOf(`SELECT a FROM \`logGroups(logGroupIdentifier: [${quoted(text.replaceAll('`', ''))}])\``, 'SQL')!.groups).toEqual([text.replaceAll('`', '')])
    }
  })
})

describe('every text is only itself to the engine', () => {
  const texts = HOSTILE.filter((text, index) => index % 12 === 0 && !/[`\0.]/.test(text))
  const messages = texts.map((text, index) => ({ at: RANGE.start + index, message: JSON.stringify({ v: text, [`k${text}`]: `value ${index}` }) }))
  const events = new TestEvents(telemetry)
  beforeAll(async () => {
    await TestEvents.with(telemetry, messages)
  })

  test.for(texts.map((text, index) => [index, text] as const))('%i %j', async ([index, text]) => {
    const name = ticked(`k${text}`)
    for (const condition of [`v = ${quoted(text)}`, `v LIKE ${likened(text)}`, `v IN (${quoted(text)})`]) {
      expect(await events.run(`SELECT v, ${name} FROM \`g\` WHERE ${condition}`, { language: 'SQL' })).toEqual([{ v: text, [`k${text}`]: `value ${index}` }])
    }
  })
})
