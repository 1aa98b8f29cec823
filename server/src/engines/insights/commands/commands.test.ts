import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../../store/telemetry/telemetry.test-support.ts'
import { mergePatterns } from '../../log-patterns/merge-patterns.ts'
import { normalise } from '../../log-patterns/normalise.ts'
import { compileQuery, type CompileOptions } from '../compile-query.ts'
import { GROUP, TestEvents, type TestEvent } from '../insights.test-support.ts'

const telemetry = await scratchTelemetry()
const at = (minute: number): number => Date.UTC(2026, 0, 1, 10, minute)
const lines = (...messages: readonly (string | object)[]): readonly TestEvent[] =>
  messages.map((one, index) => ({ at: at(index), message: typeof one === 'string' ? one : JSON.stringify(one) }))

type Case = readonly [events: readonly TestEvent[], query: string, rows: readonly Readonly<Record<string, string>>[]]
const holds = async ([events, query, rows]: Case, options: Partial<CompileOptions> = {}): Promise<void> =>
  expect(await (await TestEvents.with(telemetry, events)).run(query, options)).toEqual(rows)

const NUMBERS = lines({ n: 1, k: 'a' }, { n: 2, k: 'b' }, { n: 4, k: 'a' })

describe('rows over rows', () => {
  test.for<Case>([
    [NUMBERS, 'sort @timestamp | accum n as s | display n, s', [{ n: '1', s: '1' }, { n: '2', s: '3' }, { n: '4', s: '7' }]],
    [NUMBERS, 'accum n | display n, accum_n', [{ n: '4', accum_n: '4' }, { n: '2', accum_n: '6' }, { n: '1', accum_n: '7' }]],
    [NUMBERS, 'sort @timestamp | accum n as s | filter s > 2 | display s', [{ s: '3' }, { s: '7' }]],
    [NUMBERS, 'sort @timestamp | autoregress n p=1-2 | display n, n_p1, n_p2', [{ n: '1' }, { n: '2', n_p1: '1' }, { n: '4', n_p1: '2', n_p2: '1' }]],
    [NUMBERS, 'sort @timestamp | autoregress n as last | fields n - last as d | display d', [{}, { d: '1' }, { d: '2' }]],
    [lines({ a: 'x' }, { b: '1' }, { a: 'y' }, {}), 'sort @timestamp | fields a, b | filldown a a* | display a', [{ a: 'x' }, { a: 'x' }, { a: 'y' }, { a: 'y' }]],
    [lines({ a: 'x' }, { b: '1' }), 'sort @timestamp | fields a, b | filldown', [{ a: 'x' }, { a: 'x', b: '1' }]],
    [
      [0, 10, 50, 55].flatMap(minute => [{ at: at(minute), message: '{"u":"a"}' }]).concat([{ at: at(5), message: '{"u":"b"}' }, { at: at(6), message: 'x' }]),
      'sessionize u maxspan 30m as s | stats count(*) as c by s | sort s asc', [{ s: 'a-1', c: '2' }, { s: 'a-2', c: '2' }, { s: 'b-1', c: '1' }, { c: '1' }],
    ],
    [lines(...[1, 2, 3, 4, 100].map(n => ({ n }))), 'sort @timestamp | outlier param=1 n | display n', ['1', '2', '3', '4', '6'].map(n => ({ n }))],
    [lines(...[1, 2, 3, 4, 100].map(n => ({ n }))), 'sort @timestamp | outlier action=remove n | display n', [{ n: '1' }, { n: '2' }, { n: '3' }, { n: '4' }, {}]],
    [lines(...[1, 2, 3, 4, 100].map(n => ({ n }))), 'sort @timestamp desc | outlier param=1 mark=true n | display n | limit 1', [{ n: '0006' }]],
    [NUMBERS, 'countFrequent k', [{ k: 'a', _approxcount: '2' }, { k: 'b', _approxcount: '1' }]],
  ])('%#', async one => holds(one))
})

