import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checksumHasher, combinedChecksum } from './checksum.ts'

test.each(['CRC32', 'CRC32C', 'CRC64NVME'] as const)('%s of pieces is that of all of them', algorithm => {
  const sum = (bytes: Uint8Array): string => {
    const hasher = checksumHasher(algorithm)
    hasher.add(bytes)
    return hasher.digest()
  }
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 }), pieces => {
      const parts = pieces.map(bytes => ({ checksum: sum(bytes), size: bytes.length }))
      expect(combinedChecksum(algorithm, parts)).toBe(sum(Buffer.concat(pieces)))
    }),
  )
})

test('digests cannot be put together', () => {
  expect(combinedChecksum('SHA256', [])).toBeUndefined()
})
