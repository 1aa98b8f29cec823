import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readHlc } from './hlc.ts'
import { BadLogBody, type HttpLogEvent } from './http-log-events.ts'
import { readNdJson } from './nd-json.ts'
import { readStructuredJson } from './structured-json.ts'

const shown = (events: readonly HttpLogEvent[]): readonly unknown[] => events.map(({ at, message }) => (at === undefined ? message : [at, message]))
const readers = { readHlc, readNdJson, readStructuredJson }

test.each<[keyof typeof readers, string, readonly unknown[]]>([
  ['readNdJson', '{"timestamp":1771007942000,"n":12345678901234567890}\r\n\n  {"timestamp":"x"}\nno\n"plain"\n42\ntrue\nnull\n[]', [
    [1771007942000, '{"timestamp":1771007942000,"n":12345678901234567890}'], '{"timestamp":"x"}', 'plain', '42', 'true', 'null',
  ]],
  ['readNdJson', '[{"timestamp":1000,"m":"a,]"}, {"timestamp":2000.9} ,"\\"]", [1]]', [[1000, '{"timestamp":1000,"m":"a,]"}'], [2000, '{"timestamp":2000.9}'], '"]', '[1]']],
  ['readNdJson', '\n', []],
  ['readStructuredJson', '{"timestamp":5,"m":1.0}{"m":2}', [[5, '{"timestamp":5,"m":1.0}']]],
  ['readStructuredJson', ' [{"m":1}, "text", 42, {"m":{"n":[2]}}]', ['{"m":1}', '{"m":{"n":[2]}}']],
  ['readStructuredJson', '"hello"', []],
  ['readHlc', '{"event":"Hello","time":1486683865.5}{"event":{"n":1.0}}\n[{"event":7,"time":"2"},{"event":true,"time":"x"}] 42 {"message":"skipped"}', [
    [1486683865500, 'Hello'], '{"n":1.0}', [2000, '7'], 'true',
  ]],
  ['readHlc', '{"event":"x","time":1,"host":"web-1"}', [[1000, '{"event":"x","time":1,"host":"web-1"}']]],
  ['readHlc', '{"event":[{"time":1.001,"event":"a"},{"event":"b"}]}{"event":[1, 2]}{"event":[]}', [[1001, 'a'], 'b', '[1, 2]', '[]']],
])('%s of %s', (reader, body, expected) => {
  expect(shown(readers[reader](body))).toEqual(expected)
})

test.each<[keyof typeof readers, string, string]>([
  ['readNdJson', 'no\nnor this', 'All events were invalid'],
  ['readStructuredJson', '{"a":', 'The body is not valid JSON'],
  ['readStructuredJson', '', 'The body is not valid JSON'],
  ['readHlc', '{"event":"a"}{"event', 'The body is not valid JSON'],
  ['readHlc', ']', 'The body is not valid JSON'],
])('%s refuses %s', (reader, body, says) => {
  expect(() => readers[reader](body)).toThrow(new BadLogBody(says))
})

test('depth is no danger', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const events = `${'{"event":['.repeat(50_000)}${']}'.repeat(50_000)}`
  expect([readHlc(deep), readHlc(`{"event":${deep}}`), readHlc(events)].map(({ length }) => length)).toEqual([0, 1, 1])
  expect([readNdJson(deep), readStructuredJson(deep)].map(({ length }) => length)).toEqual([1, 0])
})

test('whatever comes is read or refused, and every value is one event or none', () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(readers)), fc.oneof(fc.json(), fc.string(), fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', ' ', '\n', '1', 'event') })), (read, body) => {
      try {
        expect(read(body).length).toBeLessThanOrEqual(body.length)
      } catch (error) {
        expect(error).toBeInstanceOf(BadLogBody)
      }
    }),
  )
  fc.assert(fc.property(fc.array(fc.jsonValue()), values => {
    expect(readNdJson(JSON.stringify(values)).map(({ message }) => message)).toEqual(values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))))
  }))
})
