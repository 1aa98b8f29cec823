import { isIP } from 'node:net'

/** 4 bytes (IPv4) or 16 (IPv6); an IPv4-mapped IPv6 address is the IPv4 address that it stands for. */
export type Address = Uint8Array

/** Reads an address as resolvers write it; a zone (`%eth0`) is dropped. Undefined when it is not one. */
export const parseAddress = (text: string): Address | undefined => {
  const bare = text.split('%', 1)[0] ?? ''
  if (isIP(bare) === 4) return Uint8Array.from(bare.split('.'), Number)
  if (isIP(bare) === 6) return unmapped(parseIpv6(bare))
  return undefined
}

export interface AddressRange {
  readonly base: Address
  readonly bits: number
}

/** `10.0.0.0/8`, `fd00::/8`, or a single address. */
export const parseRange = (text: string): AddressRange | undefined => {
  const [address = '', bitsText, ...rest] = text.split('/')
  const base = parseAddress(address)
  if (base === undefined || rest.length > 0) return undefined
  const width = base.length * 8
  const bits = bitsText === undefined ? width : /^\d{1,3}$/.test(bitsText) ? Number(bitsText) : Number.NaN
  return bits >= 0 && bits <= width ? { base, bits } : undefined
}

export const inRange = (address: Address, { base, bits }: AddressRange): boolean => {
  if (address.length !== base.length) return false
  for (let index = 0; index * 8 < bits; index++) {
    const mask = bits - index * 8 >= 8 ? 0xff : (0xff << (8 - (bits - index * 8))) & 0xff
    if ((address[index]! & mask) !== (base[index]! & mask)) return false
  }
  return true
}

const unmapped = (address: Address): Address =>
  address.subarray(0, 10).every(byte => byte === 0) && address[10] === 0xff && address[11] === 0xff ? address.subarray(12) : address

const parseIpv6 = (text: string): Address => {
  // URL parsing writes every form canonically: hexadecimal groups, at most one `::`, no dotted tail.
  const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1)
  const [head = '', tail] = canonical.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0'), ...after]
  return Uint8Array.from(groups.flatMap(group => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]))
}
