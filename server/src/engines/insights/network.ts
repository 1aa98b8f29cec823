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
  const family = address.includes(':') ? 6 : 4
  const number = family === 4 ? ipv4(address) : ipv6(address)
  const size = family === 4 ? 32 : 128
  const bits = length === undefined ? size : Number(length)
  if (number === undefined || bits > size) return undefined
  const first = (number >> BigInt(size - bits)) << BigInt(size - bits)
  return { family, bits, first: first.toString(16).toUpperCase().padStart(size / 4, '0') }
}

const ipv4 = (text: string): bigint | undefined => {
  const bytes = text.split('.')
  if (bytes.length !== 4 || !bytes.every(byte => /^(?:0|[1-9][0-9]{0,2})$/.test(byte) && Number(byte) < 256)) return undefined
  return bytes.reduce((number, byte) => number * 256n + BigInt(byte), 0n)
}

/** Eight groups, the last two of which may be written as an address of IPv4; `::` stands for as many of 0 as are missing. */
const ipv6 = (text: string): bigint | undefined => {
  const dotted = /^(.*:)([0-9]+\.[0-9.]+)$/.exec(text)
  const end = dotted === null ? undefined : ipv4(dotted[2]!)
  if (dotted !== null && end === undefined) return undefined
  const whole = end === undefined ? text : `${dotted![1]!}${(end >> 16n).toString(16)}:${(end & 0xFFFFn).toString(16)}`
  const halves = whole.split('::')
  const [before = [], after = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - before.length - after.length
  if (halves.length > 2 || (halves.length === 2 ? missing < 1 : missing !== 0)) return undefined
  const groups = [...before, ...Array<string>(missing).fill('0'), ...after]
  if (!groups.every(group => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined
  return groups.reduce((number, group) => number * 65_536n + BigInt(`0x${group}`), 0n)
}
