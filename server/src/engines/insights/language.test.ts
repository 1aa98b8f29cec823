import { describe, expect, test } from 'vitest'
import { readPointer } from '../../model/log-identity.ts'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { compileQuery, type EngineRow, sourceOf } from './compile-query.ts'
import { InsightsProblem } from './insights-problem.ts'
import { GROUP, RANGE, TestEvents } from './insights.test-support.ts'

const telemetry = await scratchTelemetry()
const over = (...messages: readonly string[]): Promise<TestEvents> => TestEvents.with(telemetry, messages.map((message, index) => ({ at: RANGE.start + index, message })))

describe('problems say what and where', () => {
  test.for<readonly [string, string, string]>([
    ['fields @message | lim 5', 'Unknown command \'lim\'', 'lim'],
    ['fields nope(a)', 'Unknown function \'nope\'', 'nope(a)'],
    ['fields strlen(a, b)', 'The function \'strlen\' takes 1 argument, not 2', 'strlen(a, b)'],
    ['filter a = ', 'Unexpected end of query, expected an expression', ''],
    ['filter a = "x', 'The text in quotes does not end, expected an expression', '"'],
    ['filter sum(a) > 1', 'The aggregation function \'sum\' can only be used in stats', 'sum(a)'],
    ['stats count(*) as c | fields @message', 'The field \'@message\' is not available here', '@message'],
    ['stats count(*), level by code', 'The field \'level\' must be in an aggregation function or after \'by\'', 'level'],
    ['filter a like /(/', 'Invalid regular expression', '/(/'],
    ['parse @message "* *" as a', 'The pattern has 2 \'*\', but 1 names are given', '"* *"'],
    ['dedup a | fields b', 'Only limit may follow dedup, not \'fields\'', 'fields b'],
    ['stats count(*) as a | sort a | stats max(a)', 'Where there are several stats commands, \'sort\' must follow the last one', 'sort a'],
    ['limit 0', 'The limit must be a whole number from 1 to 100000', '0'],
    ['stats count(*) by bin(5x)', 'Unknown unit of time \'x\'', '5x'],
    ['appendcols x', 'Unexpected \'x\', expected \'(\'', 'x'],
    ['diff', 'diff must follow pattern', 'diff'],
    ['limit 100001', 'The limit must be a whole number from 1 to 100000', '100001'],
    ['filterIndex a > 1', 'filterIndex takes comparisons with \'=\' and \'in\' only', 'a > 1'],
    [`fields case(${'a, 1, '.repeat(11)}2)`, 'case takes at most 10 conditions, not 11', `case(${'a, 1, '.repeat(11)}2)`],
    ['SOURCE logGroups(namePrefix: ["a", "b", "c", "d", "e", "f"]) | limit 1', 'expected at most 5', '"f"'],
    [`SOURCE logGroups(accountIdentifiers: [${'"111111111111", '.repeat(20)}"222222222222"]) | limit 1`, 'expected at most 20', '"222222222222"'],
    [`${'stats count(*) as c by a | '.repeat(10)}stats count(*)`, 'A query has at most 10 stats commands', 'stats count(*)'],
    ['pattern @message | fields nope(a)', 'Unknown function \'nope\'', 'nope(a)'],
  ])('%s', ([query, message, where]) => {
    const problem = (() => {
      try {
        compileQuery(query, { ...RANGE, groups: [GROUP] })
      } catch (error) {
        return error
      }
      return undefined
    })()
    expect(problem).toBeInstanceOf(InsightsProblem)
    const { message: said, at, until } = problem as InsightsProblem
    expect(said).toContain(message)
    expect(query.slice(at, until)).toBe(where)
  })

  test.for<readonly [query: string, told: string]>([
    ['filter strlen(a', 'unexpected symbol found <EOF> at line 1 and position 15'],
    ['stats count(*) by level | sort count(*) desc', 'unexpected symbol found ( at line 1 and position 36'],
    ['stats count() as n by bin(1h)\n| sort bin(1h) asc', 'unexpected symbol found ( at line 2 and position 10'],
    ['filter @message like /ERROR/i', 'unexpected symbol found i at line 1 and position 28'],
    ['fields @message\n| lim 5', 'unexpected symbol found lim at line 2 and position 2'],
    ['dedup a | sort a asc', 'unexpected symbol found sort at line 1 and position 10'],
    ['fields a | estimate | limit 5', 'unexpected symbol found limit at line 1 and position 22'],
    ['stats count(*) as c | stats max(c) by bin(5m)', 'Compile Error - Unknown symbols found in or after stats: @timestamp ([38,45])'],
    ['fields a.b as score | stats avg(score) as score', 'Ephemeral field is already defined: score ([28,47])'],
    ['parse "* *" as a, b | stats latest(a) as c, latest(b) as b', 'Ephemeral field is already defined: b ([44,58])'],
    ['parse /(?<a>x)/ | fields @timestamp, a', 'Ephemeral field is already defined: a ([37,38])'],
    ['fields strlen(m) as n | fields n * 2 as n', 'Ephemeral field is already defined: n ([31,41])'],
    ['stats count(*) as n, max(a) as n', 'Ephemeral field is already defined: n ([21,32])'],
    ['fields s, t | fields coalesce(s, "-") as s | stats count(*) as n by t, s', 'Compile Error - Unknown symbols found in or after stats: s ([71,72])'],
    ['filter a = 1 | diff', 'Diff compilation Failed : Diff operation has to be used after Pattern'],
  ])('%s, as AWS tells it', ([query, told]) => {
    expect(() => compileQuery(query, { ...RANGE, groups: [GROUP] })).toThrow(expect.objectContaining({ told }))
  })
})

