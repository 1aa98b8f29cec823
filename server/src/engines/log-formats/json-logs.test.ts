import { expect, test } from 'vitest'
import { BrokenLog, type BrokenReason } from './log-format.ts'
import { readDrop, time } from './log-formats.test-support.ts'

const TRAIL = {
  eventVersion: '1.11', userIdentity: { type: 'Root', arn: 'arn:aws:iam::1:root' }, eventTime: '2014-03-06T21:22:54Z', eventSource: 'ec2.amazonaws.com',
  eventName: 'StartInstances', requestParameters: null, eventID: 'e1',
}
const WAF = {
  timestamp: 1576280412771, formatVersion: 1, webaclId: 'arn:aws:wafv2:ap-southeast-2:111122223333:regional/webacl/STMTest/1EXAMPLE', action: 'BLOCK',
  terminatingRuleMatchDetails: [{ conditionType: 'SQL_INJECTION', location: 'HEADER', matchedData: ['10', 'AND', '1'] }],
  httpRequest: { clientIp: '1.1.1.1', country: 'AU', headers: [], uri: '/', httpMethod: 'GET' },
}

test('CloudTrail: a record is an event, without the wrapper', () => {
  const content = JSON.stringify({ Records: [TRAIL, { ...TRAIL, eventTime: '2014-03-06T21:23:00Z', note: '],}' }] })
  const { format, events } = readDrop(content)
  expect(format).toBe('cloudtrail')
  expect(events.map(event => event.timestamp)).toEqual([time('2014-03-06T21:22:54Z'), time('2014-03-06T21:23:00Z')])
  expect(events[0]).toEqual({ timestamp: events[0]!.timestamp, message: JSON.stringify(TRAIL), fields: TRAIL })
  expect(readDrop(content, 1)).toEqual({ format, events })
  expect(readDrop(JSON.stringify({ Records: [TRAIL] }, undefined, 2)).events).toEqual([events[0]])
  expect(readDrop('{"Records":[]}')).toEqual({ format: 'cloudtrail', events: [] })
})

test('WAF: a record a line', () => {
  const { format, events } = readDrop(`${JSON.stringify(WAF)}\n${JSON.stringify({ ...WAF, action: 'ALLOW' })}\n`)
  expect(format).toBe('waf')
  expect(events.map(event => event.timestamp)).toEqual([1576280412771, 1576280412771])
  expect(events[0]!.message).toBe(JSON.stringify(WAF))
})

test('JSON lines stay as they were written; others among them are text', () => {
  const { format, events } = readDrop('{"time":"2024-01-31T10:00:00.5Z","n":12345678901234567890}\r\n\n  {"level":"x"}\nPanic: out of luck\n\tat f()\n{"ts":1706695201.25}')
  expect(format).toBe('json-lines')
  expect(events.map(({ timestamp, message }) => [timestamp, message])).toEqual([
    [time('2024-01-31T10:00:00.5Z'), '{"time":"2024-01-31T10:00:00.5Z","n":12345678901234567890}'],
    [undefined, '  {"level":"x"}'],
    [time('2024-01-31T10:00:00.5Z'), 'Panic: out of luck\n\tat f()'],
    [1706695201250, '{"ts":1706695201.25}'],
  ])
})

test.each<[object, number | undefined]>([
  [{ timestamp: 1706695200000 }, 1706695200000],
  [{ timestamp: 1706695200 }, 1706695200000],
  [{ timestamp: '1706695200' }, 1706695200000],
  [{ ts: 1706695200.1239 }, 1706695200124],
  [{ time: 1706695200000000 }, 1706695200000],
  [{ time: 1706695200000000000 }, 1706695200000],
  [{ '@timestamp': '2024-01-31T11:00:00+01:00' }, 1706695200000],
  [{ asctime: '2024-01-31 10:00:00,250' }, 1706695200250],
  [{ eventTime: '2024-01-31T10:00:00Z', time: 5 }, 1706695200000],
  [{ requestTime: '31/Jan/2024:10:00:00 +0000' }, 1706695200000],
  [{ instant: { epochSecond: 1706695200, nanoOfSecond: 5000000 } }, 1706695200005],
  [{ _aws: { Timestamp: 1706695200000 }, timestamp: 1 }, 1706695200000],
  // PostgreSQL's jsonlog.
  [{ timestamp: '2024-01-31 10:00:00.123 UTC', error_severity: 'LOG' }, 1706695200123],
  [{ time: 'yesterday' }, undefined],
  [{ time: 42 }, undefined],
  [{ time: '2024-02-30T10:00:00Z' }, undefined],
  [{ level: 'INFO' }, undefined],
])('the time of %j', (object, at) => {
  expect(readDrop(JSON.stringify(object)).events[0]!.timestamp).toBe(at)
})

