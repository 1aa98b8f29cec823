import {
  CloudWatchLogsClient, CreateLogGroupCommand, CreateLogStreamCommand, DeleteLogStreamCommand, DeleteQueryDefinitionCommand, DescribeQueriesCommand,
  DescribeQueryDefinitionsCommand, GetQueryResultsCommand, ListLogGroupsForQueryCommand, PutLogEventsCommand, PutQueryDefinitionCommand,
  StartQueryCommand, StopQueryCommand, type StartQueryCommandInput,
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

describe('SQL', () => {
  beforeAll(() => put('/sql', EVENTS))
  const asked = { logGroupName: undefined, queryLanguage: 'SQL' } as const

  test('names its groups itself, and is shown as it was asked', async () => {
    const text = 'SELECT level, COUNT(*) AS c FROM `/sql` WHERE ms > 100 GROUP BY level ORDER BY c DESC'
    expect(await rows('', text, asked)).toEqual([{ level: 'ERROR', c: '2' }, { level: 'INFO', c: '1' }])
    const { queries } = await client.send(new DescribeQueriesCommand({ queryLanguage: 'SQL' }))
    expect(queries).toMatchObject([{ queryString: text, queryLanguage: 'SQL', logGroupName: '/sql' }])
    expect(await client.send(new GetQueryResultsCommand({ queryId: queries![0]!.queryId }))).toMatchObject({ queryLanguage: 'SQL', statistics: { recordsMatched: 3, recordsScanned: 5 } })
    const both = await rows('', "SELECT `@log`, ms FROM `logGroups(logGroupIdentifier: ['/sql'])` WHERE ms = 80", asked)
    expect(both).toEqual([{ '@log': expect.stringMatching(/:\/sql$/), ms: '80' }])
  })

  test('is for groups of the Standard class', async () => {
    await client.send(new CreateLogGroupCommand({ logGroupName: '/sql-rare', logGroupClass: 'INFREQUENT_ACCESS' }))
    await expect(started('', 'SELECT a FROM `/sql-rare`', asked)).rejects.toMatchObject({ name: 'InvalidParameterException', message: expect.stringMatching(/Standard/) })
  })

  test.each<readonly [string, Partial<StartQueryCommandInput>, string]>([
    ['SELECT a FROM `/sql` OFFSET 3', asked, 'MalformedQueryException'],
    ['fields a', asked, 'MalformedQueryException'],
    ['SELECT a FROM `/sql`', { logGroupName: '/sql' }, 'MalformedQueryException'],
    ['SELECT a FROM `/sql`', { logGroupName: '/sql', queryLanguage: 'SQL' }, 'InvalidParameterException'],
    ['SELECT a FROM `/nowhere`', asked, 'ResourceNotFoundException'],
  ])('%s with %j is refused', async (text, more, name) => {
    await expect(started('', text, more)).rejects.toMatchObject({ name })
  })
})

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
    ['relevantfields where code >= 500 | filter @conditionalMedian > 1000 | display @fieldName, @conditionalMedian, @baselineMedian', [{ '@fieldName': 'ms', '@conditionalMedian': '1200', '@baselineMedian': '100' }]],
    ['expand tags | filter ispresent(tags) | sort tags asc | display tags, ms', [{ tags: 'x', ms: '120' }, { tags: 'y', ms: '120' }]],
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
    // Patterns are made of the events, not found among them.
    expect((await finished(await started('/vectors', 'pattern @message'))).statistics).toMatchObject({ recordsMatched: 5, recordsScanned: 5 })
    expect((await finished(await started('/vectors', 'filter level = "ERROR" | pattern @message'))).statistics).toMatchObject({ recordsMatched: 2, recordsScanned: 5 })
  })

  test.each([
    ['fields @message | limit 1', 5, 1],
    ['fields @message | sort @timestamp desc', 5, 5],
    ['filter level = "ERROR" | limit 1', 2, 1],
    ['filter level = "ERROR" | sort @timestamp asc | limit 1', 2, 1],
    ['filter level = "ERROR" | limit 1 | stats count(*)', 2, 1],
    ['filter level = "none" | limit 1', 0, 0],
  ])('%s: %i match, %i are shown', async (text, recordsMatched, resultCount) => {
    expect((await finished(await started('/vectors', text))).statistics).toMatchObject({ recordsMatched, recordsScanned: 5, resultCount })
  })
})

