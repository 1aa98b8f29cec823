import { describe, expect, test } from 'vitest'
import { epochSeconds, seconds } from '../../base/time.ts'
import { compile } from './compile.ts'
import { drawn, textOf } from './expressions.test-support.ts'
import type { ExpressionQuery, Need } from './program.ts'

const stored = ['m1', 'm2', 'm3'].map(id => ({ id, period: seconds(60) }))
const one = (expression: string, more: Partial<ExpressionQuery> = {}) => compile(stored, [{ id: 'e1', expression, ...more }])

describe('refusals', () => {
  test.each([
    ["ANOMALY_DETECTOR(m1)", "Function 'ANOMALY_DETECTOR' not found"],
    ['abs(m1)', "Function 'abs' not found"],
    ['m4 + 1', "Identifier 'm4' not found"],
    ['m1 + REPEAT', "Identifier 'REPEAT' not found"],
    ['', 'Invalid syntax at position 1: unexpected end'],
    ['m1 +', 'Invalid syntax at position 5: unexpected end'],
    ['m1 m2', "Invalid syntax at position 4: unexpected 'm2'"],
    ['(m1 + m2', 'Invalid syntax at position 9: unexpected end'],
    ['SUM(m1,)', "Invalid syntax at position 8: unexpected ')'"],
    ['[]', "Invalid syntax at position 2: unexpected ']'"],
    ['m1 % 2', "Invalid syntax at position 4: Unexpected character '%'"],
    ['m1 AND', 'Invalid syntax at position 7: unexpected end'],
    ['OR m1', "Invalid syntax at position 1: unexpected 'OR'"],
    ["SEARCH('a", "Invalid syntax at position 8: Unexpected character '''"],
    ['m1 * 1e999', "Invalid syntax at position 6: number '1e999' is too large"],
    ['SELECT AVG(a) FORM b', "Invalid syntax at position 15: Unexpected token 'FORM', expected FROM"],
    ['[m1] + [m2]', "Unsupported operand types for '+': TS[] and TS[]"],
    ['METRICS() > METRICS()', "Unsupported operand types for '>': TS[] and TS[]"],
    ['[m1, 2]', 'A list takes TS or TS[], not S'],
    ["'m1' + 1", 'A string is no operand'],
    ['ABS()', "Function 'ABS' takes 1 argument, not 0"],
    ['SUM(m1, m2)', "Function 'SUM' takes 1 argument, not 2"],
    ['IF(m1)', "Function 'IF' takes 2 to 3 arguments, not 1"],
    ['ABS(1)', "Function 'ABS' takes TS or TS[] as argument 1"],
    ["ABS('m1')", "Function 'ABS' takes TS or TS[] as argument 1"],
    ['FIRST(m1)', "Function 'FIRST' takes TS[] as argument 1"],
    ['HOUR([m1])', "Function 'HOUR' takes TS as argument 1"],
    ['TIME_SERIES(m1)', "Function 'TIME_SERIES' takes S as argument 1"],
    ['FILL(m1, [m2])', "Function 'FILL' takes S, TS, REPEAT or LINEAR as argument 2"],
    ['FILL(m1, ASC)', "Function 'FILL' takes S, TS, REPEAT or LINEAR as argument 2"],
    ['SORT([m1], STDDEV, ASC)', "Function 'SORT' takes AVG, MIN, MAX or SUM as argument 2"],
    ['SORT([m1], AVG, UP)', "Function 'SORT' takes ASC or DESC as argument 3"],
    ['SORT([m1], AVG, ASC, 0)', "The limit of 'SORT' is an integer from 1 on"],
    ['SLICE([m1], -1)', "Bounds of 'SLICE' are integers from 0 on"],
    ['SLICE([m1], 0, 0.5)', "Bounds of 'SLICE' are integers from 0 on"],
    ['PERIOD(m1 + m2)', "Function 'PERIOD' takes the Id of a metric as argument 1"],
    ['PERIOD(m9)', "Identifier 'm9' not found"],
    ['METRICS(m1)', "Function 'METRICS' takes a string as argument 1"],
    ['IF(1, 2, m1)', "With a S as its condition 'IF' chooses between TS"],
    ['IF(1, m1, 2)', "With a S as its condition 'IF' chooses between TS"],
    ['IF([m1], 1)', "Function 'IF' takes S or TS as argument 1"],
    ["SEARCH('a', 'Sum', 0.5)", "The period of 'SEARCH' is a number of seconds"],
    ['ANOMALY_DETECTION_BAND(m1 + m2)', "Function 'ANOMALY_DETECTION_BAND' takes an Id as argument 1"],
    ['ANOMALY_DETECTION_BAND(m1, 0)', "The deviations of 'ANOMALY_DETECTION_BAND' are more than 0"],
    ['INSIGHT_RULE_METRIC("r", Median)', "Function 'INSIGHT_RULE_METRIC' takes a string, UniqueContributors, MaxContributorValue, SampleCount, Sum, Minimum, Maximum or Average as argument 2"],
    ['INSIGHT_RULE_METRIC("r", "Median")', "Contributor Insights has no metric 'Median'"],
    ["DB_PERF_INSIGHTS('SQL', 'db-1', 'a')", "The engine of 'DB_PERF_INSIGHTS' is RDS or DOCDB"],
    [`LAMBDA('f'${', 1'.repeat(21)})`, "Function 'LAMBDA' takes 1 to 21 arguments, not 22"],
    ['e1', 'Circular reference: e1 → e1'],
    [`m1${' '.repeat(2047)}`, 'Expressions have at most 2048 characters'],
  ])('%s', (expression, detail) => {
    expect(() => one(expression)).toThrow(expect.objectContaining({ name: 'ExpressionError', id: 'e1', detail, message: `Error in expression 'e1': ${detail}` }))
  })

  test('tell where', () => {
    expect(() => one('m1 + NOPE(m2)')).toThrow(expect.objectContaining({ at: 5 }))
  })

  test('name the query of a circle', () => {
    const circle = [['e1', 'e2 + 1'], ['e2', 'ABS(e3)'], ['e3', '[e2, m1]']] as const
    expect(() => compile(stored, circle.map(([id, expression]) => ({ id, expression })))).toThrow("Error in expression 'e2': Circular reference: e2 → e3 → e2")
  })

  test.each(['1 + 2', 'AVG(m1)', 'METRIC_COUNT(METRICS())', 'PERIOD(m1)', '-SUM(m1) / 2', 'MAX(m1) > 3'])('%s alone is nothing to draw', expression => {
    const program = one(expression)
    expect(program.shapeOf('e1')).toBe('scalar')
    expect(() => program.requireSeries('e1')).toThrow("Error in expression 'e1': The result is a scalar")
    expect(() => program.evaluate('e1', drawn({ metrics: { m1: '1', m2: '1', m3: '1' } }).inputs)).toThrow("Error in expression 'e1': The result is a scalar")
  })
})

