import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'
import { rootOf } from '../called-service.ts'
import { ELSEWHERE, OURS, THEIRS } from '../temporary-control.ts'

const telemetry = await scratchTelemetry()

interface StreamPage {
  readonly events: readonly { readonly message: string; readonly timestamp: number; readonly ingestionTime: number }[]
  readonly nextForwardToken: string
  readonly nextBackwardToken: string
}
interface FilteredPage {
  readonly events: readonly { readonly message: string; readonly eventId: string; readonly logStreamName: string }[]
  readonly searchedLogStreams: readonly object[]
  readonly nextToken?: string
}
const NAMES = { logGroupName: 'g', logStreamName: 's' }

const withThree = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's', 't')
  await called.put('g', 's', [[-3, 'e1'], [-2, 'e2'], [-1, 'e3']])
  return called
}
const texts = ({ events }: StreamPage | FilteredPage): readonly string[] => events.map(({ message }) => message)

test('GetLogEvents reads a stream forwards, and stays at its end', async () => {
  const called = await withThree()
  const page = (more: object) => called.run<StreamPage>('GetLogEvents', { ...NAMES, limit: 2, startFromHead: true, ...more })
  const first = await page({})
  expect(texts(first)).toEqual(['e1', 'e2'])
  const second = await page({ nextToken: first.nextForwardToken })
  expect(texts(second)).toEqual(['e3'])
  const third = await page({ nextToken: second.nextForwardToken })
  expect([texts(third), third.nextForwardToken]).toEqual([[], second.nextForwardToken])
  await called.put('g', 's', [[0, 'e4']])
  expect(texts(await page({ nextToken: third.nextForwardToken }))).toEqual(['e4'])
  const back = await page({ nextToken: third.nextBackwardToken })
  expect(texts(back)).toEqual(['e2', 'e3'])
})

test('GetLogEvents reads a stream backwards, and stays at its beginning', async () => {
  const called = await withThree()
  const page = (more: object) => called.run<StreamPage>('GetLogEvents', { ...NAMES, limit: 2, ...more })
  const last = await page({})
  expect(texts(last)).toEqual(['e2', 'e3'])
  const first = await page({ nextToken: last.nextBackwardToken })
  expect(texts(first)).toEqual(['e1'])
  const none = await page({ nextToken: first.nextBackwardToken })
  expect([texts(none), none.nextBackwardToken]).toEqual([[], first.nextBackwardToken])
})

test('events of one millisecond stay in the order they were sent in, within batches and across them, however they are paged', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's', 't')
  const sent: string[] = []
  for (const batch of ['a', 'b', 'c']) {
    const lines = [1, 2, 3].map(line => `${batch}${line}`)
    await called.put('g', 's', lines.map(line => [0, line] as const))
    await called.put('g', 't', [[0, `${batch}-other`]])
    sent.push(...lines)
  }
  await called.put('g', 's', [[-1, 'older']])
  const expected = ['older', ...sent]
  const pages = async (token: 'nextForwardToken' | 'nextBackwardToken'): Promise<readonly string[]> => {
    const ahead = token === 'nextForwardToken'
    const found: (readonly string[])[] = []
    for (let nextToken: string | undefined; ;) {
      const page = await called.run<StreamPage>('GetLogEvents', { ...NAMES, limit: 2, startFromHead: ahead, nextToken })
      if (page[token] === nextToken) return found.flat()
      if (ahead) found.push(texts(page))
      else found.unshift(texts(page))
      nextToken = page[token]
    }
  }
  expect(await pages('nextForwardToken')).toEqual(expected)
  expect(await pages('nextBackwardToken')).toEqual(expected)
  const filtered: string[] = []
  for (let nextToken: string | undefined; ;) {
    const page = await called.run<FilteredPage>('FilterLogEvents', { logGroupName: 'g', limit: 4, nextToken })
    filtered.push(...texts(page))
    nextToken = page.nextToken
    if (nextToken === undefined) break
  }
  expect(filtered).toEqual(['older', ...['a', 'b', 'c'].flatMap(batch => [1, 2, 3].map(line => `${batch}${line}`).concat(`${batch}-other`))])
})

