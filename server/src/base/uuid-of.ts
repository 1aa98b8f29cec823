import { createHash } from 'node:crypto'

/** An id in a UUID's form that follows from the parts: 128 bits of their SHA-256, so nobody finds others with the same one. */
export const uuidOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  const hex = hash.digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-')
}
