import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { COMMANDS } from './commands/registry.ts'
import { compileQuery, type CompiledQuery, type EngineRow } from './compile-query.ts'
import { AGGREGATES, FUNCTIONS } from './functions/registry.ts'
import type { InsightsFunction, Parameter } from './functions/insights-function.ts'
import { InsightsProblem } from './insights-problem.ts'
import { GROUP, RANGE, TestEvents } from './insights.test-support.ts'

const compile = (query: string): CompiledQuery => compileQuery(query, { ...RANGE, groups: [GROUP], groupsOf: () => [GROUP], lookup: () => ({ columns: ['a', 'b'], rows: [['x', 'y'], ['10.0.0.0/8', 'z']] }), fieldNames: () => ['level', 'ms', 'user.id', 'odd name'] })

/** The query compiled, or what is wrong with it; anything else is a fault of the compiler. */
const outcome = (query: string): CompiledQuery | InsightsProblem => {
  try {
    return compile(query)
  } catch (error) {
    if (error instanceof InsightsProblem) {
      expect(error.at).toBeGreaterThanOrEqual(0)
      expect(error.until).toBeGreaterThanOrEqual(error.at)
      expect(error.until).toBeLessThanOrEqual(query.length)
      expect(error.message).not.toBe('')
      return error
    }
    throw error
  }
}

const FIELDS = ['@timestamp', '@message', '@logStream', '@log', '@ptr', '@ingestionTime', 'level', 'ms', 'user.id', 'tags.0', '`odd name`', 'version', '@duration', 'missing', 'a', 'b']
const LITERALS = ['1', '0', '2.5', '1e300', '"text"', '"5"', '""', 'true', '5m', '/a|b/', '/(?<n>x+)/']
const word = fc.constantFrom(
  ...COMMANDS.map(({ name }) => name), ...FUNCTIONS.map(({ name }) => name), ...AGGREGATES.map(({ name }) => name), ...FIELDS, ...LITERALS,
  '|', '|', '|', '(', ')', '[', ']', ',', '.', '=', '!=', '<', '>=', '=~', '+', '-', '*', '/', '%', '^', '!', 'and', 'or', 'not', 'like', 'in', 'as', 'by', 'asc', 'desc', 'with', 'for',
  'SOURCE', '"g"', 'into', 'where', 'OUTPUT', 'OUTPUTNEW', 'col=', 'override=', 'max=', 'timeshift', 'left=', 'right=', 'type=', 'p=', '#', '\n', '"', '`', '\'', '\\', '\0', '🔔', 'é',
)

/** Expressions that are right in form; whether they mean anything is another matter. */
const { expression } = fc.letrec<{ expression: string }>(tie => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...FIELDS),
    fc.constantFrom(...LITERALS.slice(0, 8)),
    fc.tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/', '%', '^', '=', '!=', '<', '<=', '>', '>=', 'and', 'or'), tie('expression')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(fc.constantFrom('not', '-', '!'), tie('expression')).map(([sign, of]) => `${sign} (${of})`),
    fc.tuple(tie('expression'), fc.constantFrom('like', 'not like', '=~'), fc.constantFrom('"a"', '/a|b/', '/[0-9]+./', '/(?i)x/')).map(parts => `(${parts.join(' ')})`),
    fc.tuple(tie('expression'), fc.constantFrom('in', 'not in'), fc.array(tie('expression'), { minLength: 1, maxLength: 3 })).map(([of, sign, items]) => `(${of} ${sign} [${items.join(', ')}])`),
    callOf(FUNCTIONS, tie('expression')),
  ),
}))

function callOf(functions: readonly InsightsFunction[], argument: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.constantFrom(...functions).chain(called => fc.tuple(...called.parameters.map(parameter => argumentFor(parameter, argument))).map(args => `${called.name}(${args.join(', ')})`))
}

const argumentFor = ({ takes, constant }: Parameter, argument: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  if (takes === 'period') return fc.constantFrom('5m', '1h', '1mo', '300s')
  if (takes === 'regex') return fc.constantFrom('/a+/', '"b"')
  if (constant === true) return fc.constantFrom('"text"', '5', '"yyyy-MM-dd"', '"%Y"')
  return argument
}

