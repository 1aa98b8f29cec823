import { describe, expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { TestEvents } from './insights.test-support.ts'

/** The events on which the numbered vectors of the semantics reference stand. */
const EVENTS = [
  { at: '2026-01-01T10:00:00.000Z', message: '{"level":"INFO","ms":120,"user":{"id":"a"},"tags":["x","y"],"code":"200"}' },
  { at: '2026-01-01T10:01:30.500Z', message: '{"level":"ERROR","ms":900,"user":{"id":"b"},"code":"500"}' },
  { at: '2026-01-01T10:04:59.999Z', message: '{"level":"INFO","ms":80,"user":{"id":"a"},"code":"200"}' },
  { at: '2026-01-01T10:05:00.000Z', message: '{"level":"ERROR","ms":1500,"user":{"id":"c"},"code":"503"}' },
  { at: '2026-01-01T10:07:00.000Z', message: 'WARN disk 91% used on /dev/sda1' },
]
const events = await TestEvents.with(await scratchTelemetry(), EVENTS)
const byMessage = new Map(EVENTS.map(({ message }, index) => [message, `e${index + 1}`]))

const messages = async (query: string): Promise<string> => (await events.run(query)).map(row => byMessage.get(row['@message']!)!).join(', ')
/** Rows as `name=value, …`. */
const rows = async (query: string): Promise<readonly string[]> =>
  (await events.run(query)).map(row => Object.entries(row).map(([name, value]) => `${name}=${value}`).join(', '))

describe('events', () => {
  test.for([
    ['1', 'filter level = "ERROR"', 'e4, e2'],
    ['2', 'filter ms > 100', 'e4, e2, e1'],
    ['3', 'filter level != "INFO"', 'e4, e2'],
    ['4', 'filter not ispresent(level)', 'e5'],
    ['5', 'filter @message like "disk"', 'e5'],
    ['5', 'filter @message like /(?i)warn/', 'e5'],
    ['5', 'filter @message like "warn"', ''],
    ['6', 'filter user.id in ["a","c"]', 'e4, e3, e1'],
    ['7', 'filter tags.0 = "x"', 'e1'],
    ['8', 'filter code >= 500', 'e4, e2'],
    ['9', 'filter level = "ERROR" and ms > 1000 or user.id = "a"', 'e4, e3, e1'],
    ['19', 'dedup level', 'e5, e4, e3'],
    ['26', 'fields jsonParse(@message) as j | fields j.user.id as u | filter u = "b" | display @message', 'e2'],
    ['28', '# note\nFIELDS @message | LIMIT 1', 'e5'],
  ])('%s: %s', async ([, query, expected]) => {
    expect(await messages(query!)).toBe(expected)
  })
})

describe('rows', () => {
  test.for<readonly [string, string, readonly string[]]>([
    ['10', 'stats count(*) by bin(5m)', ['bin(5m)=2026-01-01 10:05:00.000, count(*)=2', 'bin(5m)=2026-01-01 10:00:00.000, count(*)=3']],
    ['11', 'stats avg(ms) as a, max(ms) as x, min(ms) as n, sum(ms) as s by level', ['level=ERROR, a=1200, x=1500, n=900, s=2400', 'level=INFO, a=100, x=120, n=80, s=200', '']],
    ['12', 'stats count(*), count(ms), count_distinct(user.id)', ['count(*)=5, count(ms)=4, count_distinct(user.id)=3']],
    ['13', 'stats pct(ms, 50)', ['pct(ms, 50)=510']],
    ['14', 'stats earliest(code) as f, latest(code) as l', ['f=200, l=503']],
    ['15', 'stats sortsFirst(user.id) as f, sortsLast(user.id) as l', ['f=a, l=c']],
    ['16', 'parse @message "* disk *% used on *" as lvl, p, dev | filter ispresent(p) | display lvl, p, dev', ['lvl=WARN, p=91, dev=/dev/sda1']],
    ['17', 'parse @message /(?<lvl>[A-Z]+) disk (?<p>\\d+)%/ | stats max(p) as m', ['m=91']],
    ['18', 'sort ms asc | limit 2 | display ms', ['ms=80', 'ms=120']],
    ['20', 'filter level = "INFO" | fields ms/1000 as s, strlen(level) as n | sort @timestamp asc | display s, n', ['s=0.12, n=4', 's=0.08, n=4']],
    ['21', 'fields coalesce(level, "none") as l | stats count(*) as c by l | sort c desc, l asc', ['l=ERROR, c=2', 'l=INFO, c=2', 'l=none, c=1']],
    ['22', 'stats count(*) as c by level | filter c > 1', ['level=ERROR, c=2', 'level=INFO, c=2']],
    ['23', 'stats sum(ms) as t by bin(1m) as m | stats max(t) as peak', ['peak=1500']],
    ['24', 'filter @message like /disk/ | fields toMillis(@timestamp) as t', ['t=1767262020000']],
    ['25', 'fields datefloor(@timestamp, 1h) as h, dateceil(@timestamp, 5m) as c | sort @timestamp asc | limit 2', [
      'h=2026-01-01 10:00:00.000, c=2026-01-01 10:00:00.000', 'h=2026-01-01 10:00:00.000, c=2026-01-01 10:05:00.000']],
    ['27', 'stats sum(ms)/count(ms) as r by level | filter level = "ERROR"', ['level=ERROR, r=1200']],
    ['29', 'stats count(*) by bin(300s)', ['10:07', '10:05', '10:04', '10:01', '10:00'].map(at => `bin(300s)=2026-01-01 ${at}:00.000, count(*)=1`)],
  ])('%s: %s', async ([, query, expected]) => {
    expect(await rows(query)).toEqual(expected)
  })

  test('1: default columns', async () => {
    expect(await rows('filter level = "ERROR" | limit 1')).toEqual([`@timestamp=2026-01-01 10:05:00.000, @message=${EVENTS[3]!.message}`])
  })

  test('30: after stats there are no events', async () => {
    await expect(rows('stats count(*) as c | fields @message')).rejects.toThrow('The field \'@message\' is not available here')
  })
})