test('an empty stream has tokens too, and what comes later is found with them', async () => {
  const called = await withThree()
  const page = (more: object) => called.run<StreamPage>('GetLogEvents', { logGroupName: 'g', logStreamName: 't', startFromHead: true, ...more })
  const empty = await page({})
  expect([empty.events, empty.nextForwardToken.slice(0, 2), empty.nextBackwardToken.slice(0, 2)]).toEqual([[], 'f/', 'b/'])
  await called.put('g', 't', [[0, 'late']])
  expect(texts(await page({ nextToken: empty.nextForwardToken }))).toEqual(['late'])
})

test('startTime is within, endTime is not; FilterLogEvents has both', async () => {
  const called = await withThree()
  const now = called.clock.now()
  expect(await called.messages('GetLogEvents', { ...NAMES, startTime: now - 2, endTime: now - 1 })).toEqual(['e2'])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g', startTime: now - 2, endTime: now - 1 })).toEqual(['e2', 'e3'])
})

test.each(['f/1', 'x', 'f/39999999999999999999999999999999999999000000000000000000/s'])('the token %s is none', async nextToken => {
  const called = await withThree()
  expect(await called.refusal('GetLogEvents', { ...NAMES, nextToken })).toBe('400 InvalidParameterException: The specified nextToken is invalid.')
  expect(await called.refusal('FilterLogEvents', { logGroupName: 'g', nextToken })).toBe('400 InvalidParameterException: The specified nextToken is invalid.')
})

test('a page of large events ends at 1 MB', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  for (let at = 0; at < 4; at++) await called.put('g', 's', [[at, String(at).repeat(400_000)]])
  const first = await called.run<StreamPage>('GetLogEvents', { ...NAMES, startFromHead: true })
  expect(first.events).toHaveLength(2)
  const second = await called.run<StreamPage>('GetLogEvents', { ...NAMES, startFromHead: true, nextToken: first.nextForwardToken })
  expect(second.events.map(({ message }) => message[0])).toEqual(['2', '3'])
})

test('FilterLogEvents interleaves streams by time and pages without gap or repetition', async () => {
  const called = await withThree()
  await called.put('g', 't', [[-3, 'x1'], [-2, 'x2'], [10, 'x3']])
  const seen: string[] = []
  const ids: string[] = []
  let nextToken: string | undefined
  do {
    const page = await called.run<FilteredPage>('FilterLogEvents', { logGroupName: 'g', limit: 2, nextToken })
    seen.push(...texts(page))
    ids.push(...page.events.map(({ eventId }) => eventId))
    expect(page.searchedLogStreams).toEqual([])
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  expect(seen).toEqual(['e1', 'x1', 'e2', 'x2', 'e3', 'x3'])
  expect(ids).toEqual(ids.toSorted())
  expect(ids.every(id => /^\d{56}$/.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(6)
})

test.each(['', 'x'])('FilterLogEvents reads from the end where startFromHead is false, pattern "%s"', async filterPattern => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [[-5, 'x1'], [-4, 'x2'], [-4, 'x3'], [-3, 'x4'], [0, 'x5']])
  const seen: string[] = []
  let page: FilteredPage | undefined
  do {
    page = await called.run<FilteredPage>('FilterLogEvents', { logGroupName: 'g', limit: 2, filterPattern, startFromHead: false, nextToken: page?.nextToken })
    seen.push(...texts(page))
  } while (page.nextToken !== undefined)
  expect(seen).toEqual(['x5', 'x4', 'x3', 'x2', 'x1'])
})

test('FilterLogEvents by streams, prefix and pattern', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 'web-1', 'web-2', 'job')
  await called.put('g', 'web-1', [[0, '[ERROR 400] BAD REQUEST'], [1, '{"level":"ERROR","n":5}']])
  await called.put('g', 'web-2', [[2, 'INFO fine'], [3, '[ERROR 401] UNAUTHORIZED REQUEST']])
  await called.put('g', 'job', [[4, 'ERROR in job']])
  const found = (more: object) => called.messages('FilterLogEvents', { logGroupName: 'g', ...more })
  expect(await found({ logStreamNames: ['job'] })).toEqual(['ERROR in job'])
  expect(await found({ logStreamNamePrefix: 'web-' })).toHaveLength(4)
  expect(await found({ filterPattern: 'ERROR REQUEST' })).toEqual(['[ERROR 400] BAD REQUEST', '[ERROR 401] UNAUTHORIZED REQUEST'])
  expect(await found({ filterPattern: '{ $.n > 4 }' })).toEqual(['{"level":"ERROR","n":5}'])
  expect(await found({ filterPattern: '?BAD ?job' })).toEqual(['[ERROR 400] BAD REQUEST', 'ERROR in job'])
  expect(await found({ filterPattern: '[level, what = "fine"]', logStreamNamePrefix: 'web-2' })).toEqual(['INFO fine'])
  expect(await found({ filterPattern: '' })).toHaveLength(5)
  expect(await called.refusal('FilterLogEvents', { logGroupName: 'g', filterPattern: '{ broken' })).toMatch(/^400 InvalidParameterException: Invalid filter pattern/)
  expect(await called.refusal('FilterLogEvents', { logGroupName: 'g', logStreamNames: ['job'], logStreamNamePrefix: 'j' })).toMatch(/^400 InvalidParameterException/)
})

