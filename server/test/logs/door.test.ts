import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePutLogEvents } from '../../src/server/aws/put-log-events-door.ts'
import { Fault } from '../../src/wire/fault.ts'
import type { LogBody } from '../../src/model/log-intake.ts'

const decode = (bytes: Uint8Array, encoding: LogBody['encoding'] = 'identity', form: LogBody['form'] = 'json') => decodePutLogEvents({ form, encoding, bytes })
const refusal = (bytes: Uint8Array, encoding: LogBody['encoding'] = 'identity', form: LogBody['form'] = 'json'): string => {
  try {
    decode(bytes, encoding, form)
  } catch (error) {
    if (error instanceof Fault) return `${error.status} ${error.shape}`
    throw error
  }
  return 'taken'
}
const request = (message: unknown, timestamp: unknown = 1_700_000_000_000): Buffer =>
  Buffer.from(JSON.stringify({ logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp, message }] }))

test('what is refused is refused with a fault', () => {
  const sound = request('x')
  const packed = gzipSync(sound)
  expect(refusal(packed.subarray(0, packed.length - 9), 'gzip')).toBe('400 SerializationException')
  expect(refusal(sound, 'gzip')).toBe('400 SerializationException')
  expect(refusal(gzipSync(Buffer.alloc(64 * 1_048_576)), 'gzip')).toBe('413 RequestEntityTooLarge')
  expect(refusal(Buffer.alloc(9 * 1_048_576))).toBe('413 RequestEntityTooLarge')
  expect(refusal(Buffer.from([0xff, 0xfe, 0x00]))).toBe('400 SerializationException')
  expect(refusal(Buffer.from('[]'))).toBe('400 SerializationException')
  expect(refusal(Buffer.from('null'))).toBe('400 SerializationException')
  expect(refusal(Buffer.from('{"logEvents":[1]}'))).toBe('400 SerializationException')
  expect(refusal(Buffer.from(`{"logGroupName":${'['.repeat(200_000)}${']'.repeat(200_000)}}`))).toBe('400 SerializationException')
  expect(refusal(request(5))).toBe('400 SerializationException')
  expect(refusal(request('x', 'soon'))).toBe('400 SerializationException')
  expect(refusal(Buffer.from([0xa1, 0x61]), 'identity', 'cbor')).toBe('400 SerializationException')
})

test('for bytes that are no UTF-8 a message has U+FFFD', () => {
  const bytes = request('abc')
  bytes[bytes.indexOf('abc') + 1] = 0xc3
  expect(decode(bytes).messages.texts()).toEqual(['a\ufffdc'])
})

test.each([
  ['NUL bytes', 'a\u0000b'],
  ['control characters', '\u0001\u001b[31m'],
  ['a lone surrogate', '\ud800'],
  ['a megabyte', 'é'.repeat(500_000)],
  ['nested JSON', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
  ['SQL', '\'); DROP TABLE log_events; --'],
])('a message of %s is text', (_, message) => {
  // Half of a pair has no UTF-8: it is kept as the sign for that.
  const kept = [message.toWellFormed()]
  expect(decode(request(message)).messages.texts()).toEqual(kept)
  expect(decode(gzipSync(request(message)), 'gzip').messages.texts()).toEqual(kept)
})

test('whatever is broken, nothing but a fault comes of it', () => {
  const sound = Buffer.from(JSON.stringify({ logGroupName: 'g', logStreamName: 's', logEvents: [{ timestamp: 1, message: '{"a":"\\u2603"}' }], entity: { keyAttributes: { Type: 'Service' } } }))
  fc.assert(
    fc.property(fc.nat(sound.length), fc.nat(255), fc.constantFrom('cut', 'change', 'insert', 'gzip'), (at, byte, how) => {
      const bytes =
        how === 'cut' ? sound.subarray(0, at) : how === 'insert' ? Buffer.concat([sound.subarray(0, at), Buffer.from([byte]), sound.subarray(at)]) : Buffer.from(sound)
      if (how === 'change') bytes[at] = byte
      const packed = gzipSync(bytes)
      if (how === 'gzip') packed[at % packed.length] = byte
      for (const [body, encoding] of [[bytes, 'identity'], [packed, 'gzip']] as const) expect(refusal(body, encoding)).toMatch(/^(taken|4\d\d \w+)$/)
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
      expect(refusal(bytes, 'identity', 'cbor')).toMatch(/^(taken|4\d\d \w+)$/)
    }),
  )
})