const named = fc.tuple(expression, fc.constantFrom('', ' as a', ' as b', ' as c')).map(parts => parts.join(''))
const items = fc.array(named, { minLength: 1, maxLength: 3 }).map(all => all.join(', '))
const aggregate = fc.tuple(callOf(AGGREGATES, expression), fc.constantFrom('', ' as a', ' as b')).map(parts => parts.join(''))
const command = fc.oneof(
  items.map(all => `fields ${all}`), items.map(all => `display ${all}`), expression.map(of => `filter ${of}`),
  fc.tuple(fc.array(aggregate, { minLength: 1, maxLength: 2 }), fc.constantFrom('', ' by bin(1h)', ' by level', ' by bin(5m) as b, level')).map(([all, by]) => `stats ${all.join(', ')}${by}`),
  fc.tuple(expression, fc.constantFrom('', ' asc', ' desc')).map(([of, order]) => `sort ${of}${order}`),
  fc.constantFrom(
    'limit 5', 'dedup level', 'parse "* *" as a, b', 'parse @message /(?<a>\\w+)/', 'parse /(?<a>\\w+)=(?<b>\\d*)/ multi', 'parse csv as a, b', 'parse logfmt as a', 'pattern @message', 'diff', 'anomaly', 'unnest jsonParse(@message) into a',
    'unnest tags into a', 'unmask @message', 'fillmissing', 'fillmissing with 0', 'filldown', 'filldown a*', 'accum ms as a', 'autoregress ms p=1-2', 'sessionize level as a', 'countFrequent level', 'outlier ms',
    'lookup t a OUTPUT b', 'join type=left left=l right=r where l.level = r.level (SOURCE "g" | fields level)', 'filter level in (SOURCE "g" | fields level)', 'json "user.id" as a', 'fields jsonParse(@message) as j',
    'fields j.a.b[0] as a', 'addtotals', 'addtotals col=true', 'addtotals row=false col=true ms, a', 'expand tags', 'expand a', 'appendcols (SOURCE "g" | fields ms as b)', 'appendcols override=true max=3 (SOURCE "g" | stats count(*) as a by level)',
    'cidrlookup t a OUTPUT b', 'cidrlookup t level as a OUTPUTNEW b as c', 'estimate', 'logcompare timeshift 1h', 'relevantfields where ms > 10', 'relevantfields level, user.id where level = "ERROR"',
  ),
)
const query = fc.array(command, { minLength: 1, maxLength: 4 }).map(all => all.join(' | '))

describe('queries of any form end in a statement or in the one typed problem', () => {
  test('words in any order', () => {
    fc.assert(fc.property(fc.array(word, { maxLength: 40 }).map(words => words.join(' ')), text => void outcome(text)), { numRuns: 3000 })
  })

  test('any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => void outcome(text)), { numRuns: 1000 })
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 50 }), text => void outcome(`filter ${text}`)), { numRuns: 1000 })
  })

  test('queries with a part cut out or twice', () => {
    fc.assert(fc.property(query, fc.nat(), fc.nat(), fc.boolean(), (text, a, b, twice) => {
      const [from, to] = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y) as [number, number]
      outcome(twice ? text.slice(0, to) + text.slice(from) : text.slice(0, from) + text.slice(to))
    }), { numRuns: 1000 })
  })
})

test('the longest queries take no long time', () => {
  const fill = (part: string, before = '', after = ''): string => `${before}${part.repeat(Math.floor((10_000 - before.length - after.length) / part.length))}${after}`
  for (const text of [
    fill('('), fill('not ', 'filter '), fill('-', 'filter '), fill('a+', 'fields ', 'a'), fill('a-', 'fields ', 'a'), fill('a*', 'fields ', 'a'), fill('a and ', 'filter ', 'a'), fill('a^', 'fields ', 'a'),
    fill('abs(', 'fields '), fill('a.', 'fields ', 'a'), fill('[0]', 'fields a'), fill('.`x`', 'fields a'), fill('"', 'fields '), fill('\\', 'fields "'), fill('/', 'filter a like '), fill('#'), fill('# \n'),
    fill('fields a+a as a|', '', 'fields a'), fill('limit 5|sort a|', '', 'limit 5'), fill('stats count(*)|', '', 'limit 5'), fill('a|', 'filter b like /', '/'), fill('(a*)*', 'filter b like /', '/'),
    fill('*', 'parse "', '" as a'), fill('x,', 'filter a in [', 'x]'), fill('"x",', 'filter a in [', '"x"]'), fill('SOURCE '), fill(' '), fill('9', 'limit '), fill('1.', 'limit '), fill('@', 'fields '),
    fill('coalesce(a, ', 'fields '), fill('filter a in (SOURCE "g"|'), fill('fields upper(a) as a|', '', 'fields a'), fill('parse "*" as a|', '', 'limit 5'), fill('unnest a into a|', '', 'limit 5'), fill('parse /(a)/ multi as a|', '', 'limit 5'),
  ]) {
    const begin = process.cpuUsage()
    outcome(text)
    expect(process.cpuUsage(begin).user, text.slice(0, 40)).toBeLessThan(2_000_000)
  }
})

test('what compiles, the engine runs', { timeout: 120_000 }, async () => {
  const telemetry = await scratchTelemetry()
  await TestEvents.with(telemetry, [
    '{"level":"ERROR","ms":120,"user":{"id":"a"},"tags":["x","y"],"odd name":true}', '{"level":"INFO","ms":"5","a":1e300,"b":""}', 'plain text', '', '2 123 eni-1 - - - - 6 1 1 1 1 ACCEPT OK', '[1,2]',
  ].map((message, index) => ({ at: RANGE.start + index * 60_000, message })))
  let ran = 0
  await fc.assert(fc.asyncProperty(query, async text => {
    for (let compiled: CompiledQuery | InsightsProblem | undefined = outcome(text); compiled !== undefined && !(compiled instanceof InsightsProblem);) {
      const rows: readonly EngineRow[] = await telemetry.query<EngineRow>('slow', compiled.sql, compiled.parameters)
      compiled.results(rows)
      ran++
      compiled = compiled.next?.(rows)
    }
  }), { numRuns: 400 })
  expect(ran).toBeGreaterThan(150)
})
