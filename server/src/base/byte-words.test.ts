import fc from 'fast-check'
import { expect, test } from 'vitest'
import { firstSpecial, hashWords, sameWords, specialIn } from './byte-words.ts'

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

test('the first byte of four that does not stand for itself is found', () => {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(0, 31, 32, 33, 34, 35, 91, 92, 93, 127, 128, 160, 162, 220, 255))
  fc.assert(
    fc.property(fc.array(byte, { minLength: 4, maxLength: 4 }), bytes => {
      const special = specialIn(viewOf(Uint8Array.from(bytes)).getInt32(0, true))
      const first = bytes.findIndex(each => each < 32 || each === 34 || each === 92)
      expect(special === 0 ? -1 : firstSpecial(special)).toBe(first)
    }),
    { numRuns: 5_000 },
  )
})

test('bytes are the same where every one is, and their hashes then too', () => {
  const few = fc.uint8Array({ maxLength: 12, max: 1 })
  fc.assert(
    fc.property(few, few, fc.nat(5), (one, other, before) => {
      const beside = viewOf(Uint8Array.from([...new Uint8Array(before), ...one]))
      const same = Buffer.compare(one.subarray(0, other.length), other) === 0
      expect(sameWords(beside, before, viewOf(other), 0, other.length)).toBe(same)
      if (same) expect(hashWords(beside, before, other.length)).toBe(hashWords(viewOf(other), 0, other.length))
    }),
    { numRuns: 2_000 },
  )
})
