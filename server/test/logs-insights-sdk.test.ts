import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, GetQueryResultsCommand, PutLogEventsCommand, StartQueryCommand,
  type StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataFolder, eventually, RunningServer } from './product/running-server.ts'

/** Logs Insights over all layers, driven by the SDK's own client. */
const data = dataFolder()
let server: RunningServer
let client: CloudWatchLogsClient
beforeAll(async () => {
  server = await RunningServer.start({ data })
  client = new CloudWatchLogsClient(server.clientConfig())
}, 60_000)
afterAll(() => server.stop())

const HOUR = 3_600_000
/** A full hour some hours ago: events are of the last two weeks. */
const BASE = Math.floor(Date.now() / HOUR) * HOUR - 4 * HOUR

const put = async (group: string, events: readonly (readonly [offset: number, message: string])[], stream = 'main'): Promise<void> => {
  await client.send(new CreateLogGroupCommand({ logGroupName: group })).catch((error: unknown) => expect(error).toMatchObject({ name: 'ResourceAlreadyExistsException' }))
  await client.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream }))
  const logEvents = events.map(([offset, message]) => ({ timestamp: BASE + offset, message }))
  await client.send(new PutLogEventsCommand({ logGroupName: group, logStreamName: stream, logEvents }))
}

const started = async (logGroupName: string, queryString: string, more: Partial<StartQueryCommandInput> = {}): Promise<string> => {
  const range = { startTime: BASE / 1000, endTime: BASE / 1000 + 3599 }
  const { queryId } = await client.send(new StartQueryCommand({ logGroupName, queryString, ...range, ...more }))
  return queryId!
}

const finished = (queryId: string) =>
  eventually(async () => {
    const answer = await client.send(new GetQueryResultsCommand({ queryId }))
    return answer.status === 'Running' || answer.status === 'Scheduled' ? undefined : answer
  }, 'the query ended')

/** Rows as objects, without `@ptr`. */
const rows = async (group: string, text: string, more: Partial<StartQueryCommandInput> = {}): Promise<readonly object[]> => {
  const { status, results } = await finished(await started(group, text, more))
  expect(status).toBe('Complete')
  return results!.map(row => Object.fromEntries(row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field, value])))
}

const MINUTE = 60_000
const EVENTS: readonly (readonly [number, string])[] = [
  [0, '{"level":"INFO","ms":120,"user":{"id":"a"},"tags":["x","y"],"code":"200"}'],
  [MINUTE + 30_500, '{"level":"ERROR","ms":900,"user":{"id":"b"},"code":"500"}'],
  [4 * MINUTE + 59_999, '{"level":"INFO","ms":80,"user":{"id":"a"},"code":"200"}'],
  [5 * MINUTE, '{"level":"ERROR","ms":1500,"user":{"id":"c"},"code":"503"}'],
  [7 * MINUTE, 'WARN disk 91% used on /dev/sda1'],
]
const shown = (offset: number): string => new Date(BASE + offset).toISOString().replace('T', ' ').replace('Z', '')
const messages = (...events: readonly number[]): readonly object[] => events.map(event => ({ '@timestamp': shown(EVENTS[event - 1]![0]), '@message': EVENTS[event - 1]![1] }))