test.for([
  'parse "* *" as a, b | filter a = "x" | display a, b', 'parse "* *" as a, b | stats count(*) as n by a, b', 'fields @timestamp, a | fields a, b | fields a * 2 as a',
  'fields a as x | stats max(x) by x as x | stats count(*) as x', 'fields abs(s) as s | stats max(s) by s', 'fields s | fields s | stats max(s) as t by s | fields t, abs(t) as s | stats max(s)', 'fields a as x | stats max(x) as y by z | fields y as x',
])('%s names nothing anew that a command before has named', query => {
  expect(() => compileQuery(query, { ...RANGE, groups: [GROUP] })).not.toThrow()
})

test('events of one millisecond are in the order they were sent in, or in its reverse', async () => {
  const at = RANGE.start
  const events = await TestEvents.with(telemetry, [{ at, message: 'one' }, { at, message: 'two' }])
  await events.add([{ at, message: 'three' }, { at, message: 'four' }])
  const found = async (query: string): Promise<readonly (string | undefined)[]> => (await events.run(query)).map(row => row['@message'])
  expect(await found('sort @timestamp asc')).toEqual(['one', 'two', 'three', 'four'])
  expect(await found('sort @timestamp desc')).toEqual(['four', 'three', 'two', 'one'])
  expect(await found('fields @message | limit 2')).toEqual(['four', 'three'])
})

test('bins begin where their offset says', async () => {
  const events = await TestEvents.with(telemetry, [10, 29, 30, 89, 90].map(minute => ({ at: RANGE.start + minute * 60_000, message: '-' })))
  expect(await events.run('stats count(*) by bin(1h) offset 30m')).toEqual([
    { 'bin(1h)': '2026-01-01 01:30:00.000', 'count(*)': '1' }, { 'bin(1h)': '2026-01-01 00:30:00.000', 'count(*)': '2' }, { 'bin(1h)': '2025-12-31 23:30:00.000', 'count(*)': '2' },
  ])
  await expect(events.run('stats count(*) by level offset 30m')).rejects.toThrow('offset must follow by bin(…)')
})

test('a text that is no number differs from every number, a missing value from none', async () => {
  const events = await over('{"v":5}', '{"v":"5"}', '{"v":"x"}', '{"v":7}', '{}')
  const found = async (condition: string): Promise<readonly (string | undefined)[]> => (await events.run(`filter ${condition} | display v`)).map(row => row['v'])
  expect(await found('v != 5')).toEqual(['7', 'x'])
  expect(await found('5 != v')).toEqual(['7', 'x'])
  expect(await found('v not in [5, 6]')).toEqual(['7', 'x'])
  expect(await found('v not in [5, "x"]')).toEqual(['7'])
  expect(await found('v > 5')).toEqual(['7'])
})

test('no events are no row, without groups too', async () => {
  const events = await over('{"a":1}')
  expect(await events.run('filter a > 1 | stats count(*), sum(a)')).toEqual([])
  expect(await events.run('filter a > 1 | stats count(*) as n by a | stats max(n)')).toEqual([])
  expect(await events.run('filter a = 1 | stats count(*), count(b), count_distinct(b), sum(b)')).toEqual([{ 'count(*)': '1' }])
})

