import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LogMessages } from './log-messages.ts'

/** As ClickHouse reads a column of texts. */
const readColumn = (bytes: Buffer): string[] => {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!
      length |= (byte & 127) << shift
      if (byte < 128) break
    }
    texts.push(bytes.toString('utf8', at, (at += length)))
  }
  return texts
}

test('texts of all lengths come back, as texts and as a column', () => {
  const texts = ['', 'a', 'é'.repeat(64), 'x'.repeat(127), 'x'.repeat(128), '€'.repeat(5_462), 'x'.repeat(16_383), 'x'.repeat(16_384), '😀'.repeat(600_000)]
  const messages = LogMessages.of(texts)
  expect(messages.texts()).toEqual(texts)
  expect(readColumn(messages.encoded)).toEqual(texts)
  expect(messages.textBytes).toBe(texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0))
})

test('a slice is what the texts\' slice is', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.nat(20), fc.nat(20), (texts, one, other) => {
      const [from, to] = [Math.min(one, other, texts.length), Math.min(Math.max(one, other), texts.length)]
      const slice = LogMessages.of(texts).slice(from, to)
      expect(slice.texts()).toEqual(texts.slice(from, to))
      expect(readColumn(slice.encoded)).toEqual(texts.slice(from, to))
    }),
  )
})