describe('shapes', () => {
  test.each([
    ['m1', 'series'], ['[m1]', 'list'], ['[m1] * 2', 'list'], ['m1 + [m1]', 'list'], ['-[m1]', 'list'], ['SUM([m1])', 'series'], ['SUM(m1)', 'scalar'],
    ['SLICE([m1], 0, 1)', 'series'], ['SLICE([m1], 0, 2)', 'list'], ['SLICE([m1], 0)', 'list'], ['SLICE([m1], 3, 3)', 'list'],
    ['SELECT AVG(a) FROM b', 'series'], ['  select avg(a) from b', 'series'], ['SELECT AVG(a) FROM b GROUP BY c', 'list'],
    ["SEARCH('a', 'Sum')", 'list'], ['ANOMALY_DETECTION_BAND(m1)', 'list'], ["INSIGHT_RULE_METRIC('r', Sum)", 'series'],
    ["DB_PERF_INSIGHTS('RDS', 'db-1', 'a')", 'series'], ["DB_PERF_INSIGHTS('RDS', 'db-1', ['a'])", 'list'], ["LAMBDA('f')", 'list'],
  ])('%s is a %s', (expression, shape) => {
    expect(one(expression).shapeOf('e1')).toBe(shape)
  })
  test('stored metrics are series', () => {
    expect(one('m1').shapeOf('m2')).toBe('series')
    expect(() => one('m1').shapeOf('m9')).toThrow("'m9' was not compiled")
  })
})