describe('the vectors', () => {
  beforeAll(() => put('/vectors', EVENTS))

  test.each<readonly [string, readonly object[]]>([
    ['filter level = "ERROR"', messages(4, 2)],
    ['filter ms > 100', messages(4, 2, 1)],
    ['filter level != "INFO"', messages(4, 2)],
    ['filter not ispresent(level)', messages(5)],
    ['filter @message like "disk"', messages(5)],
    ['filter @message like /(?i)warn/', messages(5)],
    ['filter @message like "warn"', []],
    ['filter user.id in ["a","c"]', messages(4, 3, 1)],
    ['filter tags.0 = "x"', messages(1)],
    ['filter code >= 500', messages(4, 2)],
    ['filter level = "ERROR" and ms > 1000 or user.id = "a"', messages(4, 3, 1)],
    ['stats count(*) by bin(5m)', [{ 'bin(5m)': shown(5 * MINUTE), 'count(*)': '2' }, { 'bin(5m)': shown(0), 'count(*)': '3' }]],
    ['filter ispresent(level) | stats avg(ms) as a, max(ms) as x, min(ms) as n, sum(ms) as s by level | sort level', [
      { level: 'ERROR', a: '1200', x: '1500', n: '900', s: '2400' }, { level: 'INFO', a: '100', x: '120', n: '80', s: '200' },
    ]],
    ['stats count(*), count(ms), count_distinct(user.id)', [{ 'count(*)': '5', 'count(ms)': '4', 'count_distinct(user.id)': '3' }]],
    ['stats pct(ms, 50)', [{ 'pct(ms, 50)': '510' }]],
    ['stats earliest(code) as f, latest(code) as l', [{ f: '200', l: '503' }]],
    ['stats sortsFirst(user.id) as f, sortsLast(user.id) as l', [{ f: 'a', l: 'c' }]],
    ['parse @message "* disk *% used on *" as lvl, p, dev | filter ispresent(p) | display lvl, p, dev', [{ lvl: 'WARN', p: '91', dev: '/dev/sda1' }]],
    ['parse @message /(?<lvl>[A-Z]+) disk (?<p>\\d+)%/ | stats max(p) as m', [{ m: '91' }]],
    ['sort ms asc | filter ispresent(ms) | limit 2 | display ms', [{ ms: '80' }, { ms: '120' }]],
    ['dedup level', messages(5, 4, 3)],
    ['filter level = "INFO" | fields ms/1000 as s, strlen(level) as n | sort @timestamp asc | display s, n', [{ s: '0.12', n: '4' }, { s: '0.08', n: '4' }]],
    ['fields coalesce(level, "none") as l | stats count(*) as c by l | sort c desc, l asc', [{ l: 'ERROR', c: '2' }, { l: 'INFO', c: '2' }, { l: 'none', c: '1' }]],
    ['stats count(*) as c by level | filter c > 1 | sort level', [{ level: 'ERROR', c: '2' }, { level: 'INFO', c: '2' }]],
    ['stats sum(ms) as t by bin(1m) as m | stats max(t) as peak', [{ peak: '1500' }]],
    ['filter @message like /disk/ | fields toMillis(@timestamp) as t | display t', [{ t: String(BASE + 7 * MINUTE) }]],
    ['fields datefloor(@timestamp, 1h) as h, dateceil(@timestamp, 5m) as c | filter level = "INFO" or code = "500" | sort @timestamp asc | limit 2 | display h, c', [
      { h: shown(0), c: shown(0) }, { h: shown(0), c: shown(5 * MINUTE) },
    ]],
    ['fields jsonParse(@message) as j | fields j.user.id as u | filter u = "b" | display u', [{ u: 'b' }]],
    ['stats sum(ms)/count(ms) as r by level | filter level = "ERROR"', [{ level: 'ERROR', r: '1200' }]],
    ['# a note\nFIELDS @message | LIMIT 1', [{ '@message': EVENTS[4]![1] }]],
    ['stats count(*) by bin(300s)', [7, 5, 4, 1, 0].map(minute => ({ 'bin(300s)': shown(minute * MINUTE), 'count(*)': '1' }))],
    ['stats count(*) as c', [{ c: '5' }]],
  ])('%s', async (text, expected) => {
    expect(await rows('/vectors', text)).toEqual(expected)
  })

  test('rows of events end with their pointer, and statistics say what was read', async () => {
    const { results, statistics, queryLanguage } = await finished(await started('/vectors', 'filter level = "ERROR"'))
    expect(results!.map(row => row.map(({ field }) => field))).toEqual(Array.from({ length: 2 }, () => ['@timestamp', '@message', '@ptr']))
    expect(queryLanguage).toBe('CWLI')
    expect(statistics).toEqual({
      recordsMatched: 2, recordsScanned: 5, bytesScanned: EVENTS.reduce((sum, [, { length }]) => sum + length, 0),
      estimatedRecordsSkipped: 0, estimatedBytesSkipped: 0, logGroupsScanned: 1, resultCount: 2,
    })
  })
})
