import { describe, expect, it, test } from 'vitest'
import { epochSeconds } from '../../base/time.ts'
import { logAlarm } from '../alarms/alarm.test-support.ts'
import { parseQuery } from '../insights/parse-query.ts'
import { parseAggregation } from './aggregation.ts'
import { lineSearch, valueSearch } from './alarm-queries.ts'
import { scheduleRate } from './schedule-rate.ts'

describe('an aggregation expression', () => {
  it.each([
    ['count(*)', { stats: 'stats count(*) as `value`', value: 'value', by: [], order: undefined, counts: true }],
    ['count(errors)', { stats: 'stats count(errors) as `value`', value: 'value', by: [], order: undefined, counts: false }],
    ['avg(latency) by host | sort desc', { stats: 'stats avg(latency) as `value` by host', value: 'value', by: [{ field: 'host', text: 'host' }], order: 'desc', counts: false }],
    ['sum(bytes) as total by `a-b`.c, region | sort total asc', { stats: 'stats sum(bytes) as `total` by `a-b`.c, region', value: 'total', by: [{ field: 'a-b.c', text: '`a-b`.c' }, { field: 'region', text: 'region' }], order: 'asc', counts: false }],
    ['max(x) by value|sort ASC', { stats: 'stats max(x) as `value_` by value', value: 'value_', by: [{ field: 'value', text: 'value' }], order: 'asc', counts: false }],
  ])('%s', (text, expected) => {
    expect(parseAggregation(text)).toEqual(expected)
  })
  it.each([
    ['', 'Unexpected end of query'],
    ['pct(x, 99)', 'An aggregation expression is one of count, avg, sum, min, max'],
    ['count(*) / 2', 'An aggregation expression is one of'],
    ['count(*), avg(x)', 'Only a single aggregation expression can be specified'],
    ['count(*) by bin(5m)', "Only fields can follow 'by'"],
    ['count(*) by a as b', "Only fields can follow 'by'"],
    ['count(*) by a, b, c, d, e, f', 'at most 5 fields'],
    ['count(*) by host | limit 3', "Unexpected '|'"],
    ['count(*) by host | sort other desc', "cannot be sorted by 'other'"],
    ['count(*) by host | sort', "Unexpected '|'"],
    ['avg(a in (filter x | fields b))', 'no queries within it'],
  ])('%s is refused', (text, problem) => {
    expect(() => parseAggregation(text)).toThrow(problem)
  })
})

test.each([
  ['rate(1 minute)', 60], ['rate(5 minutes)', 300], ['rate(1 hour)', 3600], ['rate(2 days)', 172_800], ['rate(7 days)', 604_800],
  ['rate(8 days)', undefined], ['rate(0 minutes)', undefined], ['rate(1 minutes)', undefined], ['rate(2 minute)', undefined],
  ['rate(30 seconds)', undefined], ['cron(0 * * * ? *)', undefined], ['every minute', undefined],
])('%s is %s seconds', (expression, seconds) => {
  expect(scheduleRate(expression)).toBe(seconds)
})

describe('a run', () => {
  const at = epochSeconds(1_700_000_100)
  it('looks at what happened between the offsets, the end left to the next run', () => {
    const { start, end } = valueSearch(logAlarm(), parseAggregation('count(*)'), at)
    expect([start, end]).toEqual([1_699_999_800_000, 1_700_000_099_999])
  })
  it('asks for one value', () => {
    expect(valueSearch(logAlarm({ query: 'filter level = "ERROR" # only those' }), parseAggregation('count(*)'), at).text)
      .toBe('filter level = "ERROR" # only those\n| stats count(*) as `value`')
    expect(valueSearch(logAlarm({ query: ' ' }), parseAggregation('count(*)'), at).text).toBe('stats count(*) as `value`')
  })
  it('asks for contributors by name, or by value', () => {
    const text = (aggregation: string): string => valueSearch(logAlarm(), parseAggregation(aggregation), at).text.split('\n| ').at(-1)!
    expect(text('count(*) by a, b')).toBe('sort `a`, `b`')
    expect(text('count(*) by a, b | sort desc')).toBe('sort `value` desc, `a`, `b`')
  })
  it('asks for the lines behind it, of one contributor without letting its name say anything else', () => {
    const alarm = logAlarm({ aggregation: 'count(*) by host, path', lines: 5 })
    expect(lineSearch(alarm, at)).toMatchObject({ text: alarm.query, limit: 5 })
    const { text } = lineSearch(alarm, at, { host: "it's \\", path: "' or 1 = 1 | unmask @message" })
    expect(text).toBe(`${alarm.query}\n| filter host = 'it\\'s \\\\' and path = '\\' or 1 = 1 | unmask @message'`)
    expect(parseQuery(text).commands.map(({ command }) => command)).toEqual(['fields', 'filter', 'filter'])
  })
})
