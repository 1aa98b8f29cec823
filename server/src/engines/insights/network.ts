import { isIP } from 'node:net'

/** Addresses with the same first bits. */
export interface Network {
  readonly family: 4 | 6
  /** How many bits of an address count. */
  readonly bits: number
  /** Its first address in capital hexadecimal digits, 8 or 32 of them. */
  readonly first: string
}

/** Reads `10.0.0.0/8`, `2001:db8::/32` or one address; undefined: it is neither. */
export const networkOf = (text: string): Network | undefined => {
  const [, address = '', length] = /^\s*([0-9A-Fa-f:.]+)(?:\/([0-9]{1,3}))?\s*$/.exec(text) ?? []
  const family = isIP(address)
  if (family !== 4 && family !== 6) return undefined
  const size = family === 4 ? 32 : 128
  const bits = length === undefined ? size : Number(length)
  if (bits > size) return undefined
  const number = family === 4 ? ipv4(address) : ipv6(address)
  const first = (number >> BigInt(size - bits)) << BigInt(size - bits)
  return { family, bits, first: first.toString(16).toUpperCase().padStart(size / 4, '0') }
}

const ipv4 = (text: string): bigint => text.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n)

const ipv6 = (text: string): bigint => {
  const [head = '', tail] = text.split('::')
  const before = groups(head)
  const after = tail === undefined ? [] : groups(tail)
  return [...before, ...Array<bigint>(8 - before.length - after.length).fill(0n), ...after].reduce((number, group) => number * 65_536n + group, 0n)
}

/** A dotted end is two groups. */
const groups = (text: string): readonly bigint[] =>
  text === '' ? [] : text.split(':').flatMap(part => (part.includes('.') ? [ipv4(part) >> 16n, ipv4(part) & 0xFFFFn] : [BigInt(`0x${part}`)]))
