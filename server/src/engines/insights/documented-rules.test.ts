import { expect, test } from 'vitest'
import { scratchTelemetry } from '../../store/telemetry/telemetry.test-support.ts'
import { RANGE, TestEvents } from './insights.test-support.ts'

const telemetry = await scratchTelemetry()
const at = (time: string): string => `2026-01-01T${time}Z`

/** Section by section of the user guide; the numbers are those of the semantics reference. */
const answers = async (messages: readonly (string | readonly [time: string, message: string])[], query: string) => {
  const events = messages.map((one, index) =>
    typeof one === 'string' ? { at: RANGE.start + index * 1000, message: one } : { at: at(one[0]), message: one[1] })
  return (await TestEvents.with(telemetry, events)).run(query)
}

test('1: two stats commands', async () => {
  const messages = [['10:01:00', 'x'.repeat(1024)], ['10:02:00', 'y'.repeat(1024)], ['10:07:00', 'z'.repeat(512)]] as const
  const query = 'FIELDS strlen(@message) AS l | STATS sum(l)/1024 as kb BY bin(5m) | STATS max(kb), min(kb), avg(kb)'
  expect(await answers(messages, query)).toEqual([{ 'max(kb)': '2', 'min(kb)': '0.5', 'avg(kb)': '1.25' }])
  for (const wrong of ['STATS count(*) as c BY bin(5m) | STATS max(strlen(@message))', 'STATS count(*) as c BY bin(5m) | STATS max(c) by bin(10m)']) {
    await expect(answers(messages, wrong)).rejects.toThrow(/not available here/)
  }
  expect(await answers(messages, 'stats max(@timestamp) as @t by bin(1m) | stats count(*) as n by dateceil(@t, 5m) as c')).toEqual([
    { c: '2026-01-01 10:10:00.000', n: '1' }, { c: '2026-01-01 10:05:00.000', n: '2' },
  ])
})

test('2: grouped by a field under another name', async () => {
  expect(await answers(['{"duration":5}', '{"duration":12}', '{"duration":5}'], 'stats count(*) by duration as time | sort time desc')).toEqual([
    { time: '12', 'count(*)': '1' }, { time: '5', 'count(*)': '2' },
  ])
})

test('3: caseless search in the last five hours', async () => {
  const messages = [['06:59:59.999', 'ERROR before'], ['07:00:00', 'Failure now'], ['08:00:00', 'no matter']] as const
  const query = 'filter @message like /(?i)(error|failure)/ | filter toMillis(@timestamp) >= (now() * 1000 - 18000000) | display @message'
  expect(await answers(messages, query)).toEqual([{ '@message': 'Failure now' }])
})

test('4: glob, membership, and a comparison shown', async () => {
  const query = 'parse @message "* [*] *" as loggingTime, loggingType, loggingMessage | filter loggingType IN ["ERROR","INFO"] | display loggingMessage, loggingType = "ERROR" as isError'
  expect(await answers(['10:00 [INFO] it works', '10:01 [ERROR] it does not', '10:02 [DEBUG] x'], query)).toEqual([
    { loggingMessage: 'it does not', isError: '1' }, { loggingMessage: 'it works', isError: '0' },
  ])
})

test('5: glob between plain texts', async () => {
  const query = 'parse @message "user=*, method:*, latency := *" as @user, @method, @latency | display @user, @method, @latency'
  expect(await answers(['user=alice, method:GET, latency := 12'], query)).toEqual([{ '@user': 'alice', '@method': 'GET', '@latency': '12' }])
})

test('6: regular expression with a named group', async () => {
  const message = '2 123456789010 eni-1235b8ca 172.31.16.139'
  expect(await answers([message], 'parse @message /(?<NetworkInterface>eni-.*?) / | display NetworkInterface, @message')).toEqual([
    { NetworkInterface: 'eni-1235b8ca', '@message': message },
  ])
})

test('8: bins and the boundaries above', async () => {
  const messages = [['10:01:00', ''], ['10:04:00', ''], ['10:06:00', '']] as const
  expect(await answers(messages, 'stats count() by bin(5m)')).toEqual([
    { 'bin(5m)': '2026-01-01 10:05:00.000', 'count()': '1' }, { 'bin(5m)': '2026-01-01 10:00:00.000', 'count()': '2' },
  ])
  expect(await answers(messages, 'sort @timestamp | limit 1 | display dateceil(@timestamp, 5m) as c')).toEqual([{ c: '2026-01-01 10:05:00.000' }])
})

test('9, 10: duplicates and counts', async () => {
  const messages = ['{"a":1}', '{"a":1}', '{"b":2}']
  expect(await answers(messages, 'dedup a')).toHaveLength(2)
  expect(await answers(messages, 'stats count(a), count(*), avg(a)')).toEqual([{ 'count(a)': '2', 'count(*)': '3', 'avg(a)': '1' }])
})

test('11: milliseconds of a time', async () => {
  expect(await answers(['{"t":"2022-01-14T13:18:31-08:00"}'], 'display toMillis(t) as ms')).toEqual([{ ms: '1642195111000' }])
})

test('12: the first that is there', async () => {
  expect(await answers(['{"y":"b"}'], 'fields coalesce(x, y) as z')).toEqual([{ z: 'b' }])
  expect(await answers(['{"y":"b"}'], 'filter ispresent(x)')).toEqual([])
})