describe('missing bins', () => {
  const range = { start: at(0), end: at(4) - 1 }
  const events: readonly TestEvent[] = [{ at: at(0), message: '{"k":"a"}' }, { at: at(0), message: '{"k":"b"}' }, { at: at(2), message: '{"k":"a"}' }]
  test.for<Case>([
    [events, 'stats count(*) as c by bin(1m) as t | fillmissing with 0 for c', [3, 2, 1, 0].map(minute => ({ t: `2026-01-01 10:0${minute}:00.000`, c: ['2', '0', '1', '0'][minute]! }))],
    [events, 'stats count(*) as c by bin(1m) as t | fillmissing | filter not ispresent(c) | stats count(*) as n', [{ n: '2' }]],
    [events, 'stats count(*) as c by k, bin(2m) as t | fillmissing with 0 | sort k asc, t asc', [
      { k: 'a', t: '2026-01-01 10:00:00.000', c: '1' }, { k: 'a', t: '2026-01-01 10:02:00.000', c: '1' },
      { k: 'b', t: '2026-01-01 10:00:00.000', c: '1' }, { k: 'b', t: '2026-01-01 10:02:00.000', c: '0' },
    ]],
    [[], 'stats count(*) as c by bin(2m) as t | fillmissing with 0', [{ t: '2026-01-01 10:02:00.000', c: '0' }, { t: '2026-01-01 10:00:00.000', c: '0' }]],
  ])('%#', async one => holds(one, range))

  test('of months', async () => {
    const months = { start: Date.UTC(2026, 0, 31), end: Date.UTC(2026, 4, 1) }
    await holds([[], 'stats count(*) as c by bin(1mo) as t | fillmissing with 0 | display t', ['05', '04', '03', '02', '01'].map(month => ({ t: `2026-${month}-01 00:00:00.000` }))], months)
  })
  test('a value with the name of a group leaves no bins to fill', async () => {
    for (const query of ['stats count(*) as b by bin(5m) as b, k | fillmissing', 'stats count(*) as k by bin(5m) as b, k | fillmissing with 0']) {
      await expect(holds([[], query, []])).rejects.toThrow('fillmissing cannot tell the group')
    }
  })
})

describe('lists and maps', () => {
  test.for<Case>([
    [lines('{"events":[{"name":"exception"},{"name":"user action"}]}'), 'fields jsonParse(@message) as j | unnest j.events into event | display event.name', [{ 'event.name': 'exception' }, { 'event.name': 'user action' }]],
    [lines({ tags: ['x', 'y'], a: 1 }, { tags: 'z', a: 2 }, { tags: [], a: 3 }), 'fields a | unnest tags into t | sort a asc, t asc', [{ a: '1', t: 'x' }, { a: '1', t: 'y' }, { a: '2', t: 'z' }]],
    [lines({ tags: ['x', 'y'] }, { tags: ['x'] }), 'unnest tags into t | stats count(*) as c by t | sort t', [{ t: 'x', c: '2' }, { t: 'y', c: '1' }]],
    [lines('x {"a":{"b":7}}'), 'parse "x *" as j | json field=j "a.b" as b | display b', [{ b: '7' }]],
    [lines({ l: [5, 6], m: { 'a.b': 1 } }), 'fields jsonParse(@message) as j | display j.l[1] as x, j.m.`a.b` as y, j.l as l', [{ x: '6', y: '1', l: '[5,6]' }]],
    [
      lines('ids=7,8 ids=9', 'nothing', 'ids=7'), 'parse @message /ids=(?<id>[0-9]+)/ multi | display id, @message',
      [{ id: '7', '@message': 'ids=7' }, { '@message': 'nothing' }, { id: '7', '@message': 'ids=7,8 ids=9' }, { id: '9', '@message': 'ids=7,8 ids=9' }],
    ],
    [lines('a=1 b=2 a=3'), 'parse /(?<k>[a-z])=(?<v>[0-9]+)(?<none>x)?/ multi | stats sum(v) as s, count(none) as n by k | sort k asc', [{ k: 'a', s: '4' }, { k: 'b', s: '2' }]],
    [lines('a=1 b=2'), 'parse /([a-z])=([0-9])/ multi as k, v | filter v > 1 | display k, v', [{ k: 'b', v: '2' }]],
    [lines('a=1 b=2'), 'parse @message /([a-z])=/ as k multi | count_frequent k', [{ k: 'a', _approxcount: '1' }, { k: 'b', _approxcount: '1' }]],
    [lines('xay'), 'parse /(?<e>a*)/ multi | filter ispresent(e) | display e', [{ e: 'a' }]],
    [lines('a1 b2', 'c3'), 'limit 1 | parse /(?<l>[a-z])/ multi | parse /(?<d>[0-9])/ multi | stats count(*) as n', [{ n: '1' }]],
    [lines('a1 b2', 'c3'), 'parse /(?<l>[a-z])/ multi | parse /(?<d>[0-9])/ multi | display l, d', [{ l: 'c', d: '3' }, { l: 'a', d: '1' }, { l: 'a', d: '2' }, { l: 'b', d: '1' }, { l: 'b', d: '2' }]],
    [lines({ a: 'x' }, { b: 1 }, { a: '' }), 'parse a "*" as all | display all', [{ all: '' }, {}, { all: 'x' }]],
    [lines({ multi: 'x' }), 'parse multi "*" as a | display a', [{ a: 'x' }]],
    [lines('a=1 b="two words"'), 'parse logfmt as m | display m.a, m.b', [{ 'm.a': '1', 'm.b': 'two words' }]],
    [lines('1,"two, ""2""",,4'), 'parse @message csv as a, b, c, d, e | display a, b, c, d, e', [{ a: '1', b: 'two, "2"', c: '', d: '4' }]],
  ])('%#', async one => holds(one))
})