test.each<[string, string, readonly string[]]>([
  ['json-array', '[{"a":1},{"a":"]"}, 3 ,"x",[1,{"b":2}],null]', ['{"a":1}', '{"a":"]"}', '3', '"x"', '[1,{"b":2}]', 'null']],
  ['json-array', '[]', []],
  ['json-array', '[{"a":1}]\n[{"a":2}]', ['{"a":1}', '{"a":2}']],
  ['json-values', '{\n  "a": "x\\\\",\n  "b": {"c": "\\"}"}\n}\n{\n  "a": 2\n}', ['{"a":"x\\\\","b":{"c":"\\"}"}}', '{"a":2}']],
  ['json-values', '{"a":1}{"a":2}{"a":3}', ['{"a":1}', '{"a":2}', '{"a":3}']],
])('%s: %j', (format, content, messages) => {
  for (const size of [1, 3, 65_536]) {
    const read = readDrop(content, size)
    expect(read.format).toBe(format)
    expect(read.events.map(event => event.message)).toEqual(messages)
  }
})

const BROKEN: readonly (readonly [string, BrokenReason])[] = [
  ['{"Records":[{"a":1},{"a":', 'truncated'],
  ['{"Records":[{"a":1}', 'truncated'],
  ['[{"a":1},{"a":"', 'truncated'],
  ['[{"a":1},{a:2}]', 'not-json'],
  ['[{"a":1}] and more', 'not-json'],
  ['[{"a":1}]]', 'not-json'],
  ['{"Records":[{"a":1]]}', 'not-json'],
  [`[{"a":"${'x'.repeat(1_100_000)}"}]`, 'record-too-long'],
  [`[{"a":1},"${'x'.repeat(1_100_000)}`, 'record-too-long'],
  [`{"Records":[${'['.repeat(1_100_000)}`, 'record-too-long'],
  ['\x1f\x8b\x08\0\0', 'compressed'],
  ['PK\x03\x04zip', 'compressed'],
  ['BZh51AY&SY\0', 'compressed'],
  ['\x04\x22\x4d\x18', 'compressed'],
  ['\x7fELF\x01\0\0\0\x02\0\0\0', 'binary'],
  ['PAR1 of words', 'binary'],
]
test.each(BROKEN.map(([content, reason]) => ({ name: content.slice(0, 40), reason, content })))('$name is broken: $reason', ({ reason, content }) => {
  for (const size of [1000, 65_536]) {
    let thrown: unknown
    try {
      readDrop(content.startsWith('\x1f') ? new Uint8Array([0x1f, 0x8b, 8, 0, 0]) : content, size)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(BrokenLog)
    expect(thrown).toMatchObject({ reason })
  }
})

test.each([
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd], 'compressed'],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], 'compressed'],
  // A thirtieth of them are control characters; the rest is no UTF-8.
  ['bytes of no encoding', Array.from({ length: 900 }, (_, at) => (at % 30 === 0 ? 1 : 0x80 + (at % 100))), 'binary'],
] as const)('%s', (_name, bytes, reason) => {
  expect(() => readDrop(new Uint8Array(bytes))).toThrow(expect.objectContaining({ reason }) as Error)
})

test('text of another encoding stays text', () => {
  expect(readDrop(Buffer.from('\xcf\xf0\xe8\xe2\xe5\xf2\n'.repeat(30), 'latin1')).events).toHaveLength(30)
})

test('a digest of CloudTrail\'s holds no events', () => {
  const digest = { awsAccountId: '111122223333', digestStartTime: '2015-08-17T14:01:31Z', digestEndTime: '2015-08-17T15:01:31Z', logFiles: [{ s3Bucket: 'b' }] }
  for (const size of [1, 65_536]) expect(readDrop(JSON.stringify(digest), size)).toEqual({ format: 'cloudtrail-digest', events: [] })
})

test('JSON nested a hundred thousand deep', () => {
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect(readDrop(`[${deep},{"b":1}]`).events.map(event => event.message)).toEqual([deep, '{"b":1}'])
})
