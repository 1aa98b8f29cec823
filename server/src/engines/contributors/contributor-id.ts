/**
 * What a contributor is known by: 16 hexadecimal digits that only depend on its attributes, whatever their order. Not a secret
 * and not against forgery; 64 bits keep the few hundred contributors of one alarm apart.
 */
export const contributorId = (attributes: Readonly<Record<string, string>>): string => {
  const text = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
  return half(text, 0x811c9dc5) + half(text, 0x01000193)
}

/** MurmurHash3's mixing, one UTF-16 unit at a time. */
const half = (text: string, seed: number): string => {
  let hash = seed
  for (let i = 0; i < text.length; i++) {
    hash ^= Math.imul(text.charCodeAt(i), 0xcc9e2d51)
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64
  }
  hash ^= text.length
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0')
}
