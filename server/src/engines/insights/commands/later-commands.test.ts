import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { compileQuery, type CompileOptions } from '../compile-query.ts'
import { InsightsProblem } from '../insights-problem.ts'
import { messageFields } from '../message-fields.ts'
import { GROUP, RANGE, TestEvents, type TestEvent } from '../insights.test-support.ts'

const telemetry = await scratchTelemetry()
const at = (minute: number): number => Date.UTC(2026, 0, 1, 10, minute)
const lines = (...messages: readonly (string | object)[]): readonly TestEvent[] =>
  messages.map((one, index) => ({ at: at(index), message: typeof one === 'string' ? one : JSON.stringify(one) }))

type Case = readonly [events: readonly TestEvent[], query: string, rows: readonly Readonly<Record<string, string>>[]]
const holds = async ([events, query, rows]: Case, options: Partial<CompileOptions> = {}): Promise<void> =>
  expect(await (await TestEvents.with(telemetry, events)).run(query, options)).toEqual(rows)

const PRICES = lines({ item: 'a', price: 10, tax: 1, qty: 2 }, { item: 'b', price: 20.5, tax: 2 }, { item: 'c' })

describe('addtotals', () => {
  test.for<Case>([
    [PRICES, 'sort @timestamp | fields price, tax | addtotals', [{ price: '10', tax: '1', Total: '11' }, { price: '20.5', tax: '2', Total: '22.5' }, {}]],
    [PRICES, 'sort @timestamp | fields item, price, tax, qty | addtotals price, qty | display Total', [{ Total: '12' }, { Total: '20.5' }, {}]],
    [PRICES, 'sort @timestamp | fields price | addtotals fieldname=RowSum | limit 1', [{ price: '10', RowSum: '10' }]],
    [PRICES, 'sort @timestamp | fields item, price | addtotals row=false col=true price', [
      { item: 'a', price: '10' }, { item: 'b', price: '20.5' }, { item: 'c' }, { price: '30.5' },
    ]],
    [PRICES, 'sort @timestamp | display item, price, tax | addtotals col=true', [
      { item: 'a', price: '10', tax: '1', Total: '11' }, { item: 'b', price: '20.5', tax: '2', Total: '22.5' }, { item: 'c' }, { price: '30.5', tax: '3', Total: '33.5' },
    ]],
    [PRICES, 'stats sum(price) as p, count(*) as n by item | sort item asc | addtotals col=true', [
      { item: 'a', p: '10', n: '1', Total: '11' }, { item: 'b', p: '20.5', n: '1', Total: '21.5' }, { item: 'c', n: '1', Total: '1' }, { p: '30.5', n: '3', Total: '33.5' },
    ]],
    [PRICES, 'fields price | addtotals col=true | stats count(*) as n', [{ n: '4' }]],
    [[], 'fields price | addtotals col=true', []],
  ])('%#', async one => holds(one))
})

describe('expand', () => {
  test.for<Case>([
    [lines({ items: ['apple', 'banana', 'cherry'], host: 'web-01' }), 'expand items | sort items asc | display items, host', ['apple', 'banana', 'cherry'].map(items => ({ items, host: 'web-01' }))],
    [lines({ items: ['a', 'b'], host: 'x' }, { items: ['a'], host: 'x' }), 'expand items | stats count(*) as n by items, host | sort items asc', [{ items: 'a', host: 'x', n: '2' }, { items: 'b', host: 'x', n: '1' }]],
    [lines({ items: '["a",{"b":1}]' }), 'expand items | fields items.b as b | display items, b', [{ items: 'a' }, { items: '{"b":1}', b: '1' }]],
    [lines({ items: 'one' }), 'expand items | display items', [{ items: 'one' }]],
  ])('%#', async one => holds(one))
})