describe('what is read', () => {
  const chain = [
    { id: 'e3', expression: 'e2 * e1' },
    { id: 'e1', expression: 'SUM(m1)' },
    { id: 'e2', expression: "e1 + SUM(SEARCH('a', 'Sum'))" },
    { id: 'e4', expression: "m3 + FIRST(SEARCH('a', 'Sum'))" },
    { id: 'e5', expression: 'SUM(METRICS("2"))' },
  ]
  const program = compile(stored, chain)

  test('metrics, through other expressions', () => {
    expect([...program.metricsOf('e3')]).toEqual(['m1'])
    expect([...program.metricsOf('e5')]).toEqual(['m2'])
    expect([...program.metricsOf('m2')]).toEqual(['m2'])
    expect([...one('PERIOD(m1) * m2').metricsOf('e1')].toSorted()).toEqual(['m1', 'm2'])
  })

  test('needs, equal ones being one', () => {
    expect(program.needsOf('e1')).toEqual([])
    expect(program.needsOf('e3')).toEqual([{ kind: 'search', query: 'a', statistic: 'Sum', period: undefined }])
    expect(program.needsOf('e3')[0]).toBe(program.needsOf('e4')[0])
  })

  test.each<[string, Need]>([
    ["SEARCH('{A,B} c=\"d\"', \"p99\", 300)", { kind: 'search', query: '{A,B} c="d"', statistic: 'p99', period: seconds(300) }],
    ["SEARCH('a', 'Sum')", { kind: 'search', query: 'a', statistic: 'Sum', period: seconds(120) }],
    [String.raw`SEARCH("\"a\" 'b' \(c\\", 'Sum')`, { kind: 'search', query: String.raw`"a" 'b' \(c\\`, statistic: 'Sum', period: seconds(120) }],
    ['SELECT AVG(a) FROM b', { kind: 'insights', sql: 'SELECT AVG(a) FROM b', period: seconds(120) }],
    ['ANOMALY_DETECTION_BAND(m1)', { kind: 'band', metric: 'm1', deviations: 2 }],
    ['ANOMALY_DETECTION_BAND(m1, 0.5)', { kind: 'band', metric: 'm1', deviations: 0.5 }],
    ["INSIGHT_RULE_METRIC('r', Sum)", { kind: 'insight-rule', rule: 'r', metric: 'Sum' }],
    ['SERVICE_QUOTA(m1)', { kind: 'service-quota', metric: 'm1' }],
    ["DB_PERF_INSIGHTS('RDS', 'db-1', 'a')", { kind: 'performance-insights', engine: 'RDS', resource: 'db-1', counters: ['a'] }],
    ["DB_PERF_INSIGHTS('DOCDB', 'db-1', ['a', 'b'])", { kind: 'performance-insights', engine: 'DOCDB', resource: 'db-1', counters: ['a', 'b'] }],
    ["LAMBDA('f:live', 'x', -1.5, false)", { kind: 'lambda', name: 'f:live', args: ['x', -1.5, false] }],
  ])('%s', (expression, need) => {
    expect(one(expression, { period: seconds(120) }).needsOf('e1')).toEqual([need])
  })

  test('each need and each metric is asked for once', () => {
    const { inputs, asked } = drawn({ metrics: { m1: '1 2' }, found: ['3 4', '5 6'] })
    const metrics: string[] = []
    const results = program.evaluateAll(['e3', 'e2'], { ...inputs, metric: id => (metrics.push(id), inputs.metric(id)) })
    expect(results.map(([line]) => textOf(line!.values))).toEqual(['33 39', '11 13'])
    expect(asked).toHaveLength(1)
    expect(metrics).toEqual(['m1'])
  })
})

describe('labels', () => {
  const labels = (expression: string, label?: string): readonly string[] => {
    const { stored: metrics, inputs } = drawn({ metrics: { m1: '1 2', m2: '3 4' }, found: ['5 6', '7 8'] })
    return compile(metrics, [{ id: 'e1', expression, ...(label === undefined ? {} : { label }) }]).evaluate('e1', inputs).map(line => line.label)
  }
  test.each<[string, string | undefined, readonly string[]]>([
    ['m1 + m2', undefined, ['e1']],
    ['m1 + m2', '', ['e1']],
    ['m1 + m2', 'both', ['both']],
    ['FILL(METRICS(), 0)', 'Filled With 0:', ['Filled With 0: M1', 'Filled With 0: M2']],
    ['FILL(METRICS(), 0)', '', ['M1', 'M2']],
    ['METRICS() / m1', undefined, ['M1', 'M2']],
    ['100 - [m1, m2 * 2]', 'rest', ['rest M1', 'rest M2']],
    ['[m1 + m2, SUM([m1, m2]), TIME_SERIES(3)]', undefined, ['m1 + m2', 'SUM([m1, m2])', 'TIME_SERIES(3)']],
    ["SORT(SEARCH('a', 'Sum'), SUM, DESC)", undefined, ['found 1', 'found 0']],
  ])('%s called %s', (expression, label, expected) => {
    expect(labels(expression, label)).toEqual(expected)
  })

  test('properties stay with a metric\'s own series', () => {
    const { stored: metrics, inputs } = drawn({ metrics: { m1: '1 2', m2: '3 4' } })
    const named = { ...inputs, metric: (id: string) => ({ ...inputs.metric(id), properties: { MetricName: id } }) }
    const lines = (expression: string) => compile(metrics, [{ id: 'e1', expression }]).evaluate('e1', named)
    expect(lines('RATE([m1, m2]) * 60').map(({ properties }) => properties)).toEqual([{ MetricName: 'm1' }, { MetricName: 'm2' }])
    expect(lines('m1 + m2')[0]!.properties).toBeUndefined()
  })
})

