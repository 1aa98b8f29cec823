import { describe, expect, it, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { GROUP, TestEvents, type TestEvent } from '../insights/insights.test-support.ts'
import { messageFields } from '../insights/message-fields.ts'
import { compileReport, type ReportOptions } from './compile-report.ts'
import { readReport, type RuleReport } from './report.ts'
import { pathOf } from './rule-fields.ts'
import { parseRule } from './parse-rule.ts'

const telemetry = await scratchTelemetry()
const T0 = Date.UTC(2026, 0, 1, 10)
const MINUTE = 60_000

const RULE = {
  Schema: { Name: 'CloudWatchLogRule', Version: 1 }, LogGroupNames: ['a'], LogFormat: 'JSON',
  Contribution: { Keys: ['$.ip'], ValueOf: '$.bytes', Filters: [] as object[] }, AggregateOn: 'Sum',
}
const rule = (contribution: object = {}, more: object = {}): object => ({ ...RULE, Contribution: { ...RULE.Contribution, ...contribution }, ...more })
const filtered = (...Filters: object[]): object => rule({ Filters })

const report = async (definition: object, options: Partial<ReportOptions> = {}): Promise<RuleReport> => {
  const { sql, parameters } = compileReport(parseRule(JSON.stringify(definition)), {
    groups: [GROUP], fields: (groups, unmasked) => messageFields({ labels: new Map(groups.map(({ id, label }) => [id, label])), unmasked }),
    start: T0, end: T0 + 10 * MINUTE, origin: T0, period: MINUTE, top: 10, orderBy: 'Sum', ...options,
  })
  const [row] = await telemetry.query<Record<string, string>>('slow', sql, parameters)
  return readReport(row!)
}

const event = (second: number, message: object | string): TestEvent => ({ at: T0 + second * 1000, message: typeof message === 'string' ? message : JSON.stringify(message) })
await TestEvents.with(telemetry, [
  event(0, { ip: 'a', bytes: 100, http: { method: 'PUT', codes: [200, 7] }, ok: true }),
  event(10, { ip: 'b', bytes: 30.5, http: { method: 'GET' } }),
  event(20, { ip: 'a', bytes: 50, http: { method: 'POST' } }),
  event(70, { ip: 'b', bytes: 300, http: { method: 'PUT' } }),
  event(80, { ip: 'c', bytes: '7', http: { method: 'PATCH' } }),
  event(90, { ip: 'c', bytes: 'many' }),
  event(100, { bytes: 5000 }),
  event(110, 'no JSON at all'),
  event(600, { ip: 'late', bytes: 1 }),
])
const totals = ({ shown }: RuleReport): readonly string[] => shown.map(({ keys, total }) => `${keys.join('/')} ${total}`)

describe('a sum', () => {
  it('is added up by contributor and period', async () => {
    expect(await report(RULE)).toEqual({
      contributors: 3,
      total: 487.5,
      shown: [
        { keys: ['b'], total: 330.5, points: [{ period: 0, value: 30.5 }, { period: 1, value: 300 }] },
        { keys: ['a'], total: 150, points: [{ period: 0, value: 150 }] },
        { keys: ['c'], total: 7, points: [{ period: 1, value: 7 }] },
      ],
      periods: [
        { period: 0, values: { UniqueContributors: 2, MaxContributorValue: 150, SampleCount: 3, Sum: 180.5, Minimum: 30.5, Maximum: 100, Average: 90.25 } },
        { period: 1, values: { UniqueContributors: 2, MaxContributorValue: 300, SampleCount: 2, Sum: 307, Minimum: 7, Maximum: 300, Average: 153.5 } },
      ],
    })
  })
  it('shows the first, by what they add up to or by their greatest period', async () => {
    expect(totals(await report(RULE, { top: 1 }))).toEqual(['b 330.5'])
    expect((await report(RULE, { top: 0 })).periods).toHaveLength(2)
    expect(totals(await report(rule({ ValueOf: undefined }, { AggregateOn: 'Count' })))).toEqual(['a 2', 'b 2', 'c 2'])
    expect(totals(await report(rule({ ValueOf: undefined }, { AggregateOn: 'Count' }), { orderBy: 'Maximum' }))).toEqual(['a 2', 'c 2', 'b 2'])
  })
  it('is of the range alone, in periods from the origin', async () => {
    const { shown } = await report(RULE, { start: T0 + 20_000, end: T0 + 70_001, origin: T0 - 60_000, period: 2 * MINUTE })
    expect(shown).toEqual([{ keys: ['b'], total: 300, points: [{ period: 1, value: 300 }] }, { keys: ['a'], total: 50, points: [{ period: 0, value: 50 }] }])
  })
})

test('a count has no need of a value; several keys make a contributor together', async () => {
  expect(totals(await report(rule({ Keys: ['$.ip', '$.http.method'], ValueOf: undefined }, { AggregateOn: 'Count' })))).toEqual(['a/POST 1', 'a/PUT 1', 'b/GET 1', 'b/PUT 1', 'c/PATCH 1'])
})

test.each<[object, readonly string[]]>([
  [{ Match: '$.http.method', In: ['PUT', 'GET'] }, ['b 330.5', 'a 100']],
  [{ Match: '$.http.method', NotIn: ['PUT', 'GET'] }, ['a 50', 'c 7']],
  [{ Match: '$.http.method', StartsWith: ['PA', 'PO'] }, ['a 50', 'c 7']],
  [{ Match: '$.bytes', GreaterThan: 50 }, ['b 300', 'a 100']],
  [{ Match: '$.bytes', LessThan: 50 }, ['b 30.5', 'c 7']],
  [{ Match: '$.bytes', EqualTo: 50 }, ['a 50']],
  [{ Match: '$.bytes', NotEqualTo: 300 }, ['a 150', 'b 30.5', 'c 7']],
  [{ Match: '$.ok', IsPresent: true }, ['a 100']],
  [{ Match: '$.http.codes[0]', IsPresent: false }, ['b 330.5', 'a 50', 'c 7']],
  [{ Match: '$.http.codes[1]', EqualTo: 7 }, ['a 100']],
  [{ Match: '$.ip', In: ["a') OR 1=1 --"] }, []],
])('%j lets through', async (filter, expected) => {
  expect(totals(await report(filtered(filter)))).toEqual(expected)
})

test('all filters have to hold', async () => {
  expect(totals(await report(filtered({ Match: '$.http.method', In: ['PUT'] }, { Match: '$.bytes', GreaterThan: 100 })))).toEqual(['b 300'])
})

test('nothing found is an empty report', async () => {
  expect(await report(filtered({ Match: '$.nothing', IsPresent: true }))).toEqual({ contributors: 0, total: 0, shown: [], periods: [] })
})

test('fields of the common log format are told by position, in brackets and quotes as well', async () => {
  await TestEvents.with(telemetry, [
    event(0, '10.0.0.1 - alice [01/Jan/2026:10:00:00 +0000] "GET /a b HTTP/1.1" 200 512'),
    event(1, '10.0.0.1 - bob [01/Jan/2026:10:00:01 +0000] "GET /c HTTP/1.1" 500 100'),
    event(2, '10.0.0.2 - - [01/Jan/2026:10:00:02 +0000] "GET /d HTTP/1.1" 200 -'),
  ])
  const clf = { ...RULE, LogFormat: 'CLF', Fields: { 1: 'host', 5: 'request', 7: 'size' } }
  const by = (Keys: readonly string[], Filters: readonly object[] = []) => report({ ...clf, Contribution: { Keys, ValueOf: 'size', Filters } })
  expect(totals(await by(['host']))).toEqual(['10.0.0.1 612'])
  expect(totals(await by(['request'], [{ Match: '6', EqualTo: 200 }]))).toEqual(['GET /a b HTTP/1.1 512'])
  expect(totals(await by(['3', '4']))).toEqual(['alice/01/Jan/2026:10:00:00 +0000 512', 'bob/01/Jan/2026:10:00:01 +0000 100'])
})

test.each([['$.a', ['a']], ['$.a.b-c[0]', ['a', 'b-c', '0']], ["$['x.y'].z", ['x.y', 'z']], ['$["q"]', ['q']]])('%s', (field, path) => {
  expect(pathOf(field)).toEqual(path)
})