describe('appendcols', () => {
  const other = { id: 8, label: '123456789012:/other' }
  const events: readonly TestEvent[] = [
    ...lines({ svc: 'a', v: 1 }, { svc: 'b', v: 2 }, { svc: 'b', v: 3 }, { svc: 'c', v: 4 }),
    { group: 8, at: at(1), message: '{"svc":"x","latency":5}' }, { group: 8, at: at(2), message: '{"svc":"y","latency":7}' },
  ]
  const groupsOf: CompileOptions['groupsOf'] = () => [other]
  test.for<Case>([
    [events, 'stats count(*) as n by svc | sort svc asc | appendcols (SOURCE "/other" | stats avg(latency) as l by svc | sort svc asc)', [
      { svc: 'a', n: '1', l: '5' }, { svc: 'b', n: '2', l: '7' }, { svc: 'c', n: '1' },
    ]],
    [events, 'stats count(*) as n by svc | sort svc asc | appendcols override=true (SOURCE other | stats avg(latency) as l by svc | sort svc asc)', [
      { svc: 'x', n: '1', l: '5' }, { svc: 'y', n: '2', l: '7' }, { svc: 'c', n: '1' },
    ]],
    [events, 'stats count(*) as n by svc | sort svc asc | appendcols max=1 (SOURCE "/other" | fields latency) | filter ispresent(latency)', [{ svc: 'a', n: '1', latency: '7' }]],
    [events, 'filter v > 2 | fields v | appendcols (SOURCE "/other" | fields latency | sort latency asc) | fields v + latency as s', [{ v: '4', latency: '5', s: '9' }, { v: '3', latency: '7', s: '10' }]],
  ])('%#', async one => holds(one, { groupsOf }))
})

describe('cidrlookup', () => {
  const lookup: CompileOptions['lookup'] = name => (name === 'nets'
    ? {
        columns: ['name', 'net', 'region'],
        rows: [['all', '10.0.0.0/8', 'eu'], ['sub', '10.1.0.0/16', 'us'], ['host', '10.1.2.3', 'ap'], ['six', '2001:db8::/32', 'sa'], ['twice', '10.1.0.0/16', 'xx'], ['mapped', '::ffff:192.0.2.0/120', 'af']],
      }
    : undefined)
  const events = lines({ ip: '10.200.0.1' }, { ip: '10.1.9.9', region: 'known' }, { ip: '10.1.2.3' }, { ip: '2001:DB8:1::5' }, { ip: '192.0.2.1', region: '' }, { ip: 'none' }, {}, { ip: '::ffff:c000:207' })
  test.for<Case>([
    [events, 'sort @timestamp | cidrlookup nets ip as net OUTPUT name, region as where | display name, where', [
      { name: 'all', where: 'eu' }, { name: 'sub', where: 'us' }, { name: 'host', where: 'ap' }, { name: 'six', where: 'sa' }, {}, {}, {}, { name: 'mapped', where: 'af' },
    ]],
    [events, 'sort @timestamp | limit 3 | cidrlookup nets ip OUTPUTNEW region | display region', [{ region: 'eu' }, { region: 'known' }, { region: 'ap' }]],
    [events, 'cidrlookup nets ip OUTPUT name | stats count(name) as n', [{ n: '5' }]],
    [events, 'cidrlookup nets ip as name OUTPUT region as r | filter ispresent(r)', []],
  ])('%#', async one => holds(one, { lookup }))

  test('what is not there is refused', async () => {
    await expect(holds([[], 'cidrlookup none ip OUTPUT a', []], { lookup })).rejects.toThrow('The lookup table \'none\' does not exist')
    await expect(holds([[], 'cidrlookup nets ip as cidr OUTPUT name', []], { lookup })).rejects.toThrow('The lookup table \'nets\' has no column \'cidr\'')
    await expect(holds([[], 'cidrlookup nets ip OUTPUT owner', []], { lookup })).rejects.toThrow('The lookup table \'nets\' has no column \'owner\'')
  })
})

describe('estimate', () => {
  test.for<Case>([
    [lines('12345', 'äöü'), 'fields @message | filter @message like /error/ | estimate', [{ estimatedBytes: '11' }]],
    [lines('12345'), 'stats count(*) as n by bin(5m) | sort n | limit 1 | estimate', [{ estimatedBytes: '5' }]],
    [[], 'estimate', [{ estimatedBytes: '0' }]],
  ])('%#', async one => holds(one))

  test('is the last command', () => {
    expect(() => compileQuery('estimate | limit 1', { ...RANGE, groups: [GROUP] })).toThrow(new InsightsProblem('estimate must be the last command', 11, 18, 'unexpected symbol found limit at line 1 and position 11'))
  })
})