const lines = (...events: readonly object[]): readonly (readonly [number, string])[] => events.map((event, index) => [index * 1000, JSON.stringify(event)])

test('an estimate scans nothing', async () => {
  const { results, statistics } = await finished(await started('/vectors', 'filter level = "ERROR" | stats count(*) by code | estimate'))
  expect(results).toEqual([[{ field: 'estimatedBytes', value: String(EVENTS.reduce((sum, [, { length }]) => sum + length, 0)) }]])
  expect(statistics).toMatchObject({ recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 })
})

describe('the queries of five systems, word by word', () => {
  const WEB = [
    { request_path: '/a', status_code: 500, duration: 1500, log_identifier: 'x' },
    { request_path: '/a', status_code: 503, duration: 2500, log_identifier: 'x' },
    { request_path: '/b', status_code: 200, duration: 900, log_identifier: 'x' },
    { request_path: '/b', status_code: 502, duration: 9000, log_identifier: 'y' },
  ]
  const PIPELINE = [
    { level: 'ERROR', message: 'no', error_type: 'Timeout', pipeline: 'p', environment: 'prod' },
    { level: 'ERROR', message: 'no', error_type: 'Timeout', pipeline: 'p', environment: 'prod' },
    { level: 'ERROR', message: 'no', error_type: 'Format', pipeline: 'q', environment: 'prod' },
    { level: 'INFO', message: 'processing completed', pipeline: 'p', environment: 'prod', duration: 10 },
    { level: 'INFO', message: 'processing completed', pipeline: 'p', environment: 'prod', duration: 20 },
    { level: 'INFO', message: 'batch completed', pipeline: 'p', records_processed: 100, data_quality_score: 0.5 },
    { level: 'INFO', message: 'batch completed', pipeline: 'p', records_processed: 50, data_quality_score: 1 },
  ]
  beforeAll(async () => {
    await put('/systems/web', lines(...WEB), 'i-1')
    await put('/systems/pipeline', lines(...PIPELINE))
    await put('/systems/text', [[0, 'ERROR one'], [1, 'an Exception'], [2, 'fine']], 'i-1')
    await put('/systems/text', [[3, 'error three']], 'i-2')
    await put('/systems/db', lines({ user_name: 'ann', database_name: 'd', status: 'FAILED' }, { user_name: 'ann', status: 'LOGIN FAILED' }, { user_name: 'bob', status: 'OK' }))
  })

  test.each<readonly [string, string, readonly object[]]>([
    ['/systems/text', 'fields @timestamp, @message, @logStream | filter @message like /ERROR|Exception|error/ | stats count() as error_count by @logStream', [
      { '@logStream': 'i-1', error_count: '2' }, { '@logStream': 'i-2', error_count: '1' },
    ]],
    ['/systems/web', 'fields @timestamp, duration | filter duration > 1000 | stats max(duration) as max_duration, avg(duration) as avg_duration by log_identifier | sort avg_duration desc', [
      { log_identifier: 'y', max_duration: '9000', avg_duration: '9000' }, { log_identifier: 'x', max_duration: '2500', avg_duration: '2000' },
    ]],
    ['/systems/web', 'fields @timestamp, request_path, status_code | filter status_code like /5\\d\\d/ | stats count() as error_count by request_path', [
      { request_path: '/a', error_count: '2' }, { request_path: '/b', error_count: '1' },
    ]],
    ['/systems/db', 'fields user_name, database_name, status | filter status like /FAILED/ | stats count() as failed_attempts by user_name', [{ user_name: 'ann', failed_attempts: '2' }]],
    ['/systems/pipeline', 'fields @timestamp, level, message, error_type, pipeline | filter level = "ERROR" | stats count() by error_type, pipeline | sort count desc', [
      { error_type: 'Format', pipeline: 'q', 'count()': '1' }, { error_type: 'Timeout', pipeline: 'p', 'count()': '2' },
    ]],
    ['/systems/pipeline', 'fields @timestamp, duration, pipeline, environment | filter message like /processing completed/ | stats avg(duration), max(duration), min(duration) by pipeline, environment', [
      { pipeline: 'p', environment: 'prod', 'avg(duration)': '15', 'max(duration)': '20', 'min(duration)': '10' },
    ]],
    ['/systems/pipeline', 'fields @timestamp, records_processed, data_quality_score, pipeline | filter message like /batch completed/ | stats sum(records_processed), avg(data_quality_score) by pipeline', [
      { pipeline: 'p', 'sum(records_processed)': '150', 'avg(data_quality_score)': '0.75' },
    ]],
  ])('%s: %s', async (group, text, expected) => {
    const found = await rows(group, text)
    // Without an order that says something, groups come in any.
    const sorted = text.includes('sort avg') ? found : found.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
    expect(sorted).toEqual(expected)
  })
})

