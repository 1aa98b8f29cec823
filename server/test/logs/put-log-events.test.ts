import { expect, test } from 'vitest'
import { millis } from '../../src/base/time.ts'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'

const telemetry = await scratchTelemetry()
const HOUR = 3_600_000
const DAY = 24 * HOUR

const opened = async (): Promise<CalledLogs> => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  return called
}
const NAMES = { logGroupName: 'g', logStreamName: 's' }

test('events too old and too new are left out, and the answer says which', async () => {
  const called = await opened()
  const answer = await called.put('g', 's', [[-15 * DAY, 'old'], [0, 'now'], [3 * HOUR, 'new']])
  expect(answer['rejectedLogEventsInfo']).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 })
  expect(await called.messages('GetLogEvents', NAMES)).toEqual(['now'])
  const none = await called.put('g', 's', [[-15 * DAY, 'old'], [3 * HOUR, 'new']])
  expect(none['rejectedLogEventsInfo']).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 1 })
  expect(await called.messages('GetLogEvents', NAMES)).toEqual(['now'])
})

test('the bounds themselves are within', async () => {
  const called = await opened()
  expect((await called.put('g', 's', [[-14 * DAY, 'a'], [-13 * DAY, 'b']]))['rejectedLogEventsInfo']).toBeUndefined()
  expect((await called.put('g', 's', [[2 * HOUR, 'c']]))['rejectedLogEventsInfo']).toBeUndefined()
  expect(await called.messages('GetLogEvents', NAMES)).toEqual(['a', 'b', 'c'])
})

test('events older than the retention are expired', async () => {
  const called = await opened()
  await called.run('PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 3 })
  const answer = await called.put('g', 's', [[-4 * DAY, 'a'], [-1, 'b']])
  expect(answer['rejectedLogEventsInfo']).toEqual({ expiredLogEventEndIndex: 1 })
})

test.each([
  ['what is left spans more than a day', [[-DAY - 1, 'a'], [0, 'b']], 'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.'],
  ['events go back in time', [[0, 'a'], [-1, 'b']], 'Log events in a single PutLogEvents request must be in chronological order.'],
  ['there are none', [], '1 validation error detected: Value \'[]\' at \'logEvents\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
  ['a message is empty', [[0, '']], '1 validation error detected: Value \'\' at \'logEvents.1.member.message\' failed to satisfy constraint: Member must have length greater than or equal to 1'],
  ['they are too many', Array.from({ length: 10_001 }, () => [0, 'a'] as const), '1 validation error detected: Value \'[10001 events]\' at \'logEvents\' failed to satisfy constraint: Member must have length less than or equal to 10000'],
  ['they are too large', [[0, 'x'.repeat(1_048_551)]], 'Upload too large: 1048577 bytes exceeds limit of 1048576'],
] as const)('the whole request is refused when %s', async (_, events, message) => {
  const called = await opened()
  const now = called.clock.now()
  const logEvents = events.map(([offset, text]) => ({ timestamp: now + offset, message: text }))
  expect(await called.refusal('PutLogEvents', { ...NAMES, logEvents })).toBe(`400 InvalidParameterException: ${message}`)
})

test('what is missing is named', async () => {
  const called = await opened()
  for (const [logEvents, at] of [
    [undefined, 'logEvents'],
    [[{ timestamp: 1, message: 'a' }, { timestamp: 2 }], 'logEvents.2.member.message'],
    [[{ message: 'a' }], 'logEvents.1.member.timestamp'],
  ] as const) {
    expect(await called.refusal('PutLogEvents', { ...NAMES, logEvents })).toBe(`400 InvalidParameterException: 1 validation error detected: Value null at '${at}' failed to satisfy constraint: Member must not be null`)
  }
})

test('the largest event fits', async () => {
  const called = await opened()
  await called.put('g', 's', [[0, 'é'.repeat(524_275)]])
  const [message] = await called.messages('GetLogEvents', NAMES)
  expect(Buffer.byteLength(message!)).toBe(1_048_550)
})

test('group and stream must be there', async () => {
  const called = await opened()
  const logEvents = [{ timestamp: called.clock.now(), message: 'a' }]
  expect(await called.refusal('PutLogEvents', { ...NAMES, logGroupName: 'x', logEvents })).toBe('400 ResourceNotFoundException: The specified log group does not exist.')
  expect(await called.refusal('PutLogEvents', { ...NAMES, logStreamName: 'x', logEvents })).toBe('400 ResourceNotFoundException: The specified log stream does not exist.')
})

test.each([
  [{ keyAttributes: { Type: 'Service', Name: 'web', Environment: 'prod' }, attributes: { a: 'b' } }, undefined],
  [{ keyAttributes: { Type: 'Service' } }, 'InvalidKeyAttributes'],
  [{ keyAttributes: { Type: 'Planet', Name: 'x' } }, 'InvalidTypeValue'],
  [{ keyAttributes: { Type: 'Service', Name: 'web', Environment: 'e' }, attributes: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v'])) }, 'InvalidAttributes'],
  [{ keyAttributes: { Type: 'Service', Name: 'web' } }, 'MissingRequiredFields'],
  [{ attributes: { a: 'b' } }, 'InvalidKeyAttributes'],
])('an entity of %j is rejected for %s, its events are stored', async (entity, errorType) => {
  const called = await opened()
  const answer = await called.run('PutLogEvents', { ...NAMES, entity, logEvents: [{ timestamp: called.clock.now(), message: 'a' }] })
  expect(answer['rejectedEntityInfo']).toEqual(errorType === undefined ? undefined : { errorType })
  expect(await called.messages('GetLogEvents', NAMES)).toEqual(['a'])
})

test('any sequence token is taken, and one is given', async () => {
  const called = await opened()
  const put = (sequenceToken: string) => called.run('PutLogEvents', { ...NAMES, sequenceToken, logEvents: [{ timestamp: called.clock.now(), message: 'a' }] })
  expect((await put('nonsense'))['nextSequenceToken']).toMatch(/^\d{56}$/)
})

test('what happened to a stream is shown', async () => {
  const called = await opened()
  const start = called.clock.now()
  await called.put('g', 's', [[-5, 'a'], [-3, 'b']])
  await called.clock.advance(millis(1000))
  await called.put('g', 's', [[-1010, 'c']])
  const { logStreams } = await called.run<{ logStreams: object[] }>('DescribeLogStreams', { logGroupName: 'g' })
  expect(logStreams).toEqual([
    {
      logStreamName: 's', arn: 'arn:aws:logs:us-east-1:111111111111:log-group:g:log-stream:s', creationTime: start, storedBytes: 0,
      firstEventTimestamp: start - 10, lastEventTimestamp: start - 3, lastIngestionTime: start + 1000, uploadSequenceToken: expect.any(String) as unknown,
    },
  ])
})
