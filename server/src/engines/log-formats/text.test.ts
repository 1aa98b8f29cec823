import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { SAMPLE_BYTES } from './detect-format.ts'
import { BrokenLog } from './log-format.ts'
import { FORMATS } from './registry.ts'
import { bytesOf, eventsOf, readDrop, time } from './log-formats.test-support.ts'

test.each<[string, string]>([
  ['2024-01-31T10:00:00.250Z INFO started', '2024-01-31T10:00:00.250Z'],
  ['2024-01-31 10:00:00,250 INFO started', '2024-01-31T10:00:00.250Z'],
  ['[2024-01-31 11:00:00 +0100] started', '2024-01-31T10:00:00Z'],
  ['2024-01-31 10:00:00 INFO started', '2024-01-31T10:00:00Z'],
  ['[31/Jan/2024:10:00:00 +0000] started', '2024-01-31T10:00:00Z'],
  ['Jan 31 10:00:00 host app[1]: started', '2026-01-31T10:00:00Z'],
  ['Dec 31 10:00:00 host app[1]: last year', '2025-12-31T10:00:00Z'],
  ['<34>Jan  5 10:00:00 host app: started', '2026-01-05T10:00:00Z'],
  ['<165>1 2024-01-31T10:00:00.003Z host app - - started', '2024-01-31T10:00:00.003Z'],
  ['level=info ts=2024-01-31T10:00:00Z msg=started', '2024-01-31T10:00:00Z'],
  ['time="2024-01-31T10:00:00Z" level=info', '2024-01-31T10:00:00Z'],
  ['Wed Jan 31 10:00:00 2024 started', '2024-01-31T10:00:00Z'],
  ['2024-01-31T10:00:00.123456789Z stdout F started', '2024-01-31T10:00:00.123Z'],
])('the time of %s', (line, at) => {
  expect(readDrop(line)).toEqual({ format: 'text', events: [{ timestamp: time(at), message: line }] })
})

test('a stack trace is one event', () => {
  const trace = '2024-01-31 10:00:00,000 ERROR failed\nTraceback (most recent call last):\n  File "a.py", line 1\nValueError: x'
  expect(readDrop(`${trace}\n2024-01-31 10:00:01,000 INFO on\n`).events).toEqual([
    { timestamp: time('2024-01-31T10:00:00Z'), message: trace },
    { timestamp: time('2024-01-31T10:00:01Z'), message: '2024-01-31 10:00:01,000 INFO on' },
  ])
  const java = 'java.lang.RuntimeException: x\n\tat A.b(A.java:1)\nCaused by: java.io.IOException\n\t... 3 more'
  expect(readDrop(`started\n${java}\nstopped\n`).events.map(event => event.message)).toEqual(['started', java, 'stopped'])
})

test('a line without a time is of the time before it; before the first one nothing is known', () => {
  const { events } = readDrop('banner\n2024-01-31 10:00:00 a\n{"no":"time"}\n')
  expect(events.map(event => event.timestamp)).toEqual([undefined, time('2024-01-31T10:00:00Z'), time('2024-01-31T10:00:00Z')])
})

test('an event has an end, however its lines go on', () => {
  const { events } = readDrop(`2024-01-31 10:00:00 a\n${'\tx\n'.repeat(2500)}`)
  expect(events.map(event => event.message.split('\n').length)).toEqual([1000, 1000, 501])
})

test('lines longer than an event are cut, and nothing is lost', () => {
  const long = `${'é😀'.repeat(700_000)}`
  const { events } = readDrop(`${long}\nend\n`)
  expect(events.map(event => event.message).join('')).toBe(`${long}end`)
  for (const { message } of events) expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1_048_550)
})

test('empty objects, NUL bytes, invalid UTF-8, UTF-16, carriage returns', () => {
  expect(readDrop('')).toEqual({ format: 'text', events: [] })
  expect(readDrop('\n\r\n')).toEqual({ format: 'text', events: [] })
  expect(readDrop(`${'a'.repeat(30)}\0b\r\n`).events).toEqual([{ timestamp: undefined, message: `${'a'.repeat(30)}\0b` }])
  expect(readDrop(new Uint8Array([0x61, 0xff, 0x62, 10])).events).toEqual([{ timestamp: undefined, message: 'a\ufffdb' }])
  expect(readDrop(new Uint8Array([0xff, 0xfe, ...Buffer.from('x\ny', 'utf16le')])).events.map(event => event.message)).toEqual(['x', 'y'])
  expect(readDrop('\ufeff{"a":1}', 1)).toMatchObject({ format: 'json-lines', events: [{ message: '{"a":1}' }] })
  expect(readDrop('a').events).toHaveLength(1)
})

