import { expect, test } from 'vitest'
import { PieceWriter } from './piece-writer.ts'

test('what is small is copied together, what is large stays where it is, and all of it comes in order', () => {
  const written = new PieceWriter()
  const large = Buffer.alloc(40_000, 'L')
  const numbers = Uint32Array.of(1, 2)
  written.varint(300)
  written.text('é')
  written.bytes(Buffer.from('small'))
  written.bytes(large)
  written.raw(numbers)
  written.varint(0)
  const pieces = written.pieces()
  expect(pieces).toHaveLength(4)
  expect(pieces[1]).toBe(large)
  expect(pieces[2]!.buffer).toBe(numbers.buffer)
  expect(Buffer.concat(pieces)).toEqual(Buffer.concat([Buffer.from([0xac, 2, 2]), Buffer.from('ésmall'), large, Buffer.from(numbers.buffer), Buffer.from([0])]))
})

test('many small ones make few pieces', () => {
  const written = new PieceWriter()
  const small = Buffer.alloc(1000, 's')
  for (let index = 0; index < 5000; index++) written.bytes(small)
  const pieces = written.pieces()
  expect(pieces.reduce((sum, { length }) => sum + length, 0)).toBe(5_000_000)
  expect(pieces.length).toBeLessThan(8)
})