describe('what StartQuery takes', () => {
  const range = { startTime: BASE / 1000, endTime: BASE / 1000 + 3599 }
  const start = (input: Partial<StartQueryCommandInput>) => client.send(new StartQueryCommand({ queryString: 'fields @message', ...range, ...input }))

  test.each<readonly [string, Partial<StartQueryCommandInput>, string, RegExp]>([
    ['no group', {}, 'InvalidParameterException', /logGroupName, logGroupNames or logGroupIdentifiers/],
    ['two ways', { logGroupName: '/vectors', logGroupNames: ['/vectors'] }, 'InvalidParameterException', /Exactly one of/],
    ['a request and a SOURCE', { logGroupName: '/vectors', queryString: 'SOURCE "/vectors" | limit 1' }, 'InvalidParameterException', /not in both/],
    ['an unknown group', { logGroupName: '/none' }, 'ResourceNotFoundException', /Log group '\/none' does not exist for account ID '000000000000'/],
    ['too many groups', { logGroupNames: Array.from({ length: 51 }, () => '/vectors') }, 'InvalidParameterException', /less than or equal to 50/],
    ['an end before the start', { logGroupName: '/vectors', endTime: range.startTime - 1 }, 'InvalidParameterException', /End time/],
    ['too many rows', { logGroupName: '/vectors', limit: 100_001 }, 'InvalidParameterException', /100000/],
    ['a long text', { logGroupName: '/vectors', queryString: `# ${'x'.repeat(10_000)}` }, 'InvalidParameterException', /10000/],
    ['another language', { logGroupName: '/vectors', queryLanguage: 'PPL' }, 'InvalidParameterException', /PPL/],
  ])('%s is refused', async (_, input, name, message) => {
    await expect(start(input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) as string })
  })

  test('what is wrong in a text is told with its place', async () => {
    await expect(start({ logGroupName: '/vectors', queryString: 'filter level = | limit 1' })).rejects.toMatchObject({
      name: 'MalformedQueryException',
      queryCompileError: { location: { startCharOffset: 15, endCharOffset: 16 }, message: expect.any(String) as string },
    })
  })

  test('groups by name, by ARN, by SOURCE and by what they begin with; times in seconds and in milliseconds', async () => {
    const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:/vectors'
    const count = async (input: Partial<StartQueryCommandInput>): Promise<string | undefined> => {
      const { queryId } = await start({ queryString: 'stats count(*) as c', ...input })
      return (await finished(queryId!)).results?.[0]?.[0]?.value
    }
    expect(await count({ logGroupNames: ['/vectors', '/systems/db'] })).toBe('8')
    expect(await count({ logGroupIdentifiers: [arn, '/vectors'] })).toBe('5')
    expect(await count({ queryString: 'SOURCE "/vectors", "/systems/db" | stats count(*) as c' })).toBe('8')
    expect(await count({ queryString: 'SOURCE logGroups(namePrefix: ["/systems/d"]) | stats count(*) as c' })).toBe('3')
    expect(await count({ logGroupName: '/vectors', endTime: range.startTime + 299 })).toBe('3')
    expect(await count({ logGroupName: '/vectors', endTime: range.startTime + 300 })).toBe('4')
    expect(await count({ logGroupName: '/vectors', startTime: BASE, endTime: BASE + 90_500 })).toBe('2')
  })

  test('fields that other groups keep elsewhere, or not at all, are one field', async () => {
    const { queryId } = await start({ logGroupNames: ['/vectors', '/systems/web'], queryString: 'stats max(duration) as d, max(ms) as m, count(level) as l by @log | sort @log' })
    const { results } = await finished(queryId!)
    expect(results!.map(row => Object.fromEntries(row.map(({ field, value }) => [field, value])))).toEqual([
      { '@log': '000000000000:/systems/web', d: '9000' }, { '@log': '000000000000:/vectors', m: '1500', l: '4' },
    ])
    await put('/aws/lambda/f', [[0, 'REPORT RequestId: 0fc78b42-f6e0-400a-be91-71c5d1eadb9a\tDuration: 3.50 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 79 MB\t']])
    const reports = await start({ logGroupNames: ['/vectors', '/aws/lambda/f'], queryString: 'filter @duration > 3 | stats max(@memorySize) as m, max(@duration) as d by @type' })
    expect((await finished(reports.queryId!)).results).toEqual([[{ field: '@type', value: 'REPORT' }, { field: 'm', value: '128000000' }, { field: 'd', value: '3.5' }]])
  })

  test('an integer of more than 64 bits hides no other field of its message', async () => {
    const request = (index: number): string => `4bf92f35-77b3-4da6-a3ce-${String(index).padStart(12, '0')}`
    await put('/wide', Array.from({ length: 250 }, (_, index) => [index, `{"n":12345678901234567890${index},"request":"${request(index)}"}`] as const))
    expect(await rows('/wide', `filter request = "${request(7)}" | display n, request`)).toEqual([{ n: '123456789012345678907', request: request(7) }])
    expect(await rows('/wide', 'stats count(request) as c')).toEqual([{ c: '250' }])
  })

  test('deleted streams are not found any more', async () => {
    await put('/deleted', [[0, 'one']], 'gone')
    await put('/deleted', [[1, 'two']], 'kept')
    await client.send(new DeleteLogStreamCommand({ logGroupName: '/deleted', logStreamName: 'gone' }))
    expect(await rows('/deleted', 'fields @message')).toEqual([{ '@message': 'two' }])
  })
})