test('what AWS\'s own samples and log widgets write', async () => {
  const events = await over('{"a":1,"b":"x"}', '{"a":3,"b":"y"}', '{"a":2,"b":"y"}')
  expect(await events.run('fields a | sort by a desc | display a')).toEqual([{ a: '3' }, { a: '2' }, { a: '1' }])
  expect(await events.run('stats count(*) as n, pct(a, 99.9) as p99.9 group by b | sort by n desc, b')).toEqual([{ b: 'y', n: '2', 'p99.9': '2.999' }, { b: 'x', n: '1', 'p99.9': '1' }])
  expect(await events.run('stats count_over_time(*) as n by histogram(a, 2) as from | sort from')).toEqual([{ from: '0', n: '1' }, { from: '2', n: '2' }])
  expect(sourceOf('SOURCE \'/a\' | SOURCE "/b" | filter a > 1')).toMatchObject({ groups: ['/a', '/b'], search: undefined })
})

test('words in any case, names in their own, and in backticks', async () => {
  const events = await over('{"foo-bar":1,"A":2,"a":3,"on":true,"off":false,"none":null,"@x":5}')
  expect(await events.run('FIELDS `foo-bar` AS x | FILTER A IN [2] AND a NOT IN [4] AND @message LIKE /foo/ AND @message NOT LIKE "zz" AND on = 1 AND on = true | SORT A DESC | LIMIT ANY 1 | DISPLAY x, STRLEN(x) AS n, on, off, none, @@x, @`aws.tag.a:b`')).toEqual([
    { x: '1', n: '1', on: '1', off: '0', '@@x': '5' },
  ])
  expect(await events.run('filter @message =~ /foo/ | where !(a = 2) and not A = 3 | display -a as b, 2 ^ 3 as c, 10 % 3 as d, 10 / 4 as e, 1 / 0 as f, 1 + 2 * 3 as g, 10 - 2 - 3 as h, missing + 1 as i')).toEqual([
    { b: '-3', c: '8', d: '1', e: '2.5', g: '7', h: '5' },
  ])
  expect(await events.run('display bin(1week) as w, bin(1mon) as m, bin(2qtr) as q, bin(1yr) as y, bin(25h) as h, bin(61m) as n, bin(1500ms) as s')).toEqual([{
    w: '2025-12-29 00:00:00.000', m: '2026-01-01 00:00:00.000', q: '2026-01-01 00:00:00.000', y: '2026-01-01 00:00:00.000', h: '2026-01-01 00:00:00.000', n: '2026-01-01 00:00:00.000', s: '2026-01-01 00:00:00.000',
  }])
})

test('maps and lists are nothing to functions of texts, numbers and times, and compared with anything it is false', async () => {
  const events = await over('{"m":{"k":1},"l":[7]}')
  expect(await events.run('fields jsonParse(@message) as j | display strlen(j.m) as a, abs(j.l) as b, toMillis(j.m) as c, j.l[0] as d')).toEqual([{ d: '7' }])
  for (const test of ['j.m = j.m', 'j.m != "x"', 'j.m = 1', 'j.l > 0']) expect(await events.run(`fields jsonParse(@message) as j | filter ${test}`), test).toEqual([])
})

test('a query has one join, and no query within a query within it', () => {
  const compiled = (query: string) => () => compileQuery(query, { ...RANGE, groups: [GROUP], groupsOf: () => [GROUP] })
  const join = (right: string): string => `join left=a right=${right} where a.id=${right}.id (SOURCE "g")`
  expect(compiled(`${join('b')} | ${join('c')}`)).toThrow('A query has at most one join')
  expect(compiled('filter a in (SOURCE "g" | filter a in (SOURCE "g" | fields a) | fields a)')).toThrow('Subqueries and joins cannot be nested')
})

test('values are sorted as documented', async () => {
  const order = ['!:', '#', '*%04', '0#', '5A', '111A', '2345_', '@', '@_', 'A', 'A9876fghj', 'a12345hfh', '0', '01', '1', '2', '3']
  const events = await over(...[...order].reverse().map(v => JSON.stringify({ v })), '{}')
  expect((await events.run('sort v asc | display v')).map(row => row['v'])).toEqual([...order, undefined])
  expect((await events.run('sort v desc | display v')).map(row => row['v'])).toEqual([...[...order].reverse(), undefined])
})