describe('logcompare', () => {
  const many = (count: number, line: (index: number) => string, minute: number): readonly TestEvent[] => Array.from({ length: count }, (_, index) => ({ at: at(minute) + index, message: line(index) }))
  test('compares patterns with the range so much earlier', async () => {
    const events = [...many(2, index => `old ${index}`, 0), ...many(1, index => `old ${index}`, 12), ...many(1, () => 'brand new', 13)]
    await holds([events, 'filter @message like /o|n/ | logcompare timeshift 10m | display @pattern, @sampleCount, @previousSampleCount | sort @pattern asc', [
      { '@pattern': 'brand new', '@sampleCount': '1', '@previousSampleCount': '0' }, { '@pattern': 'old <Number-1>', '@sampleCount': '1', '@previousSampleCount': '2' },
    ]], { start: at(10), end: at(20) - 1 })
  })

  test('with a range that overlaps', async () => {
    await holds([many(1, () => 'x y', 12), 'logcompare timeshift 5m | display @sampleCount, @previousSampleCount', [{ '@sampleCount': '1', '@previousSampleCount': '1' }]], { start: at(10), end: at(20) - 1 })
    await holds([many(1, () => 'x y', 17), 'logcompare timeshift 5m | display @sampleCount, @previousSampleCount', [{ '@sampleCount': '1', '@previousSampleCount': '0' }]], { start: at(10), end: at(20) - 1 })
  })

  test.for(['logcompare', 'logcompare 7d', 'logcompare timeshift 1y', 'logcompare timeshift 33d', 'pattern @message | logcompare timeshift 1d', 'stats count(*) | logcompare timeshift 1d'])('%s is refused', query => {
    expect(() => compileQuery(query, { ...RANGE, groups: [GROUP] })).toThrow(InsightsProblem)
  })
})

describe('relevantfields', () => {
  const requests = lines(
    ...[120, 130, 150, 180].map((ms, index) => ({ ms, path: '/list', size: 10 + index, id: `i${index}`, host: `h${index % 2}` })),
    ...[900, 950, 990, 1500].map((ms, index) => ({ ms, path: '/report', size: 500 + index, id: `j${index}`, host: `h${index % 2}` })),
  )
  const fieldNames = (): readonly string[] => ['ms', 'path', 'size', 'id', 'host']

  test('ranks the fields that go with the condition', async () => {
    await holds([requests, 'relevantfields where ms > 400', [
      {
        '@fieldName': 'path', '@relevanceScore': '1',
        '@topRelevanceContributors': '[{"value":"/list","conditionPercent":0,"baselinePercent":100},{"value":"/report","conditionPercent":100,"baselinePercent":0}]',
      },
      { '@fieldName': 'size', '@relevanceScore': '1', '@conditionalMedian': '501.5', '@baselineMedian': '11.5' },
      { '@fieldName': 'host', '@relevanceScore': '0' },
      { '@fieldName': 'id', '@relevanceScore': '0', '@topRelevanceContributors': '[{"value":"i0","conditionPercent":0,"baselinePercent":25},{"value":"i1","conditionPercent":0,"baselinePercent":25},{"value":"i2","conditionPercent":0,"baselinePercent":25},{"value":"i3","conditionPercent":0,"baselinePercent":25},{"value":"j0","conditionPercent":25,"baselinePercent":0}]' },
    ]], { fieldNames })
  })

  test.for<Case>([
    [requests, 'filter path = "/report" | relevantfields host, path where ms > 960 | display @fieldName, @relevanceScore', [{ '@fieldName': 'host', '@relevanceScore': '0' }, { '@fieldName': 'path', '@relevanceScore': '0' }]],
    [requests, 'relevantfields ms where ms > 400 | display @conditionalMedian, @baselineMedian', [{ '@conditionalMedian': '970', '@baselineMedian': '140' }]],
    [requests, 'limit 4 | relevantfields ms where ms > 400 | display @relevanceScore, @conditionalMedian, @baselineMedian', [{ '@relevanceScore': '0', '@conditionalMedian': '970' }]],
    [requests, 'relevantfields where ms > 9999 | limit 1 | display @relevanceScore', [{ '@relevanceScore': '0' }]],
    [lines({ a: 1 }, { a: 1, e: 'x' }, { a: 2 }, { a: 2, e: 'y' }), 'relevantfields missing where a = 1', []],
    [lines(...Array.from({ length: 20 }, (_, index) => (index < 10 ? { bad: true, error: `e${index % 2}` } : { bad: false }))), 'relevantfields error where bad = 1 | filter @relevanceScore > 0.9 | display @fieldName', [{ '@fieldName': 'error' }]],
    [[], 'relevantfields where a = 1', []],
  ])('%#', async one => holds(one, { fieldNames }))

  test.for(['relevantfields', 'relevantfields a b where c = 1', 'stats count(*) as c | relevantfields where c = 1'])('%s is refused', query => {
    expect(() => compileQuery(query, { ...RANGE, groups: [GROUP] })).toThrow(InsightsProblem)
  })
})