describe('the life of a query', () => {
  test('results come page by page', async () => {
    await put('/pages', Array.from({ length: 250 }, (_, index) => [index, `line ${index}`] as const))
    const queryId = await started('/pages', 'fields @message | sort @timestamp asc', { limit: 245 })
    await finished(queryId)
    const found: string[] = []
    let nextToken: string | undefined
    do {
      const page = await client.send(new GetQueryResultsCommand({ queryId, maxItems: 100, ...(nextToken === undefined ? {} : { nextToken }) }))
      found.push(...page.results!.map(row => row[0]!.value!))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    expect(found).toEqual(Array.from({ length: 245 }, (_, index) => `line ${index}`))
    await expect(client.send(new GetQueryResultsCommand({ queryId, nextToken: 'x' }))).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  test('a running query is stopped; an ended one is not', async () => {
    await put('/slow', Array.from({ length: 200 }, (_, index) => [index, `{"n":${index},"text":"${'ab'.repeat(400)}"}`] as const))
    // Every event with every other: far longer than anybody waits.
    const nested = Array.from({ length: 60 }, (_, index) => `regexReplace(@message, "(a|b)*c${index}", "")`).join(', ')
    const queryId = await started('/slow', `fields concat(${nested}) as x | stats count_distinct(x), topk(5, x)`)
    const stopped = await client.send(new StopQueryCommand({ queryId })).catch((error: Error) => error.name)
    const { status } = await finished(queryId)
    if (typeof stopped === 'string') expect([stopped, status]).toEqual(['InvalidParameterException', 'Complete'])
    else expect([stopped.success, status]).toEqual([true, 'Cancelled'])
    await expect(client.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: expect.stringMatching(/already ended/) as string })
    await expect(client.send(new StopQueryCommand({ queryId: 'none' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('queries are listed with what they asked for', async () => {
    const queryId = await started('/vectors', 'stats count(*)')
    await finished(queryId)
    const { queries } = await client.send(new DescribeQueriesCommand({ logGroupName: '/vectors', status: 'Complete', maxResults: 1 }))
    expect(queries).toEqual([{
      queryId, queryLanguage: 'CWLI', status: 'Complete', logGroupName: '/vectors', createTime: expect.any(Number) as number,
      queryDuration: expect.any(Number) as number, bytesScanned: EVENTS.reduce((sum, [, { length }]) => sum + length, 0),
      queryString: `SOURCE "/vectors" START=${BASE} END=${BASE + HOUR - 1} | stats count(*)`, userIdentity: 'arn:aws:iam::000000000000:root',
    }])
    const { logGroupIdentifiers } = await client.send(new ListLogGroupsForQueryCommand({ queryId }))
    expect(logGroupIdentifiers).toEqual(['arn:aws:logs:us-east-1:000000000000:log-group:/vectors'])
  })

  test('another region has neither the groups nor the queries', async () => {
    const queryId = await started('/vectors', 'stats count(*)')
    const elsewhere = new CloudWatchLogsClient(server.clientConfig('eu-west-1'))
    await expect(elsewhere.send(new GetQueryResultsCommand({ queryId }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(elsewhere.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect((await elsewhere.send(new DescribeQueriesCommand({}))).queries).toEqual([])
    const { startTime, endTime } = { startTime: BASE / 1000, endTime: BASE / 1000 + 3599 }
    const foreign = 'arn:aws:logs:us-east-1:000000000000:log-group:/vectors'
    for (const input of [{ logGroupName: '/vectors' }, { logGroupIdentifiers: [foreign] }]) {
      await expect(elsewhere.send(new StartQueryCommand({ queryString: 'fields @message', startTime, endTime, ...input }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    }
    for (const queryString of ['SOURCE logGroups(namePrefix: ["/vec"]) | fields @message', 'SOURCE logGroups() | filter @message in (SOURCE logGroups() | fields @message)']) {
      const { queryId: id } = await elsewhere.send(new StartQueryCommand({ queryString, startTime, endTime }))
      const { results } = await eventually(async () => {
        const answer = await elsewhere.send(new GetQueryResultsCommand({ queryId: id }))
        return answer.status === 'Complete' ? answer : undefined
      }, 'the query ended')
      expect(results).toEqual([])
    }
    await finished(queryId)
  })

  test('saved queries are made, changed, listed and deleted', async () => {
    const { queryDefinitionId } = await client.send(new PutQueryDefinitionCommand({ name: 'team/errors', queryString: 'filter level = {{level}}', logGroupNames: ['/vectors'], parameters: [{ name: 'level', defaultValue: 'ERROR' }] }))
    await client.send(new PutQueryDefinitionCommand({ queryDefinitionId, name: 'team/errors', queryString: 'filter level = "ERROR"' }))
    await client.send(new PutQueryDefinitionCommand({ name: 'other', queryString: 'limit 1' }))
    const { queryDefinitions } = await client.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: 'team/' }))
    expect(queryDefinitions).toEqual([{ queryDefinitionId, name: 'team/errors', queryString: 'filter level = "ERROR"', queryLanguage: 'CWLI', lastModified: expect.any(Number) as number }])
    expect(await client.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }))).toMatchObject({ success: true })
    await expect(client.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(client.send(new PutQueryDefinitionCommand({ queryDefinitionId, name: 'x', queryString: 'x' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('saved queries may be in SQL, by what they begin with', async () => {
    const queryString = 'SELECT level FROM `/sql`'
    const { queryDefinitionId } = await client.send(new PutQueryDefinitionCommand({ name: 'sql/levels', queryString, queryLanguage: 'SQL' }))
    const { queryDefinitions } = await client.send(new DescribeQueryDefinitionsCommand({ queryLanguage: 'SQL' }))
    expect(queryDefinitions).toMatchObject([{ queryDefinitionId, queryString, queryLanguage: 'SQL' }])
    expect((await client.send(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: 'sql/', queryLanguage: 'CWLI' }))).queryDefinitions).toEqual([])
    await client.send(new DeleteQueryDefinitionCommand({ queryDefinitionId }))
    const logGroupNames = Array.from({ length: 51 }, (_, n) => `g${n}`)
    await expect(client.send(new PutQueryDefinitionCommand({ name: 'n', queryString: 'fields a', logGroupNames }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'Too many log groups specified' })
    await expect(client.send(new PutQueryDefinitionCommand({ name: 'n', queryString: 'fields a', queryLanguage: 'SQL' }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'A query in SQL must begin with SELECT.' })
    await expect(client.send(new PutQueryDefinitionCommand({ name: 'n', queryString: 'source g', queryLanguage: 'PPL' }))).rejects.toMatchObject({ name: 'InvalidParameterException', message: /PPL/ })
  })

  test('results are there after a kill', async () => {
    const queryId = await started('/vectors', 'filter level = "ERROR"')
    const before = await finished(queryId)
    await server.kill()
    server = await RunningServer.start({ data })
    client = new CloudWatchLogsClient(server.clientConfig())
    const { results, status, statistics } = await finished(queryId)
    expect({ results, status, statistics }).toEqual({ results: before.results, status: before.status, statistics: before.statistics })
  }, 60_000)
})