test('a log record by its pointer, for nobody else', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const message = '{"level":"ERROR","user":{"id":7,"tags":["a","b"]},"big":12345678901234567890,"@x":null,"@y":true}'
  await called.put('g', 's', [[0, message]])
  await called.logs.intake.settled([called.logs.directory.get(OURS, 'g')!.id])
  const [row] = await telemetry.query<{ readonly p: string }>('quick', 'SELECT base64Encode(concat(toString(grp), \'-\', toString(ts), \'-\', toString(seq))) AS p FROM log_events')
  const { logRecord } = await called.run<{ logRecord: object }>('GetLogRecord', { logRecordPointer: row!.p })
  expect(logRecord).toEqual({
    level: 'ERROR', 'user.id': '7', 'user.tags.0': 'a', 'user.tags.1': 'b', big: '12345678901234567890', '@@y': '1', '@ptr': row!.p,
    '@timestamp': String(called.clock.now()), '@ingestionTime': String(called.clock.now()), '@log': '111111111111:g', '@logStream': 's', '@message': message,
  })
  for (const tenant of [THEIRS, ELSEWHERE]) {
    expect(await called.refusal('GetLogRecord', { logRecordPointer: row!.p }, rootOf(tenant), tenant)).toBe('400 ResourceNotFoundException: The specified log record does not exist.')
  }
  expect(await called.refusal('GetLogRecord', { logRecordPointer: 'bm8=' })).toBe('400 InvalidParameterException: The specified logRecordPointer is invalid.')
})

test('a log record of Lambda has the doubles that AWS shows', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [[0, 'REPORT RequestId: a0219c6b-18ac-4639-985d-d10f4125524f\tDuration: 9.43 ms\tBilled Duration: 10 ms\tMemory Size: 128 MB\tMax Memory Used: 77 MB\tInit Duration: 481.72 ms\t']])
  await called.logs.intake.settled([called.logs.directory.get(OURS, 'g')!.id])
  const [row] = await telemetry.query<{ readonly p: string }>('quick', 'SELECT base64Encode(concat(toString(grp), \'-\', toString(ts), \'-\', toString(seq))) AS p FROM log_events')
  const { logRecord } = await called.run<{ logRecord: object }>('GetLogRecord', { logRecordPointer: row!.p })
  expect(logRecord).toMatchObject({ '@duration': '9.43', '@billedDuration': '10.0', '@memorySize': '1.28E8', '@maxMemoryUsed': '7.7E7', '@initDuration': '481.72', '@type': 'REPORT' })
})

