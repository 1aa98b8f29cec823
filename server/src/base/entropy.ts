import { randomBytes, randomUUID } from 'node:crypto'

/** The only source of chance: ids, tokens, jitter. Tests hand out a seeded one. */
export interface Entropy {
  /** A version 4 UUID in lower case. */
  uuid(): string
  bytes(length: number): Uint8Array
  /** Uniform in [0, 1). */
  fraction(): number
}

/** The machine's cryptographic randomness: the one home of `Math.random` and `randomBytes`. */
export const systemEntropy: Entropy = {
  uuid: () => randomUUID(),
  bytes: length => randomBytes(length),
  fraction: () => Math.random(),
}

/** A repeatable source (mulberry32); never for anything that must be secret. */
export const seededEntropy = (seed: number): Entropy => {
  let state = seed >>> 0
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => Math.floor(fraction() * 256))
  return {
    fraction,
    bytes,
    uuid() {
      const b = bytes(16)
      b[6] = (b[6]! & 0x0f) | 0x40
      b[8] = (b[8]! & 0x3f) | 0x80
      const hex = Buffer.from(b).toString('hex')
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
    },
  }
}