describe('other queries', () => {
  const other = { id: 8, label: '123456789012:/other' }
  const events: readonly TestEvent[] = [
    ...lines({ id: 1, name: 'one' }, { id: 2, name: 'two' }, { name: 'none' }),
    { group: 8, at: at(1), message: '{"key":1,"color":"red"}' }, { group: 8, at: at(2), message: '{"key":1,"color":"blue"}' }, { group: 8, at: at(3), message: '{"key":5}' },
  ]
  const groupsOf: CompileOptions['groupsOf'] = source => (source.groups[0] === '/other' ? [other] : [GROUP])
  test.for<Case>([
    [events, 'filter id in (SOURCE "/other" | fields key) | display name', [{ name: 'one' }]],
    [events, 'filter id not in (SOURCE "/other" | filter color = "red" | fields key) | display name', [{ name: 'two' }]],
    [events, 'join type=inner left=a right=b where a.id=b.key (SOURCE "/other") | sort b.color desc | display a.name, b.color, b.@log', [
      { 'a.name': 'one', 'b.color': 'red', 'b.@log': other.label }, { 'a.name': 'one', 'b.color': 'blue', 'b.@log': other.label },
    ]],
    [events, 'join type=left left=a right=b where a.id=b.key (SOURCE "/other" | stats count(*) as c by key) | sort a.name asc | display name, b.c', [
      { name: 'none' }, { name: 'one', 'b.c': '2' }, { name: 'two' },
    ]],
    [events, 'join type=left left=a right=b where a.id=b.key (SOURCE "/other") | filter !ispresent(b.color) | stats count(*) as c', [{ c: '2' }]],
    [events, 'fields id | join left=a right=b where b.key=a.id (SOURCE "/other" | limit 2 | filter ispresent(color))', [{ id: '1' }]],
    [events, 'join left=a right=b where a.id=b.key (SOURCE "/other" | filter color = "red")', [{
      'a.@timestamp': '2026-01-01 10:00:00.000', 'a.@message': '{"id":1,"name":"one"}', 'b.@timestamp': '2026-01-01 10:01:00.000', 'b.@message': '{"key":1,"color":"red"}',
    }]],
    [events, 'join left=a right=b where a.id=b.key (SOURCE "/other" | stats count(*) as c by key) | fields a.id * 2 as n', [{ n: '2' }]],
    [events, 'filter id = 1 | join left=a right=b where a.id=b.key (SOURCE "/other" | stats count(*) as c by key)', [{
      'a.@timestamp': '2026-01-01 10:00:00.000', 'a.@message': '{"id":1,"name":"one"}', 'b.key': '1', 'b.c': '2',
    }]],
  ])('%#', async one => holds(one, { groupsOf }))

  test('lookup', async () => {
    const lookup: CompileOptions['lookup'] = name => (name === 'users' ? { columns: ['id', 'team'], rows: [['1', 'red'], ['1', 'twice'], ['9', 'blue']] } : undefined)
    await holds([events, 'sort @timestamp | lookup users id OUTPUT team | display id, team', [{ id: '1', team: 'red' }, { id: '2' }, {}]], { lookup })
    await holds([events, 'lookup users id as id, team as name OUTPUT team | filter ispresent(team)', []], { lookup })
    await expect(holds([events, 'lookup nobody id OUTPUT team', []], { lookup })).rejects.toThrow('The lookup table \'nobody\' does not exist')
  })
})

