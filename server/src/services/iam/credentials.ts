import type { Entropy } from '../../base/entropy.ts'

/** Ids are base 32, as AWS's are; their first four letters say what they name. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

const newId = (entropy: Entropy, prefix: string, length: number): string =>
  prefix + Array.from(entropy.bytes(length), byte => ALPHABET[byte % ALPHABET.length]).join('')

export const newUserId = (entropy: Entropy): string => newId(entropy, 'AIDA', 17)
export const newKeyId = (entropy: Entropy, prefix: 'AKIA' | 'ASIA'): string => newId(entropy, prefix, 16)
/** Forty characters. */
export const newSecret = (entropy: Entropy): string => Buffer.from(entropy.bytes(30)).toString('base64')
