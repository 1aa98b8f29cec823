import fc from 'fast-check'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Gunzipper } from './gunzipper.ts'

const reference = (body: Uint8Array, limit: number): Buffer | undefined => {
  try {
    return gunzipSync(body, { maxOutputLength: limit })
  } catch {
    return undefined
  }
}

describe('Gunzipper', () => {
  const gunzipper = new Gunzipper(10_000)

  test('works on this version of Node, again and again, also after bad input', () => {
    const text = Buffer.from('0123456789'.repeat(900))
    for (let round = 0; round < 5; round++) {
      expect(gunzipper.inflate(gzipSync(text))?.equals(text)).toBe(true)
      expect(gunzipper.inflate(Buffer.from('not gzip at all'))).toBeUndefined()
      expect(gunzipper.inflate(new Uint8Array())).toBeUndefined()
    }
  })

  test('stops at its limit, and takes what just fits', () => {
    expect(gunzipper.inflate(gzipSync(Buffer.alloc(10_000)))?.length).toBe(10_000)
    expect(gunzipper.inflate(gzipSync(Buffer.alloc(10_001)))).toBeUndefined()
    expect(gunzipper.inflate(gzipSync(Buffer.alloc(50_000_000)))).toBeUndefined()
  })

  test('answers as gunzipSync does, or leaves it to that', () => {
    const packed = fc.uint8Array({ maxLength: 2000 }).map(bytes => gzipSync(bytes))
    const damage = fc.oneof(fc.constant(undefined), fc.tuple(fc.nat(), fc.nat(255)))
    fc.assert(fc.property(fc.array(packed, { minLength: 1, maxLength: 3 }), damage, fc.nat(), fc.boolean(), (members, change, length, cut) => {
      const body = Buffer.concat(members)
      if (change !== undefined) body[change[0] % body.length] = change[1]
      const given = cut ? body.subarray(0, length % body.length) : body
      const inflated = gunzipper.inflate(given)
      if (inflated !== undefined) expect(inflated.equals(reference(given, 10_000)!)).toBe(true)
      else if (change === undefined && !cut) expect(reference(given, 10_000)).toBeUndefined()
    }), { numRuns: 1000 })
  })
})
