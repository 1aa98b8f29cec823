import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../src/store/telemetry/telemetry.test-support.ts'
import { CalledLogs } from '../called-logs.ts'

const telemetry = await scratchTelemetry()

const LINES: readonly string[] = [
  'a\u0000b', '\u0000', '\n\n', 'x\n\ny', '\r', ' ', '\ufeff', '\u202e', '☃😀', '\\', '\'', '"', '`', '%', '\'); DROP TABLE log_events; --', '{p0:String}', '{', '[', '}',
  '{"a":1}{"b":2}', '{"":""}', '{"__proto__":{"x":1}}', '{"constructor":"c"}', '{"n0":1,"s0":"x","message":"m","grp":9}', '{"a":NaN}', '{"a":1e400}', '{"a":-0}', '{"a":1e-320}',
  `{"deep":${'{"d":'.repeat(5000)}1${'}'.repeat(5000)}}`, `{"wide":[${Array.from({ length: 5000 }, (_, n) => n).join(',')}]}`,
  JSON.stringify(Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`k${n}`, n]))), `{"${'k'.repeat(5000)}":"v"}`, `{"v":"${'v'.repeat(100_000)}"}`,
  '{"a":"\\u0000\\ud800"}', '{"@timestamp":1,"@message":"@"}', '{"a":{"b":1},"a.b":2}', '{"a":1,"a":2}',
]

test('hostile lines come back as they went in, by every way of reading', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', LINES.map((line, at) => [at, line] as const))
  const names = { logGroupName: 'g', logStreamName: 's' }
  expect(await called.messages('GetLogEvents', { ...names, startFromHead: true })).toEqual(LINES)
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(LINES)
  await called.run('GetLogGroupFields', { logGroupName: 'g' })
  for (const text of ['\'', '\\', '%', '`', '{p0:String}', '\u0000']) {
    const found = await called.messages('FilterLogEvents', { logGroupName: 'g', filterPattern: `"${text.replaceAll('\\', '\\\\')}"` })
    expect(found.every(message => message.includes(text))).toBe(true)
  }
})

test('names of groups and streams are data', async () => {
  const called = await CalledLogs.open(telemetry)
  const stream = '\'); DROP TABLE log_events; -- \\ {x:String} ☃'.replaceAll(':', '')
  await called.group('g', stream, 'other')
  await called.put('g', stream, [[0, 'x']])
  expect(await called.messages('GetLogEvents', { logGroupName: 'g', logStreamName: stream })).toEqual(['x'])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g', logStreamNames: [stream, 'other'] })).toEqual(['x'])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g', logStreamNamePrefix: '\')' })).toEqual(['x'])
  await called.run('DeleteLogStream', { logGroupName: 'g', logStreamName: stream })
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual([])
  while (await called.logs.upkeep.run());
})

test('lone surrogates become replacement characters, as in all UTF-8', async () => {
  const called = await CalledLogs.open(telemetry)
  await called.group('g', 's')
  await called.put('g', 's', [[0, 'a\ud800b']])
  expect(await called.messages('FilterLogEvents', { logGroupName: 'g' })).toEqual(['a\ufffdb'])
})