test('the fields of a group, the most frequent first', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [
    [-4, '{"level":"ERROR","n":1}'], [-3, '{"level":"INFO"}'],
    [-2, 'REPORT RequestId: 5a9f8d0e-6b7c-4d21-9c11-0d3d2a0c1f10\tDuration: 12.5 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB'],
    [-1, '2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK'],
  ])
  const { logGroupFields } = await called.run<{ logGroupFields: { name: string; percent: number }[] }>('GetLogGroupFields', { logGroupName: 'g' })
  expect(logGroupFields.slice(0, 6).map(({ name, percent }) => `${name} ${percent}`)).toEqual([
    '@ingestionTime 100', '@log 100', '@logStream 100', '@message 100', '@timestamp 100', 'level 50',
  ])
  const names = logGroupFields.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['@duration', '@billedDuration', '@memorySize', '@maxMemoryUsed', '@requestId', '@type', 'n', 'srcAddr', 'startTime', 'action']))
})

test('the fields of a group are those of the last quarter of an hour, or of eight minutes to both sides of a time', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  const minutes = [40, 30, 23, 21, 14]
  await called.put('g', 's', minutes.map(minute => [-minute * 60_000, `{"m${minute}":1}`] as const))
  const fields = async (input: object): Promise<readonly string[]> =>
    (await called.run<{ logGroupFields: { name: string }[] }>('GetLogGroupFields', { logGroupName: 'g', ...input })).logGroupFields.flatMap(({ name }) => (name.startsWith('@') ? [] : [name]))
  expect(await fields({})).toEqual(['m14'])
  expect(await fields({ time: Math.floor(called.clock.now() / 1000) - 22 * 60 })).toEqual(['m14', 'm21', 'm23', 'm30'])
})

test('a page of results can be gone on from for an hour, the results are kept for a week', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [[0, 'a'], [1, 'b']])
  const now = Math.floor(called.clock.now() / 1000)
  const { queryId } = await called.run<{ queryId: string }>('StartQuery', { logGroupName: 'g', queryString: 'fields @message', startTime: now, endTime: now })
  await called.searcher.finished(queryId)
  const { nextToken } = await called.run<{ nextToken: string }>('GetQueryResults', { queryId, maxItems: 1 })
  await called.clock.advance(millis(3_600_000))
  expect(await called.run('GetQueryResults', { queryId, nextToken })).toMatchObject({ results: [[{ value: 'a' }, {}]] })
  await called.clock.advance(millis(1))
  expect(await called.refusal('GetQueryResults', { queryId, nextToken })).toBe('400 InvalidParameterException: The specified nextToken is invalid.')

  await called.clock.advance(millis(7 * 86_400_000 - 3_600_001))
  await called.searcher.tidy()
  expect(await called.run('GetQueryResults', { queryId })).toMatchObject({ status: 'Complete' })
  await called.clock.advance(millis(1))
  await called.searcher.tidy()
  expect(await called.refusal('GetQueryResults', { queryId })).toMatch(/^400 ResourceNotFoundException: /)
})

test('nothing of other accounts and regions appears', async () => {
  const called = await withThree()
  for (const tenant of [THEIRS, ELSEWHERE]) {
    const root = rootOf(tenant)
    expect(await called.refusal('GetLogEvents', NAMES, root, tenant)).toBe('400 ResourceNotFoundException: The specified log group does not exist.')
    const arn = 'arn:aws:logs:us-east-1:111111111111:log-group:g'
    expect(await called.refusal('FilterLogEvents', { logGroupIdentifier: arn }, root, tenant)).toMatch(/ResourceNotFoundException/)
    expect(await called.run('DescribeLogGroups', {}, root, tenant)).toMatchObject({ logGroups: [] })
    await called.run('CreateLogGroup', { logGroupName: 'g' }, root, tenant)
    await called.run('CreateLogStream', NAMES, root, tenant)
    expect(await called.run('GetLogEvents', NAMES, root, tenant)).toMatchObject({ events: [] })
    expect(await called.run('FilterLogEvents', { logGroupName: 'g' }, root, tenant)).toMatchObject({ events: [] })
  }
})