test('log groups of SOURCE may stand without quotes, with times that are left to the request', () => {
  for (const source of ['SOURCE lg', 'SOURCE lg start=-1d end=now', 'SOURCE lg, "other" | limit 1']) expect(() => compileQuery(source, { ...RANGE, groups: [GROUP] })).not.toThrow()
})

describe('JSON with integers of more than 64 bits', () => {
  const events = lines(
    '{"n":123456789012345678901234567890,"a":"x","m":-9223372036854775809,"s":"1: 123456789012345678901234567890,","list":[18446744073709551615,18446744073709551616],"t":true}',
    '{"n":5,"a":"x"}',
  )
  const fields: CompileOptions['fields'] = (groups, unmasked) => messageFields({ labels: new Map(groups.map(({ id, label }) => [id, label])), unmasked, wideNumbers: true })
  test.for<Case>([
    [events, 'sort @timestamp | display n, a, m, s, list.0, list.1, t', [
      { n: '123456789012345678901234567890', a: 'x', m: '-9223372036854775809', s: '1: 123456789012345678901234567890,', 'list.0': '18446744073709551615', 'list.1': '18446744073709551616', t: '1' },
      { n: '5', a: 'x' },
    ]],
    [events, 'filter a = "x" and n > 1e20 | stats count(*) as c', [{ c: '1' }]],
    [events, 'filter n = "123456789012345678901234567890" | display a', [{ a: 'x' }]],
    [events, 'fields jsonParse(@message) as j | sort @timestamp | display j.a, j.list[1]', [{ 'j.a': 'x', 'j.list[1]': '18446744073709551616' }, { 'j.a': 'x' }]],
    [events, 'json "a" as b, "s" | stats count(*) as c by b', [{ b: 'x', c: '2' }]],
  ])('%#', async one => holds(one, { fields }))
})

test('commands give several names to what is long to read', async () => {
  const fields: CompileOptions['fields'] = (groups, unmasked) =>
    messageFields({ labels: new Map(groups.map(({ id, label }) => [id, label])), unmasked, wideNumbers: true, embedded: true })
  const events = lines({ u: 'a-b', k: 'x', n: 1 }, { u: 'a-b', k: 'x', n: 2 })
  const options = { fields, fieldNames: () => ['k'] }
  await holds([events, 'sessionize u, k maxspan 1h as s | stats count(*) as c by s', [{ s: 'a-b-x-1', c: '2' }]], options)
  await holds([events, 'limit 1 | parse concat(u, k, n) "*-*" as p, q | display p, q', [{ p: 'a', q: 'bx2' }]], options)
  await holds([events, 'limit 1 | parse concat(u, ",", k, ",", n) csv as p, q | display p, q', [{ p: 'a-b', q: 'x' }]], options)
  await holds([events, 'relevantfields k, u where n = 1 | display @fieldName, @relevanceScore', [{ '@fieldName': 'k', '@relevanceScore': '0' }, { '@fieldName': 'u', '@relevanceScore': '0' }]], options)
})