const ALB = 'h2 2018-07-02T22:23:00.186641Z app/l/5 10.0.0.1:2817 - -1 -1 -1 200 - 34 366 "GET http://e.com:80/ HTTP/1.1" "c" - - - "Root=1" "-" "-" 0 2018-07-02T22:22:48.364000Z'
const fragments = [
  '{"a":"', '"}', '{"Records":[', ']}', '[', ',', '\n', '\r\n', '"', '\\', '\0', 'é', '😀', '\t', ' ', '{}', 'null', ALB,
  '2 123456789010 eni-1 1.1.1.1 2.2.2.2 1 22 6 20 4249 1418530010 1418530070 ACCEPT OK', '127.0.0.1 - f [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1',
  '2024-01-31 10:00:00.1 UTC,"a","b",1,"c",s,1,"S",2024-01-31 09:59:00 UTC,5/1,0,LOG,00000,"m",,,,,,,,,"",', '2024-01-31 10:00:00 UTC:h(1):a@b:[1]:LOG:  m',
  '2024-01-31 10:00:00 UTC:h(1):a@b:[1]:DETAIL:  m', '2024/01/31 10:00:00 [error] 1#0: x, client: 1', '[Wed Oct 11 14:32:52 2023] [a:b] c',
]
const content = fc.oneof(
  fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ unit: 'binary' })), { maxLength: 30 }).map(parts => bytesOf(parts.join(''))),
  fc.uint8Array({ maxLength: 200 }),
)

test('whatever an object holds, its text is answered or a reason, the same for pieces of any size', () => {
  fc.assert(
    fc.property(content, fc.integer({ min: 1, max: 50 }), (bytes, size) => {
      for (const format of FORMATS) {
        const whole = outcome(() => eventsOf(format, bytes))
        expect(outcome(() => eventsOf(format, bytes, size))).toEqual(whole)
        if (typeof whole === 'string') continue
        for (const { message } of whole) expect(message).not.toBe('')
      }
      const drop = outcome(() => readDrop(bytes))
      expect(typeof drop).not.toBe('undefined')
    }),
    { numRuns: 300 },
  )
})

test('of lines that are of no format nothing is lost', () => {
  const line = fc.string({ unit: 'grapheme', minLength: 1 }).map(text => text.replace(/[\r\n\p{Cs}]/gu, '.')).filter(text => text !== '\ufeff')
  fc.assert(
    fc.property(fc.array(line, { minLength: 1 }), lines => {
      const { format, events } = readDrop(`x${lines.join('\n')}\n`)
      if (format === 'text') expect(events.map(event => event.message).join('\n')).toBe(`x${lines.join('\n')}`)
    }),
  )
})

test.each(['"', '[', '{', '\\', ',', ' ', '\t', ':', '@', '\n', '{"', 'a ', '\\x22', '"\\'])('a megabyte of %j takes no time and little room', text => {
  const bytes = bytesOf(text.repeat(Math.ceil(1_048_576 / text.length)))
  const begin = process.cpuUsage()
  for (const format of FORMATS) outcome(() => eventsOf(format, bytes))
  expect(process.cpuUsage(begin).user).toBeLessThan(5_000_000)
})

test('a first line longer than what is looked at', () => {
  const long = JSON.stringify({ time: '2024-01-31T10:00:00Z', text: 'x'.repeat(SAMPLE_BYTES) })
  expect(readDrop(`${long}\n${long}\n`)).toMatchObject({ format: 'json-values', events: [{ message: long }, { message: long }] })
  expect(readDrop(`${'x'.repeat(SAMPLE_BYTES + 10)}\n`).format).toBe('text')
})

const outcome = <T>(run: () => T): T | string => {
  try {
    return run()
  } catch (error) {
    if (error instanceof BrokenLog) return error.reason
    throw error
  }
}