describe('bands', () => {
  const withBand = (expression: string, metrics = stored, more: readonly ExpressionQuery[] = []) =>
    compile(metrics, [{ id: 'e1', expression }, ...more, { id: 'band', expression: 'ANOMALY_DETECTION_BAND(e1, 3)' }])

  test('are known as such when they are the whole expression', () => {
    const program = compile(stored, [{ id: 'b1', expression: '(ANOMALY_DETECTION_BAND(m1))' }, { id: 'b2', expression: 'FIRST(b1)' }, { id: 'e1', expression: 'm1 * 2' }])
    expect(program.bandOf('b1')).toEqual({ kind: 'band', metric: 'm1', deviations: 2 })
    expect([program.bandOf('b2'), program.bandOf('e1'), program.bandOf('m1')]).toEqual([undefined, undefined, undefined])
    expect(withBand('m1 / m2').bandOf('band')).toEqual({ kind: 'band', metric: 'e1', deviations: 3 })
  })

  const many = Array.from({ length: 10 }, (_, index) => ({ id: `m${index + 1}`, period: seconds(60) }))
  test.each([
    ['[m1, m2]', stored, 'takes a metric or an expression that is a single time series'],
    ['SUM(METRICS())', stored, 'does not take expressions that use METRICS'],
    ["SUM(SEARCH('a', 'Sum'))", stored, 'does not take expressions that use SEARCH'],
    ["DB_PERF_INSIGHTS('RDS', 'db-1', 'a')", stored, 'does not take expressions that use DB_PERF_INSIGHTS'],
    ['FIRST(ANOMALY_DETECTION_BAND(m1))', stored, 'does not take expressions that use ANOMALY_DETECTION_BAND'],
    ['m1 + m2', [{ id: 'm1', period: seconds(60) }, { id: 'm2', period: seconds(300) }], 'does not take expressions of several periods'],
    ['m1 * 2', [{ id: 'm1', period: seconds(7200) }], 'does not take expressions of periods over one hour'],
    ['m1 * 2', [{ id: 'm1', period: seconds(30) }], 'does not take expressions of high-resolution metrics'],
    [many.map(({ id }) => id).join(' + '), many, 'does not take expressions of more than 10 metrics and expressions'],
  ])('are not put around %s', (expression, metrics, why) => {
    expect(() => withBand(expression, metrics)).toThrow(`Error in expression 'band': ANOMALY_DETECTION_BAND ${why}`)
  })

  test('come once in an expression, and look through others', () => {
    expect(() => one('FIRST(ANOMALY_DETECTION_BAND(m1)) + LAST(ANOMALY_DETECTION_BAND(m2))')).toThrow('can be used only once in an expression')
    expect(() => withBand('e2 + 1', stored, [{ id: 'e2', expression: 'SUM(METRICS())' }])).toThrow('does not take expressions that use METRICS')
    expect(() => withBand(many.slice(0, 9).map(({ id }) => id).join(' + '), many)).not.toThrow()
  })
})

describe('what is too much', () => {
  test('five hundred expressions in a row are not', () => {
    const row = Array.from({ length: 500 }, (_, index) => ({ id: `e${index}`, expression: index === 499 ? 'm1' : `e${index + 1} + 1` }))
    const { stored: metrics, inputs } = drawn({ metrics: { m1: '1 -' } })
    expect(textOf(compile(metrics, row).evaluate('e0', inputs)[0]!.values)).toBe('500 -')
  })
  test('lists that double are', () => {
    const row = Array.from({ length: 40 }, (_, index) => ({ id: `e${index}`, expression: index === 0 ? '[m1]' : `[e${index - 1}, e${index - 1}]` }))
    const { stored: metrics, inputs } = drawn({ metrics: { m1: '1 -' } })
    const program = compile(metrics, row)
    expect(program.evaluate('e5', inputs)).toHaveLength(32)
    expect(() => program.evaluate('e39', inputs)).toThrow("Error in expression 'e14': the expression makes too many time series")
  })
  test.each([
    ['100 * m1', 40_000_000, 'makes too many datapoints'],
    [`SUM([${Array<string>(20).fill('m1').join(', ')}])`, 15_000_000, 'reads too many datapoints'],
  ])('and so is %s over %d instants', (expression, length, why) => {
    const inputs = { grid: { start: epochSeconds(0), period: seconds(60), length }, metric: () => ({ label: '', values: new Float64Array(0) }), need: () => [] }
    expect(() => one(expression).evaluate('e1', inputs)).toThrow(`Error in expression 'e1': the expression ${why}`)
  })
})

test('a program is evaluated any number of times', () => {
  const program = compile([{ id: 'm1', period: seconds(60) }], [{ id: 'e1', expression: 'RUNNING_SUM(m1) + AVG(m1)' }])
  for (const [metric, result] of [['1 3', '3 6'], ['- 5', '- 10'], ['- -', '- -']] as const) {
    expect(textOf(program.evaluate('e1', drawn({ metrics: { m1: metric } }).inputs)[0]!.values)).toBe(result)
  }
})
