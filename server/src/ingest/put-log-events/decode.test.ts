import { gzipSync } from 'node:zlib'
import type { PutLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { putLogEventsDecoder } from './decode.ts'
import { LogJsonScanner } from './json.ts'
import { TextKernel } from './text-kernel.ts'

const kernel = new TextKernel(1_048_576)
const scanner = new LogJsonScanner(kernel)
const scan = (body: string | Uint8Array) => {
  const bytes = Buffer.from(body)
  kernel.input.set(bytes)
  const scanned = scanner.scan(bytes.length)
  if (scanned === undefined) return undefined
  const { messages, ...rest } = scanned
  return { ...rest, messages: messages.texts() }
}
const request = (events: string): string => `{"logGroupName":"g","logStreamName":"s","logEvents":${events}}`

test('members in any order, white space and escapes', () => {
  const body = ` {"logEvents" : [ { "message" : "a \\"b\\" \\\\ \\/ \\b\\f\\n\\r\\t \\u00e9 \\u20AC \\ud83d\\ude00 é€😀" , "timestamp" : 1 } ,\n{"timestamp":0,"message":"\\u0000"} ]
    , "sequenceToken":"t", "logStreamName" : "s\\u0041", "logGroupName":"g" } `
  expect(scan(body)).toEqual({
    logGroupName: 'g', logStreamName: 'sA', sequenceToken: 't', timestamps: [1, 0], messages: ['a "b" \\ / \b\f\n\r\t é € 😀 é€😀', '\0'],
  })
})

test.each([
  '', '[]', '[{}]', '[{"timestamp":1}]', '[{"message":"a"}]', '[{"timestamp":1,"message":"a"},]', '[{"timestamp":1,"message":"a",}]', '[{"timestamp":1,"message":null}]',
  '[{"timestamp":-1,"message":"a"}]', '[{"timestamp":1.5,"message":"a"}]', '[{"timestamp":1e3,"message":"a"}]', '[{"timestamp":01,"message":"a"}]', '[{"timestamp":"1","message":"a"}]',
  '[{"timestamp":1234567890123456,"message":"a"}]', '[{"timestamp":1,"timestamp":1,"message":"a"}]', '[{"timestamp":1,"message":"a","message":"b"}]', '[{"timestamp":1,"message":"a","more":1}]',
  '[{"timestamp":1,"message":"\\ud800"}]', '[{"timestamp":1,"message":"\\ude00\\ud83d"}]', '[{"timestamp":1,"message":"\\ud83d\\u0041"}]', '[{"timestamp":1,"message":"\\u00g0"}]', '[{"timestamp":1,"message":"\\x"}]',
  '[{"timestamp":1,"message":"a\nb"}]', '[{"timestamp":1,"message":"a', '[{"timestamp":1,"message":"a"}', '[{"timestamp":1,"message":"a"}],"logEvents":[]', '[{"timestamp":1,"message":"a"}],"entity":{}', '[{"timestamp":1,"message":"a"}]}',
])('%s is left to the general decoder', events => {
  expect(scan(request(events))).toBeUndefined()
})

test('bytes that are not UTF-8 become the replacement character, in plain bodies as in gzipped ones', () => {
  const body = Buffer.from(request('[{"timestamp":1,"message":"abc"},{"timestamp":2,"message":"é"}]'))
  body[body.indexOf('abc')] = 0xff
  expect(scan(body)).toBeUndefined()
  const decode = putLogEventsDecoder((_form, bytes) => JSON.parse(bytes.toString()) as PutLogEventsCommandInput)
  for (const [encoding, bytes] of [['identity', body], ['gzip', gzipSync(body)]] as const) {
    const { messages, timestamps } = decode({ form: 'json', encoding, bytes })
    expect([timestamps, messages.texts()]).toEqual([[1, 2], ['\ufffdbc', 'é']])
  }
})

test('whatever it reads, the general decoder reads the same', () => {
  const event = fc.record({ timestamp: fc.oneof(fc.nat(), fc.maxSafeInteger(), fc.double({ noNaN: true })), message: fc.oneof(fc.string({ unit: 'binary' }), fc.string({ maxLength: 400 }), fc.json()) })
  const body = fc.record({ logGroupName: fc.string(), logStreamName: fc.string({ unit: 'binary' }), logEvents: fc.array(event, { minLength: 1, maxLength: 20 }) })
  fc.assert(
    fc.property(body, fc.constantFrom(undefined, 1, '\t'), fc.nat(), fc.boolean(), (input, space, place, broken) => {
      const sound = JSON.stringify(input, null, space)
      // Half of a pair that is left becomes the sign for what is none, as on its way over the wire.
      const text = Buffer.from(broken ? sound.slice(0, place % sound.length) + sound.slice((place % sound.length) + 1) : sound).toString()
      const scanned = scan(text)
      if (scanned === undefined) return
      const { logEvents, ...rest } = JSON.parse(text) as typeof input
      expect(scanned).toEqual({ ...rest, sequenceToken: undefined, timestamps: logEvents.map(({ timestamp }) => timestamp), messages: logEvents.map(({ message }) => message) })
    }),
    { numRuns: 1000 },
  )
})

test('requests that come one after the other do not touch each other, whatever becomes of them', () => {
  const general = () => {
    throw new Error('the general decoder is not needed')
  }
  const decode = putLogEventsDecoder(general)
  const bodyOf = (message: string) => ({ form: 'json' as const, encoding: 'gzip' as const, bytes: gzipSync(request(JSON.stringify([{ timestamp: 1, message: 'first' }, { timestamp: 2, message }]))) })
  const texts = Array.from({ length: 40 }, (_, index) => String.fromCodePoint(65 + index).repeat(10_000 * index + 1))
  const decoded = texts.map(text => decode(bodyOf(text)))
  expect(() => decode({ ...bodyOf('x'), bytes: gzipSync(request('[{"timestamp":1,"message":"broken"')) })).toThrow('not needed')
  for (const [index, { messages }] of decoded.entries()) {
    expect(messages.texts()).toEqual(['first', texts[index]])
    expect(messages.slice(1, 2).texts()).toEqual([texts[index]])
    expect(messages.mayHold(texts[index]!)).toBe(true)
    expect(messages.mayHold('second')).toBe(false)
  }
})

test('memory is used again when nobody needs it any more, and only then', () => {
  const decode = putLogEventsDecoder(() => {
    throw new Error('the general decoder is not needed')
  })
  const take = (text: string) => {
    const { messages } = decode({ form: 'json', encoding: 'identity', bytes: Buffer.from(request(JSON.stringify([{ timestamp: 1, message: text }]))) })
    return { text, messages }
  }
  const memories = new Set<ArrayBufferLike>()
  const held = take('held'.repeat(1000))
  for (let round = 0; round < 40; round++) {
    const some = Array.from({ length: 10 }, (_, index) => take(String.fromCodePoint(65 + round, 65 + index).repeat(100_000)))
    for (const { text, messages } of some) {
      memories.add(messages.memory.buffer)
      expect(messages.text(0)).toBe(text)
      messages.hold()
      messages.letGo()
      expect(messages.text(0)).toBe(text)
      messages.letGo()
      expect(() => messages.text(0)).toThrow('let go')
    }
  }
  expect(held.messages.text(0)).toBe(held.text)
  expect(memories.size).toBeLessThan(6)
})
