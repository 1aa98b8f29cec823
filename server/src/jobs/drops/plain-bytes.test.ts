import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { plainBytes } from './plain-bytes.ts'

const pieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const all = async (source: AsyncIterable<Uint8Array>): Promise<string> => {
  const found: Uint8Array[] = []
  for await (const piece of source) found.push(piece)
  return Buffer.concat(found).toString()
}

test.each([
  ['plain', Buffer.from('some text'), 'some text'],
  ['gzip', gzipSync('some text'), 'some text'],
  ['gzip in two members', Buffer.concat([gzipSync('some '), gzipSync('text')]), 'some text'],
  ['one byte', Buffer.from('s'), 's'],
  ['nothing', Buffer.alloc(0), ''],
])('%s, in pieces of any size', async (_, bytes, text) => {
  for (const size of [1, 2, 3, 1000]) expect(await all(plainBytes(pieces(bytes, size), bytes.length))).toBe(text)
})

test.each([
  ['cut', gzipSync(Buffer.alloc(100_000, 'abc')).subarray(0, -20)],
  ['damaged', gzipSync('some text that is packed').fill(0xff, 12)],
])('gzip that is %s is broken', async (_, bytes) => {
  await expect(all(plainBytes(pieces(bytes, 100), bytes.length))).rejects.toMatchObject({ name: 'BrokenObject', reason: 'gzip' })
})

test('what unpacks to no end is broken before it is there', async () => {
  const bomb = gzipSync(Buffer.alloc(66 * 1024 * 1024))
  let bytes = 0
  const read = async (): Promise<void> => {
    for await (const piece of plainBytes(pieces(bomb, 65_536), bomb.length)) bytes += piece.length
  }
  await expect(read()).rejects.toMatchObject({ reason: 'bomb' })
  expect(bytes).toBeLessThanOrEqual(64 * 1024 * 1024)
})

test('a source that fails is not the object\'s fault, and is let go of', async () => {
  let closed = false
  const failing = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield gzipSync('some text').subarray(0, 10)
      throw new Error('the disk is gone')
    } finally {
      closed = true
    }
  }
  await expect(all(plainBytes(failing(), 100))).rejects.toThrow('the disk is gone')
  expect(closed).toBe(true)
})