describe('patterns', () => {
  const many = (count: number, line: (index: number) => string, minute = 0): readonly TestEvent[] =>
    Array.from({ length: count }, (_, index) => ({ at: at(minute) + index, message: line(index) }))

  test.for<Case>([
    [
      many(3, index => `2023-01-01 19:00:0${index} [INFO] Calling DynamoDB to store for resource id 1234${index}342k124-12345`), 'pattern @message',
      [{ '@pattern': '<Time-1> [INFO] Calling DynamoDB to store for resource id <Token-2>-<Number-3>', '@sampleCount': '3', '@ratio': '1', '@severityLabel': 'Info' }],
    ],
    [
      [...many(3, index => `ERROR user ${['alice', 'bob', 'eve'][index]!} was not found on server ${index}`), ...many(1, () => 'all is well')],
      'pattern @message | sort @sampleCount desc | limit 1 | display @pattern, @ratio', [{ '@pattern': 'ERROR user <Token-1> was not found on server <Number-2>', '@ratio': '0.75' }],
    ],
    [many(3, index => `took ${index} ms`), 'limit 2 | pattern @message | anomaly | sort @timestamp desc | display @pattern, @sampleCount', [{ '@pattern': 'took <Number-1> ms', '@sampleCount': '2' }]],
    [many(3, index => `took ${index} ms`), 'limit 2 | logcompare timeshift 1h | display @sampleCount', [{ '@sampleCount': '2' }]],
    [many(1, () => 'x'), 'pattern @message | fields @timestamp | appendcols (SOURCE "g" | stats count(*) as n) | display @pattern, @timestamp, n', [{ '@pattern': 'x', n: '1' }]],
    [[...many(2, index => `took ${index} ms`), ...many(1, () => 'x')], 'filter @message like "took" | pattern @message | stats sum(@sampleCount) as s', [{ s: '2' }]],
  ])('%#', async one => holds(one))

  test('are those of anomaly detectors, by the same names', async () => {
    const messages = ['ERROR user alice was not found on server 1', 'ERROR user bob was not found on server 22']
    const [known] = mergePatterns(messages.map(sample => ({ text: normalise(sample), count: 1, sample })))
    await holds([lines(...messages), 'pattern @message | display @patternId, @severityLabel, @sampleCount', [{ '@patternId': known!.patternId, '@severityLabel': 'Error', '@sampleCount': '2' }]])
  })

  test('compared with the range before', async () => {
    const events = [...many(2, index => `old ${index}`, 0), ...many(1, index => `old ${index}`, 12), ...many(1, () => 'brand new', 13)]
    await holds([events, 'pattern @message | diff | display @pattern, @sampleCount, @previousSampleCount, @differenceDescription | sort @pattern asc', [
      { '@pattern': 'brand new', '@sampleCount': '1', '@previousSampleCount': '0', '@differenceDescription': 'Pattern only appears in the current time range' },
      { '@pattern': 'old <Number-1>', '@sampleCount': '1', '@previousSampleCount': '2', '@differenceDescription': '50% fewer events' },
    ]], { start: at(10), end: at(20) - 1 })
  })

  test('that are new or spike', async () => {
    const events = [...many(9, index => `usual ${index}`, 5), ...many(6, index => `usual ${index}`, 99), ...many(1, () => 'never before', 99), ...many(2, () => 'always', 5)]
    await holds([events, 'pattern @message | anomaly | display @pattern, @anomalyType, @anomalyScore | sort @pattern asc', [
      { '@pattern': 'always', '@anomalyScore': '0' }, { '@pattern': 'never before', '@anomalyType': 'New' }, { '@pattern': 'usual <Number-1>', '@anomalyType': 'Spike', '@anomalyScore': '6' },
    ]], { start: at(0), end: at(100) })
  })
})

test.for([
  'fields unmask(a)', 'unmask a', 'stats count(*) by unmask(a)', 'stats max(unmask(a))', 'sort unmask(a)', 'filter a in (SOURCE "g" | fields unmask(b))', 'filter a in (SOURCE "g" | unmask b | fields b)',
  'join left=l right=r where l.a = r.b (SOURCE "g" | fields unmask(b) as b)',
])('%s is known to unmask', query => {
  expect(compileQuery(query, { start: at(0), end: at(1), now: at(1), groups: [GROUP], groupsOf: () => [GROUP] }).commands).toContain('unmask')
})

test('unmask shows what was sent', async () => {
  const masked: readonly TestEvent[] = [{ at: at(0), message: '{"ssn":"***-**-****"}', clear: '{"ssn":"123-45-6789"}' }, { at: at(1), message: '{"ssn":"none"}' }]
  await holds([masked, 'fields ssn, unmask(ssn) as s | sort @timestamp', [{ ssn: '***-**-****', s: '123-45-6789' }, { ssn: 'none', s: 'none' }]])
  await holds([masked, 'sort @timestamp | limit 1 | unmask @message | display @message', [{ '@message': '{"ssn":"123-45-6789"}' }]])
  await holds([masked, 'filter unmask(@message) like "123-45-6789" | display ssn', [{ ssn: '***-**-****' }]])
})