test('what an index could narrow finds the same events', async () => {
  const events = await over(
    '{"m":"NullPointerException here"}', '{"m":"Exception"}', '{"m":"a-b_c"}', '{"m":"xa-b_cx"}', '{"m":"caf\\u00e9 noir"}', '{"m":"a\\/b"}', '{"m":404.0}', '{"m":"404"}', '{"n":"Exception"}', '{"m":"100%_sure"}',
  )
  const found = async (query: string): Promise<number> => (await events.run(query)).length
  expect(await found('filter @message like "Exception"')).toBe(3)
  expect(await found('filter @message like /pointer|exception/')).toBe(0)
  expect(await found('filter @message like /(?i)pointer|exception/')).toBe(3)
  expect(await found('filter @message like /Null\\w+Exception h/')).toBe(1)
  expect(await found('filter m like /^Exc.*on$/')).toBe(1)
  expect(await found('filter m not like /^Exc.*on$/')).toBe(8)
  expect(await found('filter m = "Exception"')).toBe(1)
  expect(await found('filter m = "a-b_c"')).toBe(1)
  expect(await found('filter m = "café noir"')).toBe(1)
  expect(await found('filter m = "a/b"')).toBe(1)
  expect(await found('filter m = "404"')).toBe(2)
  expect(await found('filter m like "100%_"')).toBe(1)
  expect(await found('filter m like "0%s"')).toBe(0)
})

test('fields of AWS Lambda, VPC flow logs and Route 53 are found', async () => {
  const events = await over(
    'REPORT RequestId: 8286a188-ba32-4475-8077-530cd35c09a9\tDuration: 3.2 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\tInit Duration: 100.5 ms\t',
    '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK',
    '1.0 2017-12-13T08:16:02.130Z Z123412341234 example.com A NOERROR UDP FRA6 192.168.1.1 -',
  )
  expect(await events.run('display @type, @requestId, @duration, @billedDuration, @memorySize, @maxMemoryUsed, @initDuration | sort @timestamp | limit 1')).toEqual([{
    '@type': 'REPORT', '@requestId': '8286a188-ba32-4475-8077-530cd35c09a9', '@duration': '3.2', '@billedDuration': '4', '@memorySize': '128000000', '@maxMemoryUsed': '64000000', '@initDuration': '100.5',
  }])
  expect(await events.run('filter dstPort = 22 and bytes > 4000 | display srcAddr, action, version')).toEqual([{ srcAddr: '172.31.16.139', action: 'ACCEPT', version: '2' }])
  expect(await events.run('filter queryName = "example.com" | display queryType, version, ednsClientSubnet')).toEqual([{ queryType: 'A', version: '1.0' }])
  const traced = await over('REPORT RequestId: 8286a188-ba32-4475-8077-530cd35c09a9\tDuration: 3.2 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 64 MB\t\nXRAY TraceId: 1-5e1b4151-5ac6c58a\tSegmentId: 2e2f\tSampled: true')
  expect(await traced.run('display @xrayTraceId, @xraySegmentId')).toEqual([{ '@xrayTraceId': '1-5e1b4151-5ac6c58a', '@xraySegmentId': '2e2f' }])
})

test('rows of events end with a pointer to them', async () => {
  const events = await over('x')
  const compiled = compileQuery('fields @message', { ...RANGE, groups: [GROUP] })
  const [row] = compiled.results(await events.telemetry.query<EngineRow>('slow', compiled.sql, compiled.parameters))
  expect(row!.map(({ field }) => field)).toEqual(['@message', '@ptr'])
  expect(readPointer(row![1]!.value)).toMatchObject({ group: GROUP.id, timestamp: RANGE.start })
})

test('a field is shown once', () => {
  const compiled = compileQuery('display a, strlen(a), a', { ...RANGE, groups: [GROUP] })
  expect(compiled.columns.map(({ field }) => field)).toEqual(['a', 'strlen(a)', '@ptr'])
})

test('a limit in the query counts, else the request\'s', async () => {
  const events = await over('a', 'b', 'c')
  expect(await events.run('fields @message', { limit: 2 })).toHaveLength(2)
  expect(await events.run('fields @message | limit 3', { limit: 2 })).toHaveLength(3)
})
